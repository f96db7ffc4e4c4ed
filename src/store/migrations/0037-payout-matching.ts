import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // A payout, or a bank transaction that may belong to one, with the facts that it is matched by and the result. Each
  // object has one row, and a row has one match: nothing can be matched twice. Amounts are positive and in the currency
  // of the bank account; `rule_amount` is what arrives after the declared fee. `match_id` is the id of one object of the
  // match. A transaction that is not relevant is only a possible arrival, and has no state unless it is matched.
  reconciliation_items: `tenant_id text not null, id text not null, object_type text not null, source_id text not null,
    account_id text, route text not null, currency text not null, direction text not null, amount numeric not null,
    rule_amount numeric, day date not null, last_day date not null, due_on date not null,
    decided_by text, match_id text, state text, residue numeric, residue_kind text, since timestamptz not null,
    reasons text[] not null default '{}', name text, proposals jsonb not null default '[]',
    set_proposals jsonb not null default '[]', decision_id text, is_relevant boolean not null default true,
    amount_key text generated always as (trim_scale(amount)::text) stored,
    rule_key text generated always as (trim_scale(rule_amount)::text) stored,
    amount_order text collate "C" generated always as
      (currency || lpad(least(trunc(amount * 10000), 9999999999999999999999)::text, 22, '0')) stored,
    primary key (tenant_id, id),
    constraint reconciliation_items_type_check check (object_type in ('Payout', 'BankTransaction')),
    constraint reconciliation_items_decided_check check (decided_by in ('PERSON', 'REFERENCE', 'UNIQUE', 'SET')),
    constraint reconciliation_items_state_check check (state in ('MATCHED', 'EXPLAINED', 'TIMING', 'OPEN', 'CONFLICT')),
    constraint reconciliation_items_match_check check (
      (state in ('MATCHED', 'EXPLAINED')) is not true or (match_id is not null and decided_by is not null))`,
  // Names by which a transaction can refer to a payout: as one of its references, or as words of its text, of which
  // `key_word` is the longest.
  payout_names: `tenant_id text not null, payout_id text not null, name text not null, source_id text not null,
    words text not null, key_word text, primary key (tenant_id, payout_id, name)`,
  // A transaction that contains a name of a payout.
  payout_mentions: `tenant_id text not null, transaction_id text not null, payout_id text not null, source_id text not null,
    name text not null, primary key (tenant_id, transaction_id, payout_id)`,
  // Decision of a person: these objects belong together, or these payouts not to these transactions. `residue` is the
  // difference that the person has accepted.
  payout_match_decisions: `tenant_id text not null, id text not null, source_id text not null, kind text not null,
    reason text not null, decided_by text not null, decided_at timestamptz not null, residue numeric,
    undone_by text, undone_at timestamptz, primary key (tenant_id, id),
    constraint payout_match_decisions_kind_check check (kind in ('MATCH', 'UNMATCH'))`,
  payout_match_decision_objects: `tenant_id text not null, decision_id text not null, object_id text not null,
    source_id text not null, object_type text not null, joins boolean not null,
    primary key (tenant_id, decision_id, object_id)`,
  // Number of the last event whose object was matched again, how far the matching of everything has come, the first
  // days of which payouts and bank transactions are known, and whether the first reads of all sources have ended.
  payout_match_progress: `tenant_id text not null primary key, seq bigint not null, routes_hash text not null,
    first_days jsonb not null default '{"payouts": {}, "banks": {}}', first_reads_over boolean not null default false,
    sweep_type text, sweep_day date not null default '-infinity', sweep_after text not null default ''`,
};

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

function isolated(table: string): readonly string[] {
  return [
    `alter table sluice.${table} enable row level security`,
    `alter table sluice.${table} force row level security`,
    `create policy tenant_isolation on sluice.${table}
       using (tenant_id = current_setting('sluice.tenant', true))
       with check (tenant_id = current_setting('sluice.tenant', true))`,
    `grant select, insert, update, delete on sluice.${table} to sluice_app`,
  ];
}

function fenced(table: string): string {
  return `create policy source_not_erased on sluice.${table} as restrictive to sluice_app using (true)
    with check (coalesce(not source_id = any (${ERASED}), true))`;
}

