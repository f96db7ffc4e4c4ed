import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // Strong references of entries, by which a pending payment and its booking are matched when their amounts differ. The
  // key is a
  // digest: `referenceKeysOf` in src/ingest/statements/reference-keys.ts.
  bank_entry_references: `tenant_id text not null, account_id text not null, reference_key text not null,
    statement_id text not null, page integer not null, file_id text not null, occurrence integer not null,
    entry_index integer not null,
    primary key (tenant_id, account_id, reference_key, statement_id, page, file_id, occurrence, entry_index)`,
  // Currencies of an account's statements. An account with several has no currency of its own.
  account_currencies: `tenant_id text not null, account_id text not null, currency text not null,
    primary key (tenant_id, account_id, currency)`,
};

/** Row-level security is forced for the tables' owner too, who has to read all tenants to change the stored rows. */
const CHANGED = ["bank_sightings", "statement_parts", "bank_transactions"];

const CHANGES: readonly string[] = [
  // `occurrence` numbers the statements of one identity within a file, from 0. `version` is `sightingVersion`.
  "alter table sluice.statement_parts add column occurrence integer not null default 0",
  `alter table sluice.bank_sightings
     add column occurrence integer not null default 0,
     add column version bigint not null default 0,
     add column amount_minor numeric, add column exponent smallint, add column currency text`,
  `alter table sluice.bank_sightings drop constraint bank_sightings_pkey,
     add primary key (tenant_id, statement_id, page, file_id, occurrence, entry_index)`,
  // Until now all entries of a transaction had one amount, and the effective one is that of the page's own file.
  `update sluice.bank_sightings as entry set amount_minor = shown.amount_minor, exponent = shown.exponent,
     currency = shown.currency
   from sluice.bank_transactions as shown where shown.tenant_id = entry.tenant_id and shown.id = entry.transaction_id`,
  `update sluice.bank_sightings as entry set version = part.version +
     (case entry.status when 'BOOKED' then 3 when 'PENDING' then 2 when 'FUTURE' then 1 else 0 end::bigint << 60)
   from sluice.statement_parts as part where part.tenant_id = entry.tenant_id
     and part.statement_id = entry.statement_id and part.page = entry.page and part.file_id = entry.file_id`,
  `insert into sluice.bank_entry_references (tenant_id, account_id, reference_key, statement_id, page, file_id, occurrence, entry_index)
   select entry.tenant_id, entry.account_id, left(encode(sha256(convert_to(concat_ws(' ', shown.direction,
       shown.is_reversal::text, case when scheme = 'endToEndId' then shown.currency end, scheme || '=' || (reference ->> 'value')),
       'UTF8')), 'hex'), 32), entry.statement_id, entry.page, entry.file_id, 0, entry.entry_index
   from sluice.bank_sightings as entry
   join sluice.bank_transactions as shown on shown.tenant_id = entry.tenant_id and shown.id = entry.transaction_id
   cross join lateral jsonb_array_elements(entry.reference_list) as reference
   cross join lateral (select split_part(reference ->> 'scheme', '.', 2) as scheme) as named
   where scheme in ('acctSvcrRef', 'uetr', 'txId', 'clrSysRef', 'endToEndId')
   on conflict do nothing`,
  `insert into sluice.account_currencies (tenant_id, account_id, currency)
   select distinct tenant_id, account_id, currency from (
     select tenant_id, account_id, part -> 'account' ->> 'currency' as currency from sluice.statement_parts
     union all
     select tenant_id, account_id, balance -> 'money' ->> 'currency' from sluice.statement_parts
     cross join lateral jsonb_array_elements(part -> 'balances') as balance
     where balance ->> 'code' in ('OPBD', 'CLBD', 'PRCD', 'ITBD', 'CLAV', 'ITAV')
   ) as found where currency is not null`,
  // Entries that may be withdrawn, and those that were withdrawn and may be restored.
  `create index bank_transactions_unsettled on sluice.bank_transactions (tenant_id, account_id, ordered_at)
     where status in ('PENDING', 'FUTURE', 'WITHDRAWN')`,
];

function isolated(table: string): readonly string[] {
  return [
    `alter table sluice.${table} enable row level security`,
    `alter table sluice.${table} force row level security`,
    `create policy tenant_wall on sluice.${table} using (tenant_id = current_setting('sluice.tenant', true))
       with check (tenant_id = current_setting('sluice.tenant', true))`,
    `grant select, insert, update, delete on sluice.${table} to sluice_app`,
  ];
}

/** Separates the statements of a file, and stores the amount of an entry and the currencies of accounts. */
export const entryOccurrences: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...CHANGED.map((table) => `alter table sluice.${table} no force row level security`),
      ...CHANGES,
      ...CHANGED.map((table) => `alter table sluice.${table} force row level security`),
      ...Object.keys(TABLES).flatMap(isolated),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
