import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const party: NonNullable<QueryResolvers["party"]> = (_root, args, context) =>
  loadFresh(context, { type: "Party", loader: context.loaders.partyById }, args);
