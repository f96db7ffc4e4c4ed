import type * as operations from "./__generated__/operations.ts";
import findingsText from "./documents/findings.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const findingsDocument = graphDocument<operations.FindingsQuery, operations.FindingsQueryVariables>(
  findingsText,
);
