import type * as operations from "./__generated__/operations.ts";
import sourceText from "./documents/source.graphql?raw";
import sourceMetricsText from "./documents/source-metrics.graphql?raw";
import updateCredentialsText from "./documents/update-credentials.graphql?raw";
import updateSourceText from "./documents/update-source.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const sourceDocument = graphDocument<operations.SourceQuery, operations.SourceQueryVariables>(sourceText);
export const sourceMetricsDocument = graphDocument<
  operations.SourceMetricsQuery,
  operations.SourceMetricsQueryVariables
>(sourceMetricsText);
export const updateCredentialsDocument = graphDocument<
  operations.UpdateCredentialsMutation,
  operations.UpdateCredentialsMutationVariables
>(updateCredentialsText);
export const updateSourceDocument = graphDocument<
  operations.UpdateSourceMutation,
  operations.UpdateSourceMutationVariables
>(updateSourceText);
