import type * as operations from "./__generated__/operations.ts";
import alertText from "./documents/alert.graphql?raw";
import alertEndpointsText from "./documents/alert-endpoints.graphql?raw";
import alertsText from "./documents/alerts.graphql?raw";
import balanceAccountsText from "./documents/balance-accounts.graphql?raw";
import balanceChainText from "./documents/balance-chain.graphql?raw";
import cancelEvidencePackText from "./documents/cancel-evidence-pack.graphql?raw";
import cancelSyncText from "./documents/cancel-sync.graphql?raw";
import comparedDaysText from "./documents/compared-days.graphql?raw";
import createAlertEndpointText from "./documents/create-alert-endpoint.graphql?raw";
import createEvidencePackText from "./documents/create-evidence-pack.graphql?raw";
import deleteAlertEndpointText from "./documents/delete-alert-endpoint.graphql?raw";
import deliveriesText from "./documents/deliveries.graphql?raw";
import deliveryText from "./documents/delivery.graphql?raw";
import deliveryCountText from "./documents/delivery-count.graphql?raw";
import differencesText from "./documents/differences.graphql?raw";
import discardDeliveriesText from "./documents/discard-deliveries.graphql?raw";
import discardDeliveryText from "./documents/discard-delivery.graphql?raw";
import evidencePacksText from "./documents/evidence-packs.graphql?raw";
import findingsText from "./documents/findings.graphql?raw";
import matchPayoutText from "./documents/match-payout.graphql?raw";
import muteAlertsText from "./documents/mute-alerts.graphql?raw";
import overviewText from "./documents/overview.graphql?raw";
import pauseSourceText from "./documents/pause-source.graphql?raw";
import payoutCandidatesText from "./documents/payout-candidates.graphql?raw";
import payoutsText from "./documents/payouts.graphql?raw";
import quarantinedRecordText from "./documents/quarantined-record.graphql?raw";
import quarantinedRecordsText from "./documents/quarantined-records.graphql?raw";
import reconcileText from "./documents/reconcile.graphql?raw";
import reconciliationItemText from "./documents/reconciliation-item.graphql?raw";
import reconciliationItemsText from "./documents/reconciliation-items.graphql?raw";
import reconciliationTotalsText from "./documents/reconciliation-totals.graphql?raw";
import replayDeliveriesText from "./documents/replay-deliveries.graphql?raw";
import replayDeliveryText from "./documents/replay-delivery.graphql?raw";
import replayQuarantinedText from "./documents/replay-quarantined.graphql?raw";
import resendAlertText from "./documents/resend-alert.graphql?raw";
import resumeSourceText from "./documents/resume-source.graphql?raw";
import rotateAlertSecretText from "./documents/rotate-alert-secret.graphql?raw";
import runsText from "./documents/runs.graphql?raw";
import sendTestAlertText from "./documents/send-test-alert.graphql?raw";
import sourceText from "./documents/source.graphql?raw";
import sourceMetricsText from "./documents/source-metrics.graphql?raw";
import sourceNamesText from "./documents/source-names.graphql?raw";
import startSyncText from "./documents/start-sync.graphql?raw";
import statementsText from "./documents/statements.graphql?raw";
import undoMatchDecisionText from "./documents/undo-match-decision.graphql?raw";
import unmatchPayoutText from "./documents/unmatch-payout.graphql?raw";
import unmuteAlertsText from "./documents/unmute-alerts.graphql?raw";
import updateAlertEndpointText from "./documents/update-alert-endpoint.graphql?raw";
import updateCredentialsText from "./documents/update-credentials.graphql?raw";
import updateSourceText from "./documents/update-source.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const cancelSyncDocument = graphDocument<operations.CancelSyncMutation, operations.CancelSyncMutationVariables>(
  cancelSyncText,
);
export const deliveriesDocument = graphDocument<operations.DeliveriesQuery, operations.DeliveriesQueryVariables>(
  deliveriesText,
);
export const deliveryCountDocument = graphDocument<
  operations.DeliveryCountQuery,
  operations.DeliveryCountQueryVariables
