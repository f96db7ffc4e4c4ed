import type * as operations from "./__generated__/operations.ts";
import deliveriesText from "./documents/deliveries.graphql?raw";
import deliveryText from "./documents/delivery.graphql?raw";
import deliveryCountText from "./documents/delivery-count.graphql?raw";
import discardDeliveriesText from "./documents/discard-deliveries.graphql?raw";
import discardDeliveryText from "./documents/discard-delivery.graphql?raw";
import replayDeliveriesText from "./documents/replay-deliveries.graphql?raw";
import replayDeliveryText from "./documents/replay-delivery.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const deliveriesDocument = graphDocument<operations.DeliveriesQuery, operations.DeliveriesQueryVariables>(
  deliveriesText,
);
export const deliveryDocument = graphDocument<operations.DeliveryQuery, operations.DeliveryQueryVariables>(
  deliveryText,
);
export const deliveryCountDocument = graphDocument<
  operations.DeliveryCountQuery,
  operations.DeliveryCountQueryVariables
>(deliveryCountText);
export const discardDeliveriesDocument = graphDocument<
  operations.DiscardDeliveriesMutation,
  operations.DiscardDeliveriesMutationVariables
>(discardDeliveriesText);
export const discardDeliveryDocument = graphDocument<
  operations.DiscardDeliveryMutation,
  operations.DiscardDeliveryMutationVariables
>(discardDeliveryText);
export const replayDeliveriesDocument = graphDocument<
  operations.ReplayDeliveriesMutation,
  operations.ReplayDeliveriesMutationVariables
>(replayDeliveriesText);
export const replayDeliveryDocument = graphDocument<
  operations.ReplayDeliveryMutation,
  operations.ReplayDeliveryMutationVariables
>(replayDeliveryText);
