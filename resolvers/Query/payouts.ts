import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const payouts: NonNullable<QueryResolvers["payouts"]> = (_root, args, context) =>
  rootList(context, args, "payouts", context.loaders.lists.payouts);