>(deliveryCountText);
export const deliveryDocument = graphDocument<operations.DeliveryQuery, operations.DeliveryQueryVariables>(
  deliveryText,
);
export const discardDeliveriesDocument = graphDocument<
  operations.DiscardDeliveriesMutation,
  operations.DiscardDeliveriesMutationVariables
>(discardDeliveriesText);
export const discardDeliveryDocument = graphDocument<
  operations.DiscardDeliveryMutation,
  operations.DiscardDeliveryMutationVariables
>(discardDeliveryText);
export const findingsDocument = graphDocument<operations.FindingsQuery, operations.FindingsQueryVariables>(
  findingsText,
);
export const overviewDocument = graphDocument<operations.OverviewQuery, operations.OverviewQueryVariables>(
  overviewText,
);
export const pauseSourceDocument = graphDocument<
  operations.PauseSourceMutation,
  operations.PauseSourceMutationVariables
>(pauseSourceText);
export const payoutCandidatesDocument = graphDocument<
  operations.PayoutCandidatesQuery,
  operations.PayoutCandidatesQueryVariables
>(payoutCandidatesText);
export const payoutsDocument = graphDocument<operations.PayoutsQuery, operations.PayoutsQueryVariables>(payoutsText);
export const quarantinedRecordDocument = graphDocument<
  operations.QuarantinedRecordQuery,
  operations.QuarantinedRecordQueryVariables
>(quarantinedRecordText);
export const quarantinedRecordsDocument = graphDocument<
  operations.QuarantinedRecordsQuery,
  operations.QuarantinedRecordsQueryVariables
>(quarantinedRecordsText);
export const replayDeliveriesDocument = graphDocument<
  operations.ReplayDeliveriesMutation,
  operations.ReplayDeliveriesMutationVariables
>(replayDeliveriesText);
export const replayDeliveryDocument = graphDocument<
  operations.ReplayDeliveryMutation,
  operations.ReplayDeliveryMutationVariables
>(replayDeliveryText);
export const replayQuarantinedDocument = graphDocument<
  operations.ReplayQuarantinedMutation,
  operations.ReplayQuarantinedMutationVariables
>(replayQuarantinedText);
export const resumeSourceDocument = graphDocument<
  operations.ResumeSourceMutation,
  operations.ResumeSourceMutationVariables
>(resumeSourceText);
export const runsDocument = graphDocument<operations.RunsQuery, operations.RunsQueryVariables>(runsText);
export const sourceNamesDocument = graphDocument<operations.SourceNamesQuery, operations.SourceNamesQueryVariables>(
  sourceNamesText,
);
export const sourceDocument = graphDocument<operations.SourceQuery, operations.SourceQueryVariables>(sourceText);
export const startSyncDocument = graphDocument<operations.StartSyncMutation, operations.StartSyncMutationVariables>(
  startSyncText,
);
export const statementsDocument = graphDocument<operations.StatementsQuery, operations.StatementsQueryVariables>(
  statementsText,
);
export const updateCredentialsDocument = graphDocument<
  operations.UpdateCredentialsMutation,
  operations.UpdateCredentialsMutationVariables
>(updateCredentialsText);
export const sourceMetricsDocument = graphDocument<
  operations.SourceMetricsQuery,
  operations.SourceMetricsQueryVariables
>(sourceMetricsText);
export const alertsDocument = graphDocument<operations.AlertsQuery, operations.AlertsQueryVariables>(alertsText);
export const alertDocument = graphDocument<operations.AlertDetailsQuery, operations.AlertDetailsQueryVariables>(
  alertText,
);
export const alertEndpointsDocument = graphDocument<
  operations.AlertEndpointsQuery,
  operations.AlertEndpointsQueryVariables
