import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const accounts: NonNullable<QueryResolvers["accounts"]> = (_root, args, context) =>
  rootList(context, args, "accounts", context.loaders.lists.accounts);
