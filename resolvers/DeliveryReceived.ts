import type { DeliveryReceivedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const DeliveryReceived: DeliveryReceivedResolvers = {
  ...envelope,
  delivery: (item, _args, context) => context.loaders.deliveryById.load(bodyOf(item, "DeliveryReceived").deliveryId),
};