const ITEMS = "sluice.reconciliation_items";
const INDEXES: readonly string[] = [
  `create index reconciliation_items_by_age on ${ITEMS} (tenant_id, state, day, id)`,
  `create index reconciliation_items_by_amount on ${ITEMS} (tenant_id, state, amount_order, id)`,
  `create index reconciliation_items_by_source on ${ITEMS} (tenant_id, source_id, state, day, id)`,
  `create index reconciliation_items_by_match on ${ITEMS} (tenant_id, match_id) where match_id is not null`,
  `create index reconciliation_items_expected on ${ITEMS} (tenant_id, currency, direction, amount_key, day)
     where object_type = 'Payout'`,
  `create index reconciliation_items_expected_by_rule on ${ITEMS} (tenant_id, currency, direction, rule_key, day)
     where object_type = 'Payout' and rule_key is not null`,
  // What neither a person nor a reference nor a unique amount has decided: possible members of sets.
  `create index reconciliation_items_undecided on ${ITEMS} (tenant_id, currency, direction, day, id)
     where decided_by is null or decided_by = 'SET'`,
  // Payouts and transactions of days that are older than what they could be compared with.
  `create index reconciliation_items_uncompared on ${ITEMS} (tenant_id, day, id) where state is null and is_relevant`,
  `create index reconciliation_items_due on ${ITEMS} (tenant_id, due_on) where state = 'TIMING'`,
  "create index payout_names_by_word on sluice.payout_names (tenant_id, key_word)",
  "create index payout_names_by_name on sluice.payout_names (tenant_id, name)",
  "create index payout_names_by_source on sluice.payout_names (tenant_id, source_id)",
  "create index payout_mentions_by_payout on sluice.payout_mentions (tenant_id, payout_id)",
  "create index payout_mentions_by_source on sluice.payout_mentions (tenant_id, source_id)",
  "create index payout_match_decisions_by_source on sluice.payout_match_decisions (tenant_id, source_id)",
  "create index payout_match_decision_objects_by_object on sluice.payout_match_decision_objects (tenant_id, object_id)",
  // An object is in one standing match of a person.
  `create unique index payout_match_decision_objects_once on sluice.payout_match_decision_objects (tenant_id, object_id)
     where joins`,
  "create index payout_match_decision_objects_by_source on sluice.payout_match_decision_objects (tenant_id, source_id)",
];

/**
 * The amounts of each match that a statement has written add up: payouts = transactions + residue. A match is written by
 * one statement, so that it is whole when this is checked.
 */
const SUMS: readonly string[] = [
  `create function sluice.check_match_sums() returns trigger language plpgsql set search_path = sluice, pg_temp as $$
   declare wrong text; begin
     select item.match_id into wrong from reconciliation_items as item
     where item.match_id in (select match_id from written where match_id is not null and state in ('MATCHED', 'EXPLAINED'))
       and item.tenant_id in (select tenant_id from written)
     group by item.tenant_id, item.match_id
     having sum(case item.object_type when 'Payout' then item.amount else -item.amount end) <> coalesce(max(item.residue), 0)
       or coalesce(max(item.residue), 0) <> coalesce(min(item.residue), 0)
       or count(*) filter (where item.object_type = 'Payout') = 0
       or count(*) filter (where item.object_type = 'BankTransaction') = 0
     limit 1;
     if wrong is not null then
       raise exception 'the amounts of the match % do not add up', wrong using errcode = 'check_violation';
     end if;
     return null;
   end $$`,
  `create trigger reconciliation_items_inserted after insert on ${ITEMS} referencing new table as written
     for each statement execute function sluice.check_match_sums()`,
  `create trigger reconciliation_items_updated after update on ${ITEMS} referencing new table as written
     for each statement execute function sluice.check_match_sums()`,
];

const READABLE: Readonly<Record<string, string>> = {
  payout_match_progress: "tenant_id, seq, routes_hash, sweep_type, first_reads_over",
  reconciliation_items: "tenant_id, state, due_on",
};

/** Payouts matched with bank transactions: results, evidence and decisions. */
export const payoutMatching: Migration = {
  async up(db) {
    const names = Object.keys(TABLES);
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...names.flatMap(isolated),
      ...names.filter((name) => name !== "payout_match_progress").map(fenced),
      ...INDEXES,
      ...SUMS,
      ...Object.entries(READABLE).flatMap(([table, columns]) => [
        `grant select (${columns}) on sluice.${table} to sluice_work`,
        `create policy work_search on sluice.${table} for select to sluice_work using (true)`,
      ]),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
