import type { EntityType } from "../../domain/ids.ts";
import { ENTITY_TABLES } from "../entities/tables.ts";
import type { ReadColumns } from "./read-columns.ts";

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
/** Columns that lists, references and other readers need, whatever is selected. */
const ALWAYS_READ: ReadonlySet<string> = new Set(["id", "source_id", "deleted_at"]);

/** Returns columns under their camel-case names, as in the row types. */
export function columns(table: string, names: readonly string[]): string {
  return names.map((name) => `${table}.${name} as "${camelCase(name)}"`).join(", ");
}

const NOTHING: ReadColumns = {};
/** Lists that were made, by kind and table: the texts of statements are made for each load. */
const made = new WeakMap<ReadColumns, Map<string, string>>();

/**
 * Returns the select list of a kind of synced object, read from the table or alias `table`.
 * @param read default: all columns. The others are missing in the rows
 */
export function entityColumns(type: EntityType, table: string, read: ReadColumns = NOTHING): string {
  const lists = made.get(read) ?? new Map<string, string>();
  made.set(read, lists);
  const key = `${type} ${table}`;
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = selectList(type, table, read[type])));
  return list;
}

function selectList(type: EntityType, table: string, read: ReadonlySet<string> | undefined): string {
  const { columns: stated, derived } = ENTITY_TABLES[type];
  const all = [...SYNCED_COLUMNS, ...stated.map(({ name }) => name), ...derived];
  const names = all.filter((name) => read === undefined || ALWAYS_READ.has(name) || read.has(camelCase(name)));
  return `${columns(table, names)}, ${table}.ordered_at::text as "orderedAt"`;
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
