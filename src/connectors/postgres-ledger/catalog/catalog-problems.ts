import { didYouMean } from "../../../domain/did-you-mean.ts";
import { columnsOf, type NamedColumn, type Use } from "../settings/columns-of.ts";
import { isStream, STREAMS } from "../settings/streams.ts";
import { nameOf, type StreamName, type Tables } from "../settings/tables.ts";
import type { CatalogTable } from "./read-catalog.ts";

/** Returns every difference between the settings and the tables, with the path of the setting. */
export function problemsOf(tables: Tables, catalog: ReadonlyMap<string, CatalogTable>): readonly string[] {
  return namedTables(tables).flatMap(([stream, name]) => {
    const { schema, name: plain } = nameOf(name);
    const table = catalog.get(`${schema}.${plain}`);
    const path = `tables.${stream}`;
    if (table === undefined) return [`${path}.table: there is no table ${schema}.${plain}`];
    const own = table.isReadable
      ? []
      : [`${path}.table: the role may not read it: grant select on ${schema}.${plain} to the role`];
    const named = columnsOf(stream, tables);
    return [
      ...own,
      ...named.flatMap((column) => problemOfColumn(column, table, path)),
      ...problemOfKey(named, table, path),
    ];
  });
}

/** Returns the tables that the settings name, by stream. */
export function namedTables(tables: Tables): readonly (readonly [StreamName, string])[] {
  return STREAMS.flatMap(({ name }) => {
    const table = isStream(name) ? tables[name]?.table : undefined;
    return isStream(name) && table !== undefined ? [[name, table] as const] : [];
  });
}

const WHOLE = ["smallint", "integer", "bigint"];
/** Types that carry a meaning exactly. */
const TYPES: Readonly<Record<Exclude<Use, "text" | "key">, readonly string[]>> = {
  minorUnits: [...WHOLE, "numeric"],
  decimal: [...WHOLE, "numeric"],
  timestamp: ["timestamp with time zone"],
  utcTimestamp: ["timestamp without time zone"],
  epoch: WHOLE,
  day: ["date"],
};
const INEXACT = ["real", "double precision", "money"];

function problemOfColumn({ path, column, use }: NamedColumn, table: CatalogTable, at: string): readonly string[] {
  const found = table.columns.get(column);
  if (found === undefined)
    return [`${at}.${path}: there is no column ${column}${didYouMean(column, table.columns.keys())}`];
  if (use === "text" || use === "key" || TYPES[use].includes(found.type)) return [];
  const reason = INEXACT.includes(found.type) ? `${found.type} is not exact` : `it is ${found.type}`;
  return [`${at}.${path}: column ${column} must be of type ${TYPES[use].join(" or ")}; ${reason}`];
}

function problemOfKey(named: readonly NamedColumn[], table: CatalogTable, at: string): readonly string[] {
  const key = named.filter(({ use }) => use === "key").map(({ column }) => column);
  if (!key.every((column) => table.columns.has(column))) return []; // reported already
  if (table.primaryKey.length === 0) return [`${at}.id: the table needs a primary key`];
  if (table.primaryKey.join() === key.join()) return [];
  return [`${at}.id: must be the primary key of the table: ${table.primaryKey.join(", ")}`];
}
