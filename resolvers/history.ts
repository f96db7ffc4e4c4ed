import { typeOfId } from "../src/domain/ids.ts";
import type {
  ChangeCauseResolvers,
  FieldValueResolvers,
  ObjectChangeConnectionResolvers,
  ObjectChangeResolvers,
} from "./__generated__/types.ts";
import type { Context } from "./context.ts";
import type { HistoryModel } from "./history-page.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";
import { rawPointerOf } from "./raw-pointer.ts";
import { requireFound } from "./require-found.ts";

export const ObjectChangeConnection: ObjectChangeConnectionResolvers = {
  edges: ({ page }) => page.edges,
  nodes: ({ page }) => page.nodes,
  pageInfo: ({ page }) => page.pageInfo,
  isComplete: async (history, _args, context) => (await boundsOf(history, context)).isComplete,
  completeSince: async (history, _args, context) => (await boundsOf(history, context)).completeSince,
};

async function boundsOf({ entityId }: HistoryModel, { loaders }: Context) {
  return requireFound(await loaders.historyBoundsByEntity.load(entityId), "object");
}

export const ObjectChange: ObjectChangeResolvers = {
  cause: (row) => row,
};

export const FieldValue: FieldValueResolvers = {
  money: ({ money }) => money ?? null,
  entity: ({ entityId }, _args, context) => (entityId === undefined ? null : loadNode(context, { id: entityId })),
};

export const ChangeCause: ChangeCauseResolvers = {
  delivery: ({ deliveryId }, _args, { loaders }) => loadOptional(loaders.deliveryById, deliveryId),
  run: ({ causedBy }, _args, { loaders }) => loadOptional(loaders.syncRunById, idOf("SyncRun", causedBy)),
  file: ({ causedBy }, _args, { loaders }) => loadOptional(loaders.fileById, idOf("File", causedBy)),
  feed: async ({ via, sourceId }, _args, { loaders }) =>
    via === "STREAM" || via === "CDC" ? ((await loaders.feedBySource.load(sourceId)) ?? null) : null,
  raw: (row) => rawPointerOf({ ...row, rawPath: row.rawPath ?? "" }),
};

function idOf(type: "SyncRun" | "File", id: string | null): string | null {
  return id !== null && typeOfId(id) === type ? id : null;
}
