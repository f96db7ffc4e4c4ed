import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const payment: NonNullable<QueryResolvers["payment"]> = (_root, args, context) =>
  loadFresh(context, { type: "Payment", loader: context.loaders.paymentById }, args);
