import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** As in 0001: the columns that every synced object has. */
const SYNCED = `
  tenant_id text not null, id text not null, source_id text not null, external_id text not null,
  created_at timestamptz, ordered_at timestamptz not null,
  version_from bigint not null, version_until bigint not null, finality smallint not null,
  observed_at timestamptz not null, source_updated_at timestamptz, written_at timestamptz not null, via text not null,
  deleted_at timestamptz, content_hash text, replaced_hash text, raw_hash text, delivery_id text, raw_path text not null,
  extensions jsonb, primary key (tenant_id, id)`;

const TABLES: Readonly<Record<string, string>> = {
  bank_transactions: `${SYNCED}, account_id text, statement_id text, direction text, status text, raw_status text,
    amount_minor numeric, currency text, exponent smallint, is_reversal boolean, booking_date date, booking_time text,
    value_date date, value_time text, code jsonb, reference_list jsonb, reference_values jsonb, counterparty jsonb,
    remittance text, creditor_reference text, return_reason jsonb, amounts jsonb, charges jsonb, batches jsonb,
    additional_info text, details_match text, detail_count integer, search_text text`,
  statements: `${SYNCED}, account_id text, kind text, message_version text, message_id text, bank_statement_id text,
    electronic_sequence text, legal_sequence text, copy_duplicate text, issued_at text, period_from jsonb, period_to jsonb,
    first_day date, last_day date, balance_list jsonb, checks jsonb, closes boolean, summary_agrees boolean,
    summary_differences jsonb, entry_count integer, booked_count integer, pending_count integer, faulty_count integer,
    details_differ integer, pages jsonb, is_complete boolean`,
  // One page of a statement as one file contains it; a complete statement is its page 1. `version` orders the contents
  // of two files.
  statement_parts: `tenant_id text not null, statement_id text not null, page integer not null, source_id text not null,
    account_id text not null, file_id text not null, version bigint not null, part jsonb not null,
    primary key (tenant_id, statement_id, page)`,
  // Occurrences of each transaction: an entry of a page, in each file that contains the page; the page itself names the
  // file that counts. Two messages about one payment are matched by `core_key`.
  bank_sightings: `tenant_id text not null, statement_id text not null, page integer not null, entry_index integer not null,
    source_id text not null, account_id text not null, file_id text not null, core_key text not null, fingerprint text not null,
    transaction_id text not null, transaction_external_id text not null, kind text not null, status text, booking_date date,
    day date not null,
    reference_list jsonb not null, text_key text, primary key (tenant_id, statement_id, page, file_id, entry_index)`,
  // Details of an entry, as each message contains them.
  bank_transaction_details: `tenant_id text not null, transaction_id text not null, statement_id text not null,
    detail_index integer not null, version bigint not null, detail jsonb not null,
    primary key (tenant_id, transaction_id, statement_id, detail_index)`,
  // Relation of a statement to the previous one, by currency.
  statement_links: `tenant_id text not null, statement_id text not null, currency text not null, source_id text not null,
    account_id text not null, previous_id text, state text not null, difference_minor numeric, exponent smallint,
    primary key (tenant_id, statement_id, currency)`,
  // A file as it was received; its id is derived from its content, so that the primary key identifies repetitions.
  // `parts` is the result of the first reading; position is how much the second one has stored.
  files: `tenant_id text not null, id text not null, source_id text not null, content_hash text not null, name text not null,
    size bigint not null, media_type text not null, way text not null, status text not null, received_at timestamptz not null,
    finished_at timestamptz, refusal text, problem text, line integer, "column" integer, parts jsonb, result jsonb,
    next_statement integer not null default 0, next_entry integer not null default 0,
    lease_owner text, lease_token bigint not null default 0, lease_until timestamptz,
    attempts integer not null default 0, next_attempt_at timestamptz not null, error_code text, error_message text,
    primary key (tenant_id, id)`,
  file_chunks: `tenant_id text not null, file_id text not null, seq integer not null, bytes bytea not null,
    primary key (tenant_id, file_id, seq)`,
};

const INDEXES: readonly string[] = [
  "create index bank_transactions_listed on sluice.bank_transactions (tenant_id, ordered_at desc, id desc) where content_hash is not null",
  "create index bank_transactions_by_account on sluice.bank_transactions (tenant_id, account_id, ordered_at desc, id desc)",
  "create index statements_listed on sluice.statements (tenant_id, ordered_at desc, id desc) where content_hash is not null",
  "create index statements_by_account on sluice.statements (tenant_id, account_id, kind, last_day, ordered_at desc, id desc)",
  "create index bank_sightings_by_core on sluice.bank_sightings (tenant_id, account_id, core_key, day)",
  "create index bank_sightings_by_day on sluice.bank_sightings (tenant_id, account_id, day)",
  "create index statements_by_account_listed on sluice.statements (tenant_id, account_id, ordered_at desc, id desc)",
  "create index statements_by_day on sluice.statements (tenant_id, last_day)",
  "create index statement_parts_by_file on sluice.statement_parts (tenant_id, file_id)",
  "create index bank_transaction_details_newest on sluice.bank_transaction_details (tenant_id, transaction_id, version desc, statement_id desc)",
  "create index payouts_by_amount on sluice.payouts (tenant_id, currency, amount_minor, arrival_date)",
  "create index bank_sightings_by_transaction on sluice.bank_sightings (tenant_id, transaction_id)",
  "create index statement_links_by_previous on sluice.statement_links (tenant_id, previous_id)",
  "create index files_listed on sluice.files (tenant_id, received_at desc, id desc)",
  "create index files_by_content on sluice.files (tenant_id, source_id, content_hash)",
  "create index files_due on sluice.files (tenant_id, source_id, next_attempt_at) where status = 'ACCEPTED'",
  "alter table sluice.file_chunks alter column bytes set storage external",
];

