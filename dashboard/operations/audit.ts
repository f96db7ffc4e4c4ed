import type * as operations from "./__generated__/operations.ts";
import auditEntriesText from "./documents/audit-entries.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const auditEntriesDocument = graphDocument<operations.AuditEntriesQuery, operations.AuditEntriesQueryVariables>(
  auditEntriesText,
);
