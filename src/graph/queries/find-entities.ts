import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import type { ReadColumns } from "../../store/queries/read-columns.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { entityColumns } from "../../store/queries/select-list.ts";

/** Finds objects of one kind by id, in no order, including deleted ones; missing ones are left out. */
export function findEntities<Type extends EntityType>(
  tx: Transaction,
  type: Type,
  ids: readonly string[],
  columns?: ReadColumns,
): Promise<EntityRows[Type][]> {
  const { table } = ENTITY_TABLES[type];
  return tx.query(`select ${entityColumns(type, table, columns)} from ${table} where ${table}.id = any($1)`, [ids]);
}
