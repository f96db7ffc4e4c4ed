import { type EntityType, type OperationType, typeOfId } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { findEntities } from "../queries/find-entities.ts";
import { findOperations } from "../queries/find-operations.ts";
import type { OperationRows } from "../../store/queries/operation-rows.ts";
import type { ReadColumns } from "../../store/queries/read-columns.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Ids are short and looked up in the primary key: a batch of this size takes about 2 ms. */
const MAX_BATCH = 1_000;

/** Loads objects of one kind by global id; undefined for an id without such an object. */
function byId<Row extends { readonly id: string }>(
  type: EntityType | OperationType,
  find: (tx: Transaction, ids: readonly string[], columns: ReadColumns | undefined) => Promise<readonly Row[]>,
): LoaderSpec<string, Row | undefined> {
  return {
    key: (id) => id,
    maxBatch: MAX_BATCH,
    load: async ({ database, tenantId, columns }, ids) => {
      // Any text that a caller sends as an id arrives here: only possible ids of this kind are looked up.
      const possible = ids.filter((id) => typeOfId(id) === type);
      if (possible.length === 0) return ids.map(() => undefined);
      const rows = await database.read(tenantId, (tx) => find(tx, possible, columns));
      return inOrder(ids, rows, (row) => row.id);
    },
  };
}

/** Loads rows by an id without a fixed format; undefined for an id without such a row. */
export function rowById<Row extends { readonly id: string }>(
  find: (tx: Transaction, ids: readonly string[]) => Promise<readonly Row[]>,
): LoaderSpec<string, Row | undefined> {
  return {
    key: (id) => id,
    maxBatch: 200,
    load: reading(async (tx, ids) => {
      const possible = ids.filter((id) => !id.includes("\0")); // PostgreSQL text cannot contain U+0000
      return inOrder(ids, await find(tx, possible), (row) => row.id);
    }),
  };
}

/** Synced objects of one kind by global id. */
export function entityById<Type extends EntityType>(type: Type): LoaderSpec<string, EntityRows[Type] | undefined> {
  return byId(type, (tx, ids, columns) => findEntities(tx, type, ids, columns));
}

/** Operational objects of one kind by global id. */
export function operationById<Type extends OperationType>(
  type: Type,
): LoaderSpec<string, OperationRows[Type] | undefined> {
  return byId(type, (tx, ids) => findOperations(tx, type, ids));
}