/**
 * Search columns of transactions. Under row-level security PostgreSQL uses neither an index nor statistics for an
 * operator that is not marked leakproof, and those of numerics, of jsonb and of text search are not: such a search
 * would read all of the tenant's rows. So this table is isolated in another way: the application's role has no right
 * to it, and reads the view, which restricts every reader to its tenant. Triggers keep it up to date, in the same
 * statement that writes a transaction.
 */
const SEARCH: readonly string[] = [
  // `arrived_on` is the day of a booked credit that was not reversed; null for all others.
  `create table sluice.bank_search (tenant_id text not null, id text not null, source_id text not null, currency text,
    amount numeric, arrived_on date, reference_values jsonb, words tsvector, primary key (tenant_id, id))`,
  // Not `=`: the planner would merge it with the equal condition of another table's policy in the statement, and then
  // apply the leakproof rule to this table's indexes too.
  `create view sluice.bank_transaction_search as
    select * from sluice.bank_search where tenant_id = any (array[current_setting('sluice.tenant', true)])`,
  "grant select on sluice.bank_transaction_search to sluice_app",
  "create index bank_search_by_amount on sluice.bank_search (tenant_id, currency, amount, arrived_on)",
  "create index bank_search_words on sluice.bank_search using gin (words)",
  "create index bank_search_references on sluice.bank_search using gin (reference_values jsonb_path_ops)",
  // The text is words with one space between them: src/domain/search-words.ts. A power of ten less than 1 is exact, and
  // so is its product with another number; a division would round numbers with many digits.
  `create function sluice.refresh_bank_search() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    insert into sluice.bank_search as held
        (tenant_id, id, source_id, currency, amount, arrived_on, reference_values, words)
      select tenant_id, id, source_id, currency, amount_minor * power(10::numeric, -exponent::numeric),
        case when direction = 'CREDIT' and status = 'BOOKED' and is_reversal is not true and deleted_at is null
          then coalesce(booking_date, value_date) end,
        reference_values, array_to_tsvector(string_to_array(nullif(search_text, ''), ' '))
      from changed where content_hash is not null
      on conflict (tenant_id, id) do update set currency = excluded.currency, amount = excluded.amount,
        arrived_on = excluded.arrived_on, reference_values = excluded.reference_values, words = excluded.words
      where (held.currency, held.amount, held.arrived_on, held.reference_values, held.words) is distinct from
        (excluded.currency, excluded.amount, excluded.arrived_on, excluded.reference_values, excluded.words);
    return null;
  end $$`,
  `create function sluice.forget_bank_search() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    delete from sluice.bank_search as held using gone where held.tenant_id = gone.tenant_id and held.id = gone.id;
    return null;
  end $$`,
  `create trigger bank_search_inserted after insert on sluice.bank_transactions referencing new table as changed
    for each statement execute function sluice.refresh_bank_search()`,
  `create trigger bank_search_updated after update on sluice.bank_transactions referencing new table as changed
    for each statement execute function sluice.refresh_bank_search()`,
  `create trigger bank_search_deleted after delete on sluice.bank_transactions referencing old table as gone
    for each statement execute function sluice.forget_bank_search()`,
];

/** Transactions are listed by their day, whatever other times are known: a list of some days reads no other days. */
const ORDER: readonly string[] = [
  `create function sluice.order_bank_transaction() returns trigger language plpgsql as $$ begin
    new.ordered_at := coalesce(new.booking_date, new.value_date)::timestamp at time zone 'UTC';
    return new;
  end $$`,
  `create trigger bank_transaction_ordered before insert or update on sluice.bank_transactions for each row
    when (coalesce(new.booking_date, new.value_date) is not null) execute function sluice.order_bank_transaction()`,
];

const wall = (table: string): string => `
  alter table sluice.${table} enable row level security;
  alter table sluice.${table} force row level security;
  create policy tenant_wall on sluice.${table}
    using (tenant_id = current_setting('sluice.tenant', true))
    with check (tenant_id = current_setting('sluice.tenant', true));
  grant select, insert, update, delete on sluice.${table} to sluice_app;`;

export const bankStatements: Migration = {
  async up(db) {
    const tables = Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`);
    for (const statement of [...tables, ...INDEXES, ...Object.keys(TABLES).map(wall), ...SEARCH, ...ORDER]) {
      await sql.raw(statement).execute(db);
    }
  },
};
