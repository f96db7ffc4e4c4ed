import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import { ENTITY_TABLES } from "../entities/tables.ts";
import type { EntityRows } from "./rows.ts";
import { entityColumns } from "./select-list.ts";

/** Objects of one kind by id, in no order, the deleted ones too; those that are not there are left out. */
export function findEntities<Type extends EntityType>(
  tx: Transaction,
  type: Type,
  ids: readonly string[],
): Promise<EntityRows[Type][]> {
  const { table } = ENTITY_TABLES[type];
  return tx.query(`select ${entityColumns(type, table)} from ${table} where ${table}.id = any($1)`, [ids]);
}
