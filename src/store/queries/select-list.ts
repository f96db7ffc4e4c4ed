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

/** Returns columns under their camel-case names, as in the row types. */
export function columns(table: string, names: readonly string[]): string {
  return names.map((name) => `${table}.${name} as "${camelCase(name)}"`).join(", ");
}

/** Returns the select list of a kind of synced object, read from the table or alias `table`. */
export function entityColumns(type: EntityType, table: string): string {
  const { columns: stated, derived } = ENTITY_TABLES[type];
  const own = [...stated.map(({ name }) => name), ...derived];
  return `${columns(table, [...SYNCED_COLUMNS, ...own])}, ${table}.ordered_at::text as "orderedAt"`;
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
