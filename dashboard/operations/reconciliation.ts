import type * as operations from "./__generated__/operations.ts";
import matchDecisionsText from "./documents/match-decisions.graphql?raw";
import matchPayoutText from "./documents/match-payout.graphql?raw";
import payoutCandidatesText from "./documents/payout-candidates.graphql?raw";
import reconciliationItemText from "./documents/reconciliation-item.graphql?raw";
import reconciliationItemsText from "./documents/reconciliation-items.graphql?raw";
import reconciliationTotalsText from "./documents/reconciliation-totals.graphql?raw";
import undoMatchDecisionText from "./documents/undo-match-decision.graphql?raw";
import unmatchPayoutText from "./documents/unmatch-payout.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const matchDecisionsDocument = graphDocument<
  operations.MatchDecisionsQuery,
  operations.MatchDecisionsQueryVariables
>(matchDecisionsText);
export const matchPayoutDocument = graphDocument<
  operations.MatchPayoutMutation,
  operations.MatchPayoutMutationVariables
>(matchPayoutText);
export const payoutCandidatesDocument = graphDocument<
  operations.PayoutCandidatesQuery,
  operations.PayoutCandidatesQueryVariables
>(payoutCandidatesText);
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
