import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const payout: NonNullable<QueryResolvers["payout"]> = (_root, args, context) =>
  loadFresh(context, { type: "Payout", loader: context.loaders.payoutById }, args);
