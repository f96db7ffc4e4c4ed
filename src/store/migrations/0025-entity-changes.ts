import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Columns whose changes are recorded, by table. Amounts are recorded together, so that each one has its currency. */
export interface RecordedTable {
  readonly columns: string;
  /** Groups of columns of which all are recorded if one changes. */
  readonly groups?: readonly string[];
  /** Columns that statements change without changing `content_hash`. */
  readonly unhashed?: string;
}

const AMOUNT = "amount_minor, currency, exponent";

export const RECORDED: Readonly<Record<string, RecordedTable>> = {
  parties: { columns: "kind, name, email, identifiers" },
  accounts: { columns: "ownership, kind, name, currency, owner_id, identifiers" },
  balances: { columns: "account_id, kind, as_of", groups: ["minor, currency, exponent"] },
  payments: {
    columns: "kind, status, raw_status, debtor_id, creditor_id, method, description, reference_list",
    groups: [`${AMOUNT}, captured_minor`],
  },
  payment_attempts: {
    columns: "payment_id, status, raw_status, method, error, payer_details",
    groups: [`${AMOUNT}, captured_minor, refunded_minor`],
  },
  refunds: {
    columns: "payment_id, attempt_id, status, raw_status, reason, failure_reason",
    groups: [AMOUNT],
  },
  disputes: {
    columns: "payment_id, attempt_id, status, raw_status, reason, stage, evidence_due_by",
    groups: [AMOUNT],
  },
  payouts: {
    columns: "account_id, destination_id, status, raw_status, arrival_date, failure_reason, reference_list",
    groups: [AMOUNT, "disclosure, lines_known_at"],
    unhashed: "lines_known_at",
  },
  ledger_entries: {
    columns: `account_id, kind, raw_kind, origin_type, origin_id, available_on, description, exchange_rate, payout_id`,
    groups: ["gross_minor, fee_minor, net_minor, currency, exponent"],
    unhashed: "payout_id",
  },
  bank_transactions: {
    columns: `account_id, statement_id, direction, status, raw_status, is_reversal, booking_date, booking_time,
      value_date, value_time, code, reference_list, counterparty, remittance, creditor_reference, return_reason, amounts,
      charges, charges_total, batches, additional_info, details_match, detail_count`,
    groups: [AMOUNT],
    unhashed: `status, raw_status, statement_id, booking_date, ${AMOUNT}`,
  },
  statements: {
    columns: `account_id, kind, message_version, message_id, bank_statement_id, electronic_sequence, legal_sequence,
      copy_duplicate, issued_at, period_from, period_to, first_day, last_day, balance_list, checks, is_balanced,
      summary_matches, summary_differences, entry_count, booked_count, pending_count, faulty_count, details_differ, pages,
      is_complete`,
  },
};

function namesIn(list: string): string[] {
  return list === "" ? [] : list.split(/,\s*/);
}

/** Columns of every table that are recorded too. */
const SHARED = "created_at, extensions, deleted_at";

/** JSON readers parse numbers as floats, so amounts are recorded as text. */
export function valueOf(row: "old_row" | "new_row", column: string): string {
  return column.endsWith("minor") ? `${row}.${column}::text` : `${row}.${column}`;
}

function pairOf(column: string): string {
  return `'${column}', jsonb_build_array(${valueOf("old_row", column)}, ${valueOf("new_row", column)})`;
}

/** Columns that are compared together. */
export function groupsOf({ columns, groups = [] }: RecordedTable): readonly (readonly string[])[] {
  return [...namesIn(`${columns}, ${SHARED}`).map((column) => [column]), ...groups.map(namesIn)];
}

export const differs = (group: readonly string[], before: string, after: string): string =>
  `(${group.map((column) => `${before}.${column}`).join(", ")}) is distinct from (${group.map((column) => `${after}.${column}`).join(", ")})`;

/** Whether the new bytes are those of the change. A deletion that nobody reported has none. */
const IS_OBSERVED = `new_row.written_at is distinct from old_row.written_at and (new_row.deleted_at is null
  or ${differs(["raw_hash", "delivery_id", "raw_path"], "new_row", "old_row")})`;

export const STORED: Readonly<Record<string, string>> = {
  source_id: "new_row.source_id",
  changed_at: "new_row.changed_at",
  change: `case when new_row.deleted_at is not null and old_row.deleted_at is null then 'DELETED'
    when new_row.deleted_at is null and old_row.deleted_at is not null then 'CREATED' else 'UPDATED' end`,
  via: "new_row.via",
  caused_by: "new_row.caused_by",
  raw_hash: `case when ${IS_OBSERVED} then new_row.raw_hash end`,
  delivery_id: `case when ${IS_OBSERVED} then new_row.delivery_id end`,
  raw_path: `case when ${IS_OBSERVED} then new_row.raw_path end`,
  source_updated_at: "new_row.source_updated_at",
};

/**
 * Records the changes of one statement by one statement. An object whose row somebody has deleted by hand begins again
 * with the first number: what is left of its earlier changes must not keep it from being written, so it is replaced.
 * Without nested loops, because the plan is kept, and the first statement may have changed a single row.
 */
