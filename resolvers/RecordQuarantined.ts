import type { RecordQuarantinedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const RecordQuarantined: RecordQuarantinedResolvers = {
  ...envelope,
  record: (item, _args, context) =>
    context.loaders.quarantinedRecordById.load(bodyOf(item, "RecordQuarantined").quarantinedRecordId),
};
