import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const payments: NonNullable<QueryResolvers["payments"]> = (_root, args, context) =>
  rootList(context, args, "payments", context.loaders.lists.payments);
