import type * as operations from "./__generated__/operations.ts";
import findingText from "./documents/finding.graphql?raw";
import findingsText from "./documents/findings.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const findingDocument = graphDocument<operations.FindingQuery, operations.FindingQueryVariables>(findingText);
export const findingsDocument = graphDocument<operations.FindingsQuery, operations.FindingsQueryVariables>(
  findingsText,
);
