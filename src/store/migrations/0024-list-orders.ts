import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const UPPER_CASE = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЂЄІЇЈЉЊЋЏҐŁØÐÞÆŒ";
const LOWER_CASE = "αβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяёђєіїјљњћџґłøðþæœ";

const FUNCTIONS: readonly string[] = [
  // Text in the order of the amounts, first by currency: 'EUR P002105' is 10.50 euro. The number of digits before the
  // decimal point is in front, so that texts compare as numbers; a negative amount has the complement of its digits.
  // Operators of numeric are not leakproof: an index on a numeric column is of no use under row-level security.
  // In PL/pgSQL, which keeps its plan: a function in SQL would take four times as long.
  `create function sluice.amount_order(currency text, minor numeric, exponent smallint) returns text
    language plpgsql immutable strict parallel safe as $$
    declare digits text := trim_scale(abs(minor) * power(10::numeric, -exponent::numeric))::text;
    begin
      digits := lpad(length(split_part(digits, '.', 1))::text, 3, '0') || replace(digits, '.', '');
      return currency || ' ' ||
        case when minor < 0 then 'N' || translate(digits, '0123456789', '9876543210') || '~' else 'P' || digits end;
    end $$`,
  // Words of a text as they are stored and searched, with one space between them: letters and digits without case and
  // accents. The lower case of PostgreSQL depends on the collation of the database, so the alphabets are named here.
  // Most texts are ASCII, which needs none of that.
  `create function sluice.plain_words(text text) returns text language plpgsql immutable strict parallel safe as $$ begin
    return btrim(case when octet_length(text) = length(text) and length(text) <= 200000
      then regexp_replace(lower(text collate "C"), '[^0-9a-z]+' collate "C", ' ', 'g')
      else regexp_replace(
        translate(lower(replace(regexp_replace(normalize(left(text, 200000), NFKD), '[\\u0300-\\u036F]+', '', 'g'), 'ß', 'ss')
          collate "C"), '${UPPER_CASE}', '${LOWER_CASE}'),
        '[\\u0001-/:-@\\[-\`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u1680\\u180E\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u3000-\\u3004\\u3008-\\u3020\\uFEFF\\uFF00-\\uFF0F]+' collate "C",
        ' ', 'g')
      end);
  end $$`,
];

const AMOUNTS: Readonly<Record<string, string>> = {
  payments: "amount_minor",
  refunds: "amount_minor",
  disputes: "amount_minor",
  payouts: "amount_minor",
  ledger_entries: "net_minor",
  bank_transactions: "amount_minor",
};

/** Times and days without a value come after all others. */
const ORDERS: readonly (readonly [table: string, column: string, definition: string])[] = [
  ...Object.entries(AMOUNTS).map(
    ([table, minor]) =>
      [
        table,
        "amount_order",
        `text collate "C" generated always as (sluice.amount_order(currency, ${minor}::numeric, exponent)) stored`,
      ] as const,
  ),
  ["disputes", "due_order", "timestamptz generated always as (coalesce(evidence_due_by, 'infinity')) stored"],
  ["payouts", "arrival_order", "date generated always as (coalesce(arrival_date, 'infinity')) stored"],
  ["ledger_entries", "available_order", "timestamptz generated always as (coalesce(available_on, 'infinity')) stored"],
  ["parties", "email_key", `text collate "C" generated always as (lower(email collate "C")) stored`],
];

/** One ALTER for each table: each writes the table again. */
const COLUMNS: readonly string[] = [...Map.groupBy(ORDERS, ([table]) => table)].map(
  ([table, columns]) =>
    `alter table sluice.${table} ${columns.map(([, column, definition]) => `add column ${column} ${definition}`).join(", ")}`,
);

/** Columns that a list is filtered by and that had no index, as in 0014-filter-indexes.ts. */
const FILTERS: readonly (readonly [name: string, table: string, column: string])[] = [
  ["parties_by_email", "parties", "email_key"],
  ["payments_by_creditor", "payments", "creditor_id"],
  ["payments_by_method", "payments", "method"],
  ["refunds_by_reason", "refunds", "reason"],
  ["disputes_by_reason", "disputes", "reason"],
  ["payouts_by_account", "payouts", "account_id"],
];

