import type { QueryResolvers } from "../__generated__/types.ts";
import { requireDeliveryFilter } from "../delivery-filter.ts";
import { rootList } from "../root-list.ts";

export const deliveries: NonNullable<QueryResolvers["deliveries"]> = async (_root, args, context) => {
  requireDeliveryFilter("filter", args.filter ?? {});
  return rootList(context, args, "deliveries", context.loaders.lists.deliveries);
};
