import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const refund: NonNullable<QueryResolvers["refund"]> = (_root, args, context) =>
  loadFresh(context, { type: "Refund", loader: context.loaders.refundById }, args);
