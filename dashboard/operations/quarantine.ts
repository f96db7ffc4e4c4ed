import type * as operations from "./__generated__/operations.ts";
import quarantinedRecordText from "./documents/quarantined-record.graphql?raw";
import quarantinedRecordsText from "./documents/quarantined-records.graphql?raw";
import replayQuarantinedText from "./documents/replay-quarantined.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const quarantinedRecordDocument = graphDocument<
  operations.QuarantinedRecordQuery,
  operations.QuarantinedRecordQueryVariables
>(quarantinedRecordText);
export const quarantinedRecordsDocument = graphDocument<
  operations.QuarantinedRecordsQuery,
  operations.QuarantinedRecordsQueryVariables
>(quarantinedRecordsText);
export const replayQuarantinedDocument = graphDocument<
  operations.ReplayQuarantinedMutation,
  operations.ReplayQuarantinedMutationVariables
>(replayQuarantinedText);
