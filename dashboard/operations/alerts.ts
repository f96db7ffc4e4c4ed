import type * as operations from "./__generated__/operations.ts";
import alertText from "./documents/alert.graphql?raw";
import alertEndpointsText from "./documents/alert-endpoints.graphql?raw";
import alertsText from "./documents/alerts.graphql?raw";
import createAlertEndpointText from "./documents/create-alert-endpoint.graphql?raw";
import deleteAlertEndpointText from "./documents/delete-alert-endpoint.graphql?raw";
import muteAlertsText from "./documents/mute-alerts.graphql?raw";
import resendAlertText from "./documents/resend-alert.graphql?raw";
import rotateAlertSecretText from "./documents/rotate-alert-secret.graphql?raw";
import sendTestAlertText from "./documents/send-test-alert.graphql?raw";
import unmuteAlertsText from "./documents/unmute-alerts.graphql?raw";
import updateAlertEndpointText from "./documents/update-alert-endpoint.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const alertDocument = graphDocument<operations.AlertDetailsQuery, operations.AlertDetailsQueryVariables>(
  alertText,
);
export const alertEndpointsDocument = graphDocument<
  operations.AlertEndpointsQuery,
  operations.AlertEndpointsQueryVariables
>(alertEndpointsText);
export const alertsDocument = graphDocument<operations.AlertsQuery, operations.AlertsQueryVariables>(alertsText);
export const createAlertEndpointDocument = graphDocument<
  operations.CreateAlertEndpointMutation,
  operations.CreateAlertEndpointMutationVariables
>(createAlertEndpointText);
export const deleteAlertEndpointDocument = graphDocument<
  operations.DeleteAlertEndpointMutation,
  operations.DeleteAlertEndpointMutationVariables
>(deleteAlertEndpointText);
export const muteAlertsDocument = graphDocument<operations.MuteAlertsMutation, operations.MuteAlertsMutationVariables>(
  muteAlertsText,
);
export const resendAlertDocument = graphDocument<
  operations.ResendAlertMutation,
  operations.ResendAlertMutationVariables
>(resendAlertText);
export const rotateAlertSecretDocument = graphDocument<
  operations.RotateAlertSecretMutation,
  operations.RotateAlertSecretMutationVariables
>(rotateAlertSecretText);
export const sendTestAlertDocument = graphDocument<
  operations.SendTestAlertMutation,
  operations.SendTestAlertMutationVariables
>(sendTestAlertText);
export const unmuteAlertsDocument = graphDocument<
  operations.UnmuteAlertsMutation,
  operations.UnmuteAlertsMutationVariables
>(unmuteAlertsText);
export const updateAlertEndpointDocument = graphDocument<
  operations.UpdateAlertEndpointMutation,
  operations.UpdateAlertEndpointMutationVariables
>(updateAlertEndpointText);