function recorder(table: string, recorded: RecordedTable): string {
  const groups = groupsOf(recorded);
  const fields = groups.map(
    (group) =>
      `case when ${differs(group, "old_row", "new_row")} then jsonb_build_object(${group.map(pairOf).join(", ")}) else '{}' end`,
  );
  const values = groups.flat().map((column) => `'${column}', ${valueOf("old_row", column)}`);
  const columns = [...Object.keys(STORED), "fields", "created"];
  return `
    create function sluice.record_${table}_changes() returns trigger language plpgsql set enable_nestloop = off as $$ begin
      insert into sluice.entity_changes (tenant_id, entity_id, revision, ${columns.join(", ")})
      select new_row.tenant_id, new_row.id, new_row.revision, ${Object.values(STORED).join(", ")}, ${fields.join(" || ")},
        case when old_row.revision = 1 then jsonb_build_object('at', old_row.changed_at,
          'via', coalesce(old_row.changed_via, old_row.via), 'causedBy', old_row.caused_by, 'rawHash', old_row.raw_hash,
          'deliveryId', old_row.delivery_id, 'rawPath', old_row.raw_path, 'values', ${chunked(values)}) end
      from before_rows as old_row join after_rows as new_row using (tenant_id, id)
      where new_row.revision > old_row.revision
      on conflict (tenant_id, entity_id, revision) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(", ")};
      return null;
    end $$`;
}

/** A function takes at most 100 arguments. */
function chunked(pairs: readonly string[]): string {
  const chunks = Array.from({ length: Math.ceil(pairs.length / 40) }, (_, n) => pairs.slice(n * 40, (n + 1) * 40));
  return chunks.map((chunk) => `jsonb_build_object(${chunk.join(", ")})`).join(" || ");
}

/** Numbers a state, before it is written. */
const NUMBER = `create function sluice.number_change() returns trigger language plpgsql as $$ begin
  new.revision := greatest(old.revision + 1, 2);
  new.changed_at := clock_timestamp();
  new.changed_via := new.via;
  new.caused_by := nullif(current_setting('sluice.caused_by', true), '');
  return new;
end $$`;

/** The conditions are evaluated without a function, so that a state that is only confirmed costs next to nothing. */
function triggersOf(table: string, recorded: RecordedTable): readonly string[] {
  const { unhashed = "" } = recorded;
  const mayDiffer = ["content_hash", "deleted_at", ...namesIn(unhashed)];
  return [
    `create trigger ${table}_change_numbered before update on sluice.${table} for each row
      when ((${mayDiffer.map((column) => differs([column], "old", "new")).join(" or ")})
        and (${differs(groupsOf(recorded).flat(), "old", "new")}))
      execute function sluice.number_change()`,
    `create trigger ${table}_changes_recorded after update on sluice.${table}
      referencing old table as before_rows new table as after_rows
      for each statement execute function sluice.record_${table}_changes()`,
  ];
}

/**
 * Every state of an object has a number. Objects that are stored already have 0, because nothing is known about how
 * they were created, and their next state is 2: number 1 is always the creation. `caused_by` is the run or the file
 * that the transaction belongs to. Each default is a constant for the rows that exist, so that no table is rewritten.
 */
function columnsOf(table: string): readonly string[] {
  return [
    `alter table sluice.${table}
       add column revision integer not null default 0,
       add column changed_at timestamptz not null default now(),
       add column changed_via text,
       add column caused_by text default nullif(current_setting('sluice.caused_by', true), '')`,
    `alter table sluice.${table} alter column revision set default 1, alter column changed_at set default clock_timestamp()`,
  ];
}

/**
 * Changes of synced objects. `fields` has the value of each changed column before and after. `created` is how the object
 * was created, with its first values: it is in the first change, so that the creation of an object writes no row here.
 */
const CHANGES = `create table sluice.entity_changes (tenant_id text not null, entity_id text not null,
  revision integer not null, source_id text not null, changed_at timestamptz not null, change text not null,
  via text not null, caused_by text, raw_hash text, delivery_id text, raw_path text, source_updated_at timestamptz,
  fields jsonb not null, created jsonb, primary key (tenant_id, entity_id, revision),
  constraint entity_changes_change_check check (change in ('CREATED', 'UPDATED', 'DELETED')))`;

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

const ACCESS: readonly string[] = [
  "alter table sluice.entity_changes enable row level security",
  "alter table sluice.entity_changes force row level security",
  `create policy tenant_isolation on sluice.entity_changes
     using (tenant_id = current_setting('sluice.tenant', true))
     with check (tenant_id = current_setting('sluice.tenant', true))`,
  `create policy source_not_erased on sluice.entity_changes as restrictive to sluice_app using (true)
     with check (coalesce(not source_id = any (${ERASED}), true))`,
  "grant select, insert, update, delete on sluice.entity_changes to sluice_app",
  "create index entity_changes_by_age on sluice.entity_changes (tenant_id, changed_at, entity_id, revision)",
];

/** Orders of the lists of operational objects that no index has yet. */
const ORDERS: readonly string[] = [
  "create index quarantined_records_by_last on sluice.quarantined_records (tenant_id, last_at, id)",
  "create index sources_by_status_since on sluice.sources (tenant_id, status_since, id)",
];

/** Records what changes in synced objects. */
export const entityChanges: Migration = {
  async up(db) {
    const recorded = Object.entries(RECORDED);
    const statements = [
      CHANGES,
      ...ACCESS,
      ...recorded.flatMap(([table]) => columnsOf(table)),
      NUMBER,
      ...recorded.map(([table, columns]) => recorder(table, columns)),
      ...recorded.flatMap(([table, columns]) => triggersOf(table, columns)),
      ...ORDERS,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
