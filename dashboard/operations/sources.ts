import type * as operations from "./__generated__/operations.ts";
import pauseSourceText from "./documents/pause-source.graphql?raw";
import resumeSourceText from "./documents/resume-source.graphql?raw";
import sourceNamesText from "./documents/source-names.graphql?raw";
import startSyncText from "./documents/start-sync.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const pauseSourceDocument = graphDocument<
  operations.PauseSourceMutation,
  operations.PauseSourceMutationVariables
>(pauseSourceText);
export const resumeSourceDocument = graphDocument<
  operations.ResumeSourceMutation,
  operations.ResumeSourceMutationVariables
>(resumeSourceText);
export const sourceNamesDocument = graphDocument<operations.SourceNamesQuery, operations.SourceNamesQueryVariables>(
  sourceNamesText,
);
export const startSyncDocument = graphDocument<operations.StartSyncMutation, operations.StartSyncMutationVariables>(
  startSyncText,
);
