import type * as operations from "./__generated__/operations.ts";
import declarePayoutRouteText from "./documents/declare-payout-route.graphql?raw";
import payoutRoutesText from "./documents/payout-routes.graphql?raw";
import removePayoutRouteText from "./documents/remove-payout-route.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const declarePayoutRouteDocument = graphDocument<
  operations.DeclarePayoutRouteMutation,
  operations.DeclarePayoutRouteMutationVariables
>(declarePayoutRouteText);
export const payoutRoutesDocument = graphDocument<operations.PayoutRoutesQuery, operations.PayoutRoutesQueryVariables>(
  payoutRoutesText,
);
export const removePayoutRouteDocument = graphDocument<
  operations.RemovePayoutRouteMutation,
  operations.RemovePayoutRouteMutationVariables
>(removePayoutRouteText);