const INDEXES: readonly string[] = [
  ...Object.keys(AMOUNTS).map(
    (table) =>
      `create index ${table}_by_amount_order on sluice.${table} (tenant_id, amount_order, id) where content_hash is not null`,
  ),
  "create index disputes_by_due on sluice.disputes (tenant_id, due_order, id) where content_hash is not null",
  "create index payouts_by_arrival on sluice.payouts (tenant_id, arrival_order, id) where content_hash is not null",
  "create index ledger_entries_by_available on sluice.ledger_entries (tenant_id, available_order, id) where content_hash is not null",
  ...FILTERS.map(
    ([name, table, column]) =>
      `create index ${name} on sluice.${table} (tenant_id, ${column}, ordered_at desc, id desc) where ${column} is not null`,
  ),
];

/** Texts in which words are searched, by table. */
export const TEXTS: Readonly<Record<string, string>> = {
  parties: "coalesce(name, '')",
  payments: `concat_ws(' ', description, external_id, jsonb_path_query_array(reference_list, '$[*].value'))`,
};

/** Words of parties and payments, isolated in the same way and for the same reason as `bank_search` (0004, 0014). */
const SEARCH: readonly string[] = [
  // Before each word, so that no word of another tenant or table is read.
  `create function sluice.word_prefix(tenant text, searched text) returns text language sql immutable strict parallel safe
    as $$ select left(encode(sha256(convert_to(tenant || ' ' || searched, 'UTF8')), 'hex'), 12) $$`,
  `create table sluice.entity_search (tenant_id text not null, id text not null, source_id text not null,
    words tsvector not null, primary key (tenant_id, id))`,
  `create view sluice.entity_word_search as
    select * from sluice.entity_search where tenant_id = any (array[current_setting('sluice.tenant', true)])`,
  "grant select on sluice.entity_word_search to sluice_app",
  "create index entity_search_words on sluice.entity_search using gin (words)",
  ...Object.entries(TEXTS).flatMap(([table, text]) => searchOf(table, text)),
];

function searchOf(table: string, text: string): string[] {
  const words = (row: string): string =>
    `select tenant_id, id, source_id, array_to_tsvector(array(
       select distinct prefix || left(word, 100) from unnest(string_to_array(nullif(sluice.plain_words(${text}), ''), ' ')) as word
     )) as words
     from ${row} cross join lateral sluice.word_prefix(tenant_id, '${table}') as prefix where content_hash is not null`;
  return [
    `alter table sluice.${table} no force row level security`, // so that the owner sees the rows of all tenants
    `insert into sluice.entity_search (tenant_id, id, source_id, words) ${words(`sluice.${table}`)}`,
    `alter table sluice.${table} force row level security`,
    `create function sluice.refresh_${table}_search() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$ begin
      insert into sluice.entity_search as existing (tenant_id, id, source_id, words) ${words("changed")}
        on conflict (tenant_id, id) do update set words = excluded.words where existing.words is distinct from excluded.words;
      return null;
    end $$`,
    `create function sluice.forget_${table}_search() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$ begin
      delete from sluice.entity_search as existing using removed
        where existing.tenant_id = removed.tenant_id and existing.id = removed.id;
      return null;
    end $$`,
    `create trigger ${table}_search_inserted after insert on sluice.${table} referencing new table as changed
      for each statement execute function sluice.refresh_${table}_search()`,
    `create trigger ${table}_search_updated after update on sluice.${table} referencing new table as changed
      for each statement execute function sluice.refresh_${table}_search()`,
    `create trigger ${table}_search_deleted after delete on sluice.${table} referencing old table as removed
      for each statement execute function sluice.forget_${table}_search()`,
  ];
}

/** Orders of lists, filters with their indexes, and the search for words in parties and payments. */
export const listOrders: Migration = {
  async up(db) {
    for (const statement of [...FUNCTIONS, ...COLUMNS, ...INDEXES, ...SEARCH]) await sql.raw(statement).execute(db);
  },
};