>(alertEndpointsText);
export const createAlertEndpointDocument = graphDocument<
  operations.CreateAlertEndpointMutation,
  operations.CreateAlertEndpointMutationVariables
>(createAlertEndpointText);
export const updateAlertEndpointDocument = graphDocument<
  operations.UpdateAlertEndpointMutation,
  operations.UpdateAlertEndpointMutationVariables
>(updateAlertEndpointText);
export const rotateAlertSecretDocument = graphDocument<
  operations.RotateAlertSecretMutation,
  operations.RotateAlertSecretMutationVariables
>(rotateAlertSecretText);
export const deleteAlertEndpointDocument = graphDocument<
  operations.DeleteAlertEndpointMutation,
  operations.DeleteAlertEndpointMutationVariables
>(deleteAlertEndpointText);
export const muteAlertsDocument = graphDocument<operations.MuteAlertsMutation, operations.MuteAlertsMutationVariables>(
  muteAlertsText,
);
export const unmuteAlertsDocument = graphDocument<
  operations.UnmuteAlertsMutation,
  operations.UnmuteAlertsMutationVariables
>(unmuteAlertsText);
export const sendTestAlertDocument = graphDocument<
  operations.SendTestAlertMutation,
  operations.SendTestAlertMutationVariables
>(sendTestAlertText);
export const resendAlertDocument = graphDocument<
  operations.ResendAlertMutation,
  operations.ResendAlertMutationVariables
>(resendAlertText);
export const balanceAccountsDocument = graphDocument<
  operations.BalanceAccountsQuery,
  operations.BalanceAccountsQueryVariables
>(balanceAccountsText);
export const balanceChainDocument = graphDocument<operations.BalanceChainQuery, operations.BalanceChainQueryVariables>(
  balanceChainText,
);
export const cancelEvidencePackDocument = graphDocument<
  operations.CancelEvidencePackMutation,
  operations.CancelEvidencePackMutationVariables
>(cancelEvidencePackText);
export const comparedDaysDocument = graphDocument<operations.ComparedDaysQuery, operations.ComparedDaysQueryVariables>(
  comparedDaysText,
);
export const createEvidencePackDocument = graphDocument<
  operations.CreateEvidencePackMutation,
  operations.CreateEvidencePackMutationVariables
>(createEvidencePackText);
export const differencesDocument = graphDocument<operations.DifferencesQuery, operations.DifferencesQueryVariables>(
  differencesText,
);
export const evidencePacksDocument = graphDocument<
  operations.EvidencePacksQuery,
  operations.EvidencePacksQueryVariables
>(evidencePacksText);
export const matchPayoutDocument = graphDocument<
  operations.MatchPayoutMutation,
  operations.MatchPayoutMutationVariables
>(matchPayoutText);
export const reconcileDocument = graphDocument<operations.ReconcileMutation, operations.ReconcileMutationVariables>(
  reconcileText,
);
export const reconciliationItemDocument = graphDocument<
  operations.ReconciliationItemQuery,
  operations.ReconciliationItemQueryVariables
>(reconciliationItemText);
export const reconciliationItemsDocument = graphDocument<
  operations.ReconciliationItemsQuery,
  operations.ReconciliationItemsQueryVariables
>(reconciliationItemsText);
export const reconciliationTotalsDocument = graphDocument<
  operations.ReconciliationTotalsQuery,
  operations.ReconciliationTotalsQueryVariables
>(reconciliationTotalsText);
export const undoMatchDecisionDocument = graphDocument<
  operations.UndoMatchDecisionMutation,
  operations.UndoMatchDecisionMutationVariables
>(undoMatchDecisionText);
export const unmatchPayoutDocument = graphDocument<
  operations.UnmatchPayoutMutation,
  operations.UnmatchPayoutMutationVariables
>(unmatchPayoutText);
export const updateSourceDocument = graphDocument<
  operations.UpdateSourceMutation,
  operations.UpdateSourceMutationVariables
>(updateSourceText);
