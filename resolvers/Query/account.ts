import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const account: NonNullable<QueryResolvers["account"]> = (_root, args, context) =>
  loadFresh(context, { type: "Account", loader: context.loaders.accountById }, args);
