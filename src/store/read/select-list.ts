import type { EntityType } from "../../domain/ids.ts";
import { ENTITY_TABLES } from "../entities/tables.ts";

const SYNCED_COLUMNS = [
  "id",
  "source_id",
  "external_id",
  "created_at",
  "observed_at",
  "source_updated_at",
  "via",
  "deleted_at",
  "raw_hash",
  "delivery_id",
  "raw_path",
  "extensions",
];

/** Columns under their names in camel case, as the row types have them. */
export function columns(table: string, names: readonly string[]): string {
  return names.map((name) => `${table}.${name} as "${camelCase(name)}"`).join(", ");
}

/** Select list of a kind of synced object, read from the table or alias `table`. */
export function entityColumns(type: EntityType, table: string): string {
  const own = ENTITY_TABLES[type].columns.map(({ name }) => name);
  return `${columns(table, [...SYNCED_COLUMNS, ...own])}, ${table}.ordered_at::text as "orderedAt"`;
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
