import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const dispute: NonNullable<QueryResolvers["dispute"]> = (_root, args, context) =>
  loadFresh(context, { type: "Dispute", loader: context.loaders.disputeById }, args);
