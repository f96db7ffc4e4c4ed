import type * as operations from "./__generated__/operations.ts";
import discardManyQuarantinedText from "./documents/discard-many-quarantined.graphql?raw";
import discardQuarantinedText from "./documents/discard-quarantined.graphql?raw";
import quarantinedCountText from "./documents/quarantined-count.graphql?raw";
import quarantinedRecordText from "./documents/quarantined-record.graphql?raw";
import quarantinedRecordsText from "./documents/quarantined-records.graphql?raw";
import replayManyQuarantinedText from "./documents/replay-many-quarantined.graphql?raw";
import replayQuarantinedText from "./documents/replay-quarantined.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const discardManyQuarantinedDocument = graphDocument<
  operations.DiscardManyQuarantinedMutation,
  operations.DiscardManyQuarantinedMutationVariables
>(discardManyQuarantinedText);
export const discardQuarantinedDocument = graphDocument<
  operations.DiscardQuarantinedMutation,
  operations.DiscardQuarantinedMutationVariables
>(discardQuarantinedText);
export const quarantinedCountDocument = graphDocument<
  operations.QuarantinedCountQuery,
  operations.QuarantinedCountQueryVariables
>(quarantinedCountText);
export const quarantinedRecordDocument = graphDocument<
  operations.QuarantinedRecordQuery,
  operations.QuarantinedRecordQueryVariables
>(quarantinedRecordText);
export const quarantinedRecordsDocument = graphDocument<
  operations.QuarantinedRecordsQuery,
  operations.QuarantinedRecordsQueryVariables
>(quarantinedRecordsText);
export const replayManyQuarantinedDocument = graphDocument<
  operations.ReplayManyQuarantinedMutation,
  operations.ReplayManyQuarantinedMutationVariables
>(replayManyQuarantinedText);
export const replayQuarantinedDocument = graphDocument<
  operations.ReplayQuarantinedMutation,
  operations.ReplayQuarantinedMutationVariables
>(replayQuarantinedText);
