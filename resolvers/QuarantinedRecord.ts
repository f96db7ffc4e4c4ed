import type { QuarantinedRecordResolvers } from "./__generated__/types.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";
import { sourceOf } from "./source-of.ts";
import { rawPointerOf } from "./synced-fields.ts";

export const QuarantinedRecord: QuarantinedRecordResolvers = {
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  entity: ({ entityId }, _args, context) => (entityId === null ? null : loadNode(context, { id: entityId })),
  run: ({ runId }, _args, { loaders }) => loadOptional(loaders.syncRunById, runId),
  raw: (row) => rawPointerOf(row),
};
