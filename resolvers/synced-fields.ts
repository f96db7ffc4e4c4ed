import type { GraphQLResolveInfo } from "graphql";
import type { SyncedRow } from "../src/graph/loaders/models.ts";
import type { Context } from "./context.ts";
import { historyOf } from "./history-page.ts";
import { rawPointerOf } from "./raw-pointer.ts";
import { selectsIdOnly } from "./selects-id-only.ts";
import { namedSource, sourceOf } from "./source-of.ts";

/** Fields of every synced object that are not columns. */
export const syncedFields = {
  source: (row: SyncedRow, _args: unknown, context: Context, info: GraphQLResolveInfo) =>
    selectsIdOnly(info) ? namedSource(row.sourceId) : sourceOf(context, row.sourceId),
  extensions: (row: SyncedRow) => Object.entries(row.extensions ?? {}).map(([name, value]) => ({ name, value })),
  freshness: (row: SyncedRow) => row,
  history: historyOf,
  raw: (row: SyncedRow) => rawPointerOf(row),
};
