import type pg from "pg";
import { z } from "zod";

/** A table as the database describes it. */
export interface CatalogTable {
  readonly columns: ReadonlyMap<string, CatalogColumn>;
  /** Columns of the primary key in its order; empty: it has none. */
  readonly primaryKey: readonly string[];
  /** False: this role may not read it. */
  readonly isReadable: boolean;
}

export interface CatalogColumn {
  /** Name of the type without its modifier: `numeric`, `timestamp with time zone`. For a domain, of its base type. */
  readonly type: string;
}

const row = z.object({
  schema: z.string(),
  name: z.string(),
  readable: z.string().transform((text) => text === "t" || text === "true"),
  column: z.string().nullable(),
  type: z.string().nullable(),
  key: z.string().nullable(),
});

/** One row for each column; a table without columns has one with nulls. */
const CATALOG = `
  select n.nspname as schema, c.relname as name, has_table_privilege(c.oid, 'select')::text as readable,
    a.attname as column,
    format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, null) as type,
    array_position(i.indkey::int2[], a.attnum)::text as key
  from unnest($1::text[], $2::text[]) as named (schema, name)
  join pg_catalog.pg_namespace n on n.nspname = named.schema
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = named.name and c.relkind in ('r', 'p')
  left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary`;

/** Reads tables in one statement; those that do not exist are left out. The key is `schema.name`. */
export async function readCatalog(
  client: pg.Client,
  names: readonly { readonly schema: string; readonly name: string }[],
): Promise<ReadonlyMap<string, CatalogTable>> {
  const { rows } = await client.query<object>(CATALOG, [
    names.map(({ schema }) => schema),
    names.map(({ name }) => name),
  ]);
  const parsed = rows.map((each) => row.parse(each));
  const byTable = Map.groupBy(parsed, ({ schema, name }) => `${schema}.${name}`);
  return new Map([...byTable].map(([name, columns]) => [name, tableOf(columns)]));
}

function tableOf(rows: readonly z.infer<typeof row>[]): CatalogTable {
  const columns = rows.flatMap(({ column, type }) =>
    column === null || type === null ? [] : [[column, { type }] as const],
  );
  const key = rows
    .filter((each) => each.key !== null)
    .toSorted((a, b) => Number(a.key) - Number(b.key))
    .flatMap(({ column }) => column ?? []);
  return { columns: new Map(columns), primaryKey: key, isReadable: rows.every(({ readable }) => readable) };
}
