import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const deliveries: NonNullable<QueryResolvers["deliveries"]> = (_root, args, context) =>
  rootList(context, args, "deliveries", context.loaders.lists.deliveries);
