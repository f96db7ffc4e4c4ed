import type { DeliveryParkedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const DeliveryParked: DeliveryParkedResolvers = {
  ...envelope,
  delivery: (item, _args, context) => context.loaders.deliveryById.load(bodyOf(item, "DeliveryParked").deliveryId),
};
