import type { GraphQLResolveInfo } from "graphql";
import type { SyncedRow } from "../src/graph/loaders/models.ts";
import type { Context } from "./context.ts";
import { selectsIdOnly } from "./selects-id-only.ts";
import { namedSource, sourceOf } from "./source-of.ts";

/** Fields of every synced object that are not columns. */
export const syncedFields = {
  source: (row: SyncedRow, _args: unknown, context: Context, info: GraphQLResolveInfo) =>
    selectsIdOnly(info) ? namedSource(row.sourceId) : sourceOf(context, row.sourceId),
  extensions: (row: SyncedRow) => Object.entries(row.extensions ?? {}).map(([name, value]) => ({ name, value })),
  freshness: (row: SyncedRow) => row,
  raw: (row: SyncedRow) => rawPointerOf(row),
};

/** Returns the location of an object's bytes; null if none were kept. */
export function rawPointerOf({
  sourceId,
  rawHash,
  deliveryId,
  rawPath,
}: Pick<SyncedRow, "sourceId" | "rawHash" | "deliveryId" | "rawPath">) {
  return rawHash === null && deliveryId === null ? null : { sourceId, rawHash, deliveryId, path: rawPath };
}
