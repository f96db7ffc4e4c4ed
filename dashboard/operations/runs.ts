import type * as operations from "./__generated__/operations.ts";
import cancelSyncText from "./documents/cancel-sync.graphql?raw";
import runText from "./documents/run.graphql?raw";
import runsText from "./documents/runs.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const cancelSyncDocument = graphDocument<operations.CancelSyncMutation, operations.CancelSyncMutationVariables>(
  cancelSyncText,
);
export const runDocument = graphDocument<operations.RunQuery, operations.RunQueryVariables>(runText);
export const runsDocument = graphDocument<operations.RunsQuery, operations.RunsQueryVariables>(runsText);
