import type { Transaction } from "../../store/database.ts";
import { type ErasedTable, OWNED } from "./erasure-plan.ts";

/** Result of one batch. */
export interface ErasedBatch {
  /** Number of deleted rows, those of child tables included. */
  readonly deleted: number;
  /** Key after which the next batch begins; null: at the beginning. */
  readonly after: readonly string[] | null;
  /** True if the table has no more rows of the source. */
  readonly isDone: boolean;
}

/** Rows that one transaction deletes with the help of an index: some ten milliseconds. */
const INDEXED_ROWS = 1_000;
/** Rows that one transaction reads without one. */
const READ_ROWS = 5_000;
/** Files are stored in pieces, of which each has many. */
const FILE_ROWS = 10;

/**
 * Deletes rows of a source from one table, with the rows of child tables that belong to them.
 * @param after position that the previous batch returned
 */
export async function eraseBatch(
  tx: Transaction,
  sourceId: string,
  table: ErasedTable,
  after: readonly string[] | null,
): Promise<ErasedBatch> {
  if (table.isIndexed) {
    const limit = table.table === "files" ? FILE_ROWS : INDEXED_ROWS;
    const examined = `select ctid as place, * from ${table.table} where source_id = $1 limit ${limit}`;
    const [row] = await tx.query<BatchRow>(statementFor(table, examined), [sourceId]);
    return { deleted: row?.deleted ?? 0, after: null, isDone: (row?.examined ?? 0) < limit };
  }
  const columns = table.key.map(({ column }) => column).join(", ");
  const start = table.key.map(({ type }, index) => `$${index + 2}::${type}`).join(", ");
  const isAfter = after === null ? "true" : `(${columns}) > (${start})`;
  const examined = `select ctid as place, * from ${table.table} where ${isAfter} order by ${columns} limit ${READ_ROWS}`;
  const [row] = await tx.query<BatchRow>(statementFor(table, examined), [sourceId, ...(after ?? [])]);
  const isDone = (row?.examined ?? 0) < READ_ROWS;
  return { deleted: row?.deleted ?? 0, after: isDone ? null : (row?.last ?? null), isDone };
}

interface BatchRow extends Record<string, unknown> {
  readonly deleted: number;
  readonly examined: number;
  readonly last: string[] | null;
}

/** Rows are found again by their place in the table, which is constant within a statement. */
function statementFor({ table, key, children, isIndexed }: ErasedTable, examined: string): string {
  const last = key.map(({ column }) => `${column}::text`).join(", ");
  const descending = key.map(({ column }) => `${column} desc`).join(", ");
  const parts = children.map(
    (child, index) =>
      `child_${index} as (delete from ${child.table} where ${child.column} = any(array(select id from expired)) returning 1), `,
  );
  const counts = ["deleted", ...children.map((_, index) => `child_${index}`)];
  return `
    with examined as materialized (${examined}),
    expired as materialized (select * from examined where ${conditionOf(table)}),
    ${parts.join("")}deleted as (delete from ${table} where ctid = any(array(select place from expired)) returning 1)
    select (${counts.map((name) => `(select count(*)::int from ${name})`).join(" + ")}) as deleted,
      (select count(*)::int from examined) as examined,
      ${isIndexed || key.length === 0 ? "null" : `(select array[${last}] from examined order by ${descending} limit 1)`} as last`;
}

/** SQL condition that a row of a table belongs to the source `$1`. */
function conditionOf(table: string): string {
  const owner = Object.hasOwn(OWNED, table) ? OWNED[table] : undefined;
  if (owner === undefined) return "source_id = $1";
  const isOf = Object.entries(owner.key).map(([column, parent]) => `parent.${parent} = examined.${column}`);
  return `exists (select from ${owner.parent} as parent where ${isOf.join(" and ")} and parent.source_id = $1)`;
}
