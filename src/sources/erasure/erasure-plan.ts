import type { Transaction } from "../../store/database.ts";

/*
 * What belongs to a source is found in the database's own catalog, so that a new table cannot be forgotten: every table
 * with the column `source_id`, and for tables without one the parent whose rows they belong to.
 */

/** A table whose rows are deleted together with the parent's rows that they belong to. */
export interface ChildTable {
  readonly table: string;
  /** Column with the parent's id; an index begins with it. */
  readonly column: string;
}

/** Tables without a source, by the parent whose `id` they have. A test compares this with the schema. */
export const CHILDREN: Readonly<Record<string, readonly ChildTable[]>> = {
  bank_transactions: [{ table: "bank_transaction_details", column: "transaction_id" }],
  deliveries: [
    { table: "delivery_attempts", column: "delivery_id" },
    { table: "delivery_bodies", column: "delivery_id" },
  ],
  files: [{ table: "file_chunks", column: "file_id" }],
  sync_runs: [
    { table: "compared_objects", column: "run_id" },
    { table: "run_listed_objects", column: "run_id" },
  ],
};

/** Tables without a source that no index finds by their parent's key: its table, and the columns that both have. */
export const OWNED: Readonly<
  Record<string, { readonly parent: string; readonly key: Readonly<Record<string, string>> }>
> = {
  account_currencies: { parent: "accounts", key: { account_id: "id" } },
  bank_entry_references: {
    parent: "statement_entries",
    key: Object.fromEntries(
      ["statement_id", "page", "file_id", "occurrence", "entry_index"].map((column) => [column, column]),
    ),
  },
};

/** Tables of a tenant that contain nothing of a single source. */
export const OF_TENANT: readonly string[] = [
  "alert_endpoints",
  "alert_positions",
  "api_keys",
  "audit_entries",
  "audit_heads",
  "callback_subscriptions",
  "event_heads",
  "evidence_chunks",
  "evidence_packs",
  "invariant_progress",
  "payout_match_progress",
];

/** Tables of the connection itself: its last row is deleted when everything else is. */
export const OF_CONNECTION: readonly string[] = ["source_settings", "source_erasures", "sources"];

/**
 * Deleted first. The parents of owned rows follow them. An event without its object is what a lost write looks
 * like, and would be reported (src/reconcile/invariants).
 */
const FIRST = ["unconfirmed_breaches", "findings", "events", ...Object.keys(OWNED)];

/** A table of which the rows of one source are deleted. */
export interface ErasedTable {
  readonly table: string;
  /** Columns of the primary key after the tenant, with their types. */
  readonly key: readonly { readonly column: string; readonly type: string }[];
  /** True if an index finds the rows of a source. Otherwise the tenant's rows are read in the order of the key. */
  readonly isIndexed: boolean;
  readonly children: readonly ChildTable[];
}

interface Row extends Record<string, unknown> {
  readonly table: string;
  readonly key: readonly { readonly column: string; readonly type: string }[];
  readonly isIndexed: boolean;
}

/** Returns all tables with rows of sources, in the order in which they are erased. */
export async function readErasurePlan(tx: Transaction): Promise<readonly ErasedTable[]> {
  const rows = await tx.query<Row>(CATALOG, [OF_CONNECTION, Object.keys(OWNED)]);
  const place = ({ table }: Row): number => (FIRST.includes(table) ? FIRST.indexOf(table) : FIRST.length);
  return rows.toSorted((a, b) => place(a) - place(b)).map((row) => ({ ...row, children: CHILDREN[row.table] ?? [] }));
}

/** `indkey` numbers the columns of an index from 0; a partial index does not find all rows. */
const CATALOG = `
  select class.relname as table,
    (select coalesce(json_agg(json_build_object('column', attname, 'type', format_type(atttypid, atttypmod)) order by place), '[]')
     from pg_index, unnest(indkey) with ordinality as part (attnum, place)
     join pg_attribute on attrelid = class.oid and pg_attribute.attnum = part.attnum
     where indrelid = class.oid and indisprimary and attname <> 'tenant_id') as key,
    exists (select from pg_index
      join pg_attribute first on first.attrelid = class.oid and first.attnum = indkey[0] and first.attname = 'tenant_id'
      join pg_attribute second on second.attrelid = class.oid and second.attnum = indkey[1] and second.attname = 'source_id'
      where indrelid = class.oid and indpred is null and indisvalid) as "isIndexed"
  from pg_class class
  where (class.relname = any($2::text[]) or exists (select from pg_attribute
      where attrelid = class.oid and attname = 'source_id' and not attisdropped))
    and class.relnamespace = 'sluice'::regnamespace and class.relkind in ('r', 'p') and not class.relispartition
    and class.relrowsecurity and not class.relname = any($1::text[])
  order by class.relname`;
