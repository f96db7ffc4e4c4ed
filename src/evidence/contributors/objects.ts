import { csvLine, decimalText } from "./csv.ts";
import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { scopedRows, scopeValues } from "./scope.ts";

/** A kind of synced objects, and its amounts in minor units. */
export interface ObjectTable {
  readonly table: string;
  readonly amounts: readonly string[];
  /** SQL of the account that its totals belong to. */
  readonly account: string;
  /** SQL of the direction that its totals are divided by. */
  readonly direction: string;
}

const NONE = "null::text";

/** In the order of the members. */
export const OBJECT_TABLES: readonly ObjectTable[] = [
  { table: "payments", amounts: ["amount_minor", "captured_minor"], account: NONE, direction: "kind" },
  { table: "refunds", amounts: ["amount_minor"], account: NONE, direction: NONE },
  { table: "disputes", amounts: ["amount_minor"], account: NONE, direction: NONE },
  { table: "payouts", amounts: ["amount_minor"], account: "account_id", direction: NONE },
  {
    table: "ledger_entries",
    amounts: ["gross_minor", "fee_minor", "net_minor"],
    account: "account_id",
    direction: "kind",
  },
  { table: "bank_transactions", amounts: ["amount_minor"], account: "account_id", direction: "direction" },
  { table: "statements", amounts: [], account: "account_id", direction: NONE },
];

/** How and when a row was read last is no part of what it says, and differs each time. */
const LEFT_OUT =
  "'{tenant_id,observed_at,written_at,via,version_from,version_until,finality,replaced_hash,changed_via}'::text[]";

/** The objects of the period and of the finding: each kind as lines of JSON with everything that is stored, and as a table with the amounts. */
export const objects: Contributor = {
  name: "objects",
  members: (source) =>
    OBJECT_TABLES.flatMap((table) => [
      { name: `objects/${table.table}.jsonl`, bytes: inPieces(linesOf(source, table), source.onWritten) },
      ...(table.amounts.length === 0
        ? []
        : [{ name: `objects/${table.table}.csv`, bytes: inPieces(tableOf(source, table)) }]),
    ]),
};

/** Amounts are texts, because readers of JSON may take numbers for floats. */
async function* linesOf(source: PackSource, { table, amounts }: ObjectTable): AsyncGenerator<string, void> {
  const exact = amounts.map((column) => `'${column}', row_of.${column}::text`);
  const rows = source.rows<{ line: string }>(
    `select ((to_jsonb(row_of) - ${LEFT_OUT}) || jsonb_build_object(${exact.join(", ")}))::text as line
     from (select * from ${scopedRows(source, table)}) as row_of order by ordered_at, id`,
    scopeValues(source),
  );
  for await (const { line } of rows) yield line;
}

interface TableRow extends Record<string, unknown> {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly at: string;
  readonly account: string | null;
  readonly direction: string | null;
  readonly status: string | null;
  readonly currency: string | null;
  readonly exponent: number | null;
  readonly amounts: readonly (string | null)[];
  readonly deletedAt: string | null;
}

async function* tableOf(
  source: PackSource,
  { table, amounts, account, direction }: ObjectTable,
): AsyncGenerator<string, void> {
  const status = table === "ledger_entries" ? "raw_kind" : "status";
  const names = amounts.map((column) => column.replace(/_minor$/, ""));
  yield csvLine([
    "id",
    "source",
    "external_id",
    "at",
    "account",
    "direction",
    "status",
    "currency",
    ...names,
    "deleted_at",
  ]);
  const rows = source.rows<TableRow>(
    `select id, source_id as source, external_id as "externalId", ordered_at as at, ${account} as account,
       ${direction} as direction, ${status} as status, currency, exponent,
       array[${amounts.map((column) => `${column}::text`).join(", ")}] as amounts, deleted_at as "deletedAt"
     from ${scopedRows(source, table)} order by ordered_at, id`,
    scopeValues(source),
  );
  for await (const row of rows) {
    const { exponent } = row;
    const values = row.amounts.map((minor) =>
      minor === null || exponent === null ? null : decimalText(BigInt(minor), exponent),
    );
    const { id, externalId, at, deletedAt, currency } = row;
    yield csvLine([
      id,
      row.source,
      externalId,
      at,
      row.account,
      row.direction,
      row.status,
      currency,
      ...values,
      deletedAt,
    ]);
  }
}
