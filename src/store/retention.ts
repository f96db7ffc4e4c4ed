import type { Transaction } from "./database.ts";

/** Position of the last examined row, as text: its age, then its key. */
export type RetentionPosition = readonly string[];

export interface RetentionBatch {
  /** Minimum age in days by the database's clock, which also dated the rows; may be a fraction. */
  readonly days: number;
  /** Position after which the batch begins; undefined: with the oldest row. */
  readonly after: RetentionPosition | undefined;
  /** Maximum number of rows that are examined. Default: that of the rule. */
  readonly limit: number | undefined;
}

export interface DeletedBatch {
  readonly deleted: number;
  /** Position at which to continue; undefined: there are no more rows of this age. */
  readonly next: RetentionPosition | undefined;
}

/** The old rows of a table, which its owner deletes. */
export interface RetentionRule {
  /** The table, then those whose rows are deleted with a row of it. */
  readonly tables: readonly [string, ...string[]];
  /**
   * Deletes the tenant's rows of one batch that nothing needs. Rows that another transaction has locked are skipped, so
   * that several processes may do this at the same time.
   */
  deleteBatch(tx: Transaction, batch: RetentionBatch): Promise<DeletedBatch>;
}

/** Lowest value of each type of a key column. */
const LOWEST = { text: "", timestamptz: "-infinity", integer: "-2147483648" } as const;

export interface ExpiringRows {
  readonly table: string;
  /** Beginning of the statement that deletes a row, in the folder that owns the table: `delete from sync_runs`. */
  readonly deleteFrom: string;
  /** Columns that identify a row within its tenant, with their types. */
  readonly key: Readonly<Record<string, keyof typeof LOWEST>>;
  /** Time column. Each transaction that may make the row necessary again sets it to now, or to null. */
  readonly age: string;
  /** SQL condition that a row named `stored` must also meet. Default: none. */
  readonly condition?: string;
  /** SQL condition: nothing needs the row named `stored`. Default: nothing does. */
  readonly isUnneeded?: string;
  /** Statements that delete the rows that belong to those in `expired`, by table. */
  readonly dependents?: Readonly<Record<string, string>>;
  /** Number of rows examined by one transaction, which takes some milliseconds. Default 500. */
  readonly limit?: number;
}

/**
 * Returns the rule that deletes rows by their age. A batch walks along the index of the age, from the position of the
 * previous one: rows that are needed are examined once, however many they are.
 *
 * The lock is what makes it safe: a row that another transaction has changed since this statement began is evaluated
 * again in its new state, and is then too young; one that it still holds is skipped.
 */
export function expiringRows(rows: ExpiringRows): RetentionRule {
  const names = Object.keys(rows.key);
  const text = statementFor(rows);
  return {
    tables: [rows.table, ...Object.keys(rows.dependents ?? {})],
    async deleteBatch(tx, { days, after, limit = rows.limit ?? 500 }) {
      const start = after ?? ["-infinity", ...Object.values(rows.key).map((type) => LOWEST[type])];
      const [row] = await tx.query<{ deleted: number; examined: number; last: string[] | null }>(text, [
        days,
        limit,
        ...start,
      ]);
      if (row?.last?.length !== names.length + 1 || row.examined < limit)
        return { deleted: row?.deleted ?? 0, next: undefined };
      return { deleted: row.deleted, next: row.last };
    },
  };
}

/**
 * Rows are found again by their place in the table (`ctid`), which is constant within a statement: for a join by the key
 * PostgreSQL may decide to read a whole table.
 */
function statementFor({ table, deleteFrom, key, age, condition = "true", ...rows }: ExpiringRows): string {
  const { isUnneeded = "true", dependents = {} } = rows;
  const names = Object.keys(key);
  const of = (alias: string): string => names.map((name) => `${alias}.${name}`).join(", ");
  const start = Object.values(key).map((type, index) => `$${index + 4}::${type}`);
  const isOld = `stored.${age} < now() - $1 * interval '1 day' and ${condition}`;
  const deletions = Object.entries(dependents).map(([name, statement]) => `, ${name}_deleted as (${statement})`);
  return `
    with examined as materialized (
      select stored.ctid as place, ${of("stored")}, stored.${age} as aged_at from ${table} as stored
      where ${isOld} and (stored.${age}, ${of("stored")}) > ($3::timestamptz, ${start.join(", ")})
      order by stored.${age}, ${of("stored")} limit $2
    ), expired as materialized (
      select stored.ctid as place, ${of("stored")} from ${table} as stored
      where stored.ctid = any(array(select place from examined)) and ${isOld} and ${isUnneeded}
      for update skip locked
    ), deleted as (
      ${deleteFrom} where ctid = any(array(select place from expired)) returning 1
    )${deletions.join("")}
    select (select count(*)::int from deleted) as deleted, (select count(*)::int from examined) as examined,
      (select array[examined.aged_at::text, ${names.map((name) => `examined.${name}::text`).join(", ")}] from examined
       order by examined.aged_at desc, ${names.map((name) => `examined.${name} desc`).join(", ")} limit 1) as last`;
}
