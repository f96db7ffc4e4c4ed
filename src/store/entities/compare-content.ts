import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import type { Column, EntityTable } from "./columns.ts";
import type { Observation } from "./observation.ts";
import { parametersOf, SHARED } from "./shared-columns.ts";
import { ENTITY_TABLES } from "./tables.ts";
import { candidateOf } from "./write-observations.ts";

/*
 * The content of an object as PostgreSQL sees it: a hash of its columns' values, computed in the same way from a stored
 * row and from the values that would be stored. `content_hash` says what was last written; this says what is there now.
 */

/** Text of a query, and its values. The caller appends parameters after them. */
export interface ContentQuery {
  /** Selects the columns `CONTENT_COLUMNS`. */
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Columns of a content query. `day` is the UTC day of creation, '-infinity' without one; `content` and the amount are
 * the upstream's, null where it has none; `our_content` and our amount are null for an object that is not stored, or
 * stored as deleted. `is_equal`: both are there and the same. `is_corrupt`: what
 * was last written is what was observed, and what is there is something else. `is_written_since`: stored after the given time.
 * `changed_at`: when its values last changed by a write.
 */
export const CONTENT_COLUMNS =
  "entity_id, external_id, day, content, minor, currency, exponent, our_content, our_minor, our_currency, our_exponent, is_equal, is_corrupt, is_written_since, changed_at";

/** The amount of an object by which days are compared. Debits are negative. Types without an amount are only counted. */
const AMOUNTS: Readonly<Partial<Record<EntityType, string>>> = {
  Payment: "amount_minor",
  PaymentAttempt: "amount_minor",
  Refund: "amount_minor",
  Dispute: "amount_minor",
  Payout: "amount_minor",
  LedgerEntry: "net_minor",
  BankTransaction: "(case when direction = 'DEBIT' then -amount_minor else amount_minor end)",
};

function tableOf(type: EntityType): EntityTable<unknown> {
  return ENTITY_TABLES[type] as EntityTable<unknown>; // as in write-observations.ts
}

const comparable = ({ volatile }: Column<unknown>): boolean => volatile !== true;

/** SQL of the content of a row, 128 bits of SHA-256 as hexadecimal text. */
function contentOf(row: string, table: EntityTable<unknown>): string {
  const columns = [...table.columns.filter(comparable).map(({ name }) => name), "extensions"];
  const values = columns.map((name) => `${row}.${name}`).join(", ");
  return `left(encode(sha256(convert_to(row(${values})::text, 'UTF8')), 'hex'), 32)`;
}

/** SQL of the amount of a row in minor units, its currency and its exponent. */
function amountOf(row: string, type: EntityType): readonly string[] {
  const amount = AMOUNTS[type];
  if (amount === undefined) return ["null::numeric", "null::text", "null::smallint"];
  const minor = amount.replaceAll(/\b(?:direction|amount_minor|net_minor)\b/g, `${row}.$&`);
  return [`(${minor})::numeric`, `${row}.currency`, `${row}.exponent`];
}

const dayOf = (row: string): string => `coalesce((${row}.created_at at time zone 'UTC')::date, '-infinity'::date)`;

const IS_STORED = "stored.content_hash is not null and stored.deleted_at is null";

/**
 * Returns the query that compares observed records of one type with what is stored under their ids. `offset 0` makes
 * PostgreSQL compute each content once, not for each use of it.
 * @param since time of this database's clock, RFC 3339; undefined: no row counts as written since
 */
export function observedContents(
  tenantId: string,
  type: EntityType,
  observations: readonly Observation[],
  since: string | undefined,
): ContentQuery {
  const table = tableOf(type);
  const incoming = [
    ...SHARED.map(([name, kind]) => [name, kind] as const),
    ...table.columns.map((c) => [c.name, c.type] as const),
  ];
  const names = incoming.map(([name]) => name).join(", ");
  const unnested = incoming.map(([, kind], index) => `$${index + 3}::${kind}[]`).join(", ");
  const own = `case when ${IS_STORED} then ${contentOf("stored", table)} end`;
  // An amount counts as ours only if the object is stored.
  const ourAmount = amountOf("stored", type).map((value) => `case when stored.is_stored then ${value} end`);
  const candidates = observations.map((observation) => candidateOf(tenantId, table, observation));
  return {
    text: `
      select incoming.id, incoming.external_id, ${dayOf("incoming")}, incoming.content, ${amountOf("incoming", type).join(", ")}, stored.content,
        ${ourAmount.join(", ")},
        coalesce(incoming.content = stored.content
          and (incoming.created_at is null or incoming.created_at = stored.created_at), false),
        coalesce(stored.is_stored and incoming.content_hash = stored.content_hash and incoming.content <> stored.content, false),
        coalesce(stored.written_at >= $2::timestamptz, false), stored.changed_at
      from (select *, ${contentOf("incoming", table)} as content from unnest(${unnested}) as incoming (${names}) offset 0) as incoming
      left join lateral (
        select stored.*, ${own} as content, ${IS_STORED} as is_stored from ${table.table} as stored
        where stored.tenant_id = $1 and stored.id = incoming.id offset 0
      ) as stored on true`,
    values: [tenantId, since ?? null, ...parametersOf(candidates, table.columns.length)],
  };
}

/** Stored objects of a source that were created in a range. */
export interface StoredSelection {
  readonly sourceId: string;
  /** RFC 3339, inclusive. */
  readonly from: string;
  /** RFC 3339, exclusive. */
  readonly to: string;
  /** True to select objects without a creation time too. */
  readonly withUndated: boolean;
  /** Regular expression of PostgreSQL for the external ids; undefined: all. */
  readonly idPattern: string | undefined;
  /** Time of this database's clock before which an object was last written. */
  readonly writtenBefore: string;
}

/** Place in the order of the lists, which has an index for each source. */
export interface StoredPosition {
  /** Text of PostgreSQL. */
  readonly orderedAt: string;
  readonly id: string;
}

/**
 * Returns the statement part `stored`, a page of the rows of a source, and the query of the contents of those that are
 * selected, without an upstream's. The range is that of the lists' order, which is the time of creation where there is
 * one; objects without a creation time can be anywhere in the order.
 * @param condition further SQL condition about the row `stored`, whose own parameters follow the query's values
 */
export function storedContents(
  tenantId: string,
  type: EntityType,
  selection: StoredSelection,
  { after, limit }: { readonly after: StoredPosition | undefined; readonly limit: number },
  condition: string,
): ContentQuery & { readonly page: string } {
  const table = tableOf(type);
  const { sourceId, from, to, withUndated, idPattern, writtenBefore } = selection;
  const isInRange = (row: string): string =>
    `${row}.ordered_at >= $4::timestamptz and ${row}.ordered_at < $5::timestamptz`;
  const isSelected = withUndated
    ? `(stored.created_at is null or (${isInRange("stored")}))`
    : "stored.created_at is not null";
  return {
    page: `
      select own.* from ${table.table} as own
      where own.tenant_id = $1 and own.source_id = $2 and (own.ordered_at, own.id) > ($7::timestamptz, $8)
        ${withUndated ? "" : `and ${isInRange("own")}`}
      order by own.ordered_at, own.id limit $9`,
    text: `
      select stored.id, stored.external_id, ${dayOf("stored")}, null::text, null::numeric, null::text, null::smallint,
        ${contentOf("stored", table)}, ${amountOf("stored", type).join(", ")}, false, false, false, stored.changed_at
      from stored
      where ${IS_STORED} and stored.written_at < $3::timestamptz
        and ${isSelected} and ($6::text is null or stored.external_id ~ $6)
        and ${condition}`,
    values: [
      tenantId,
      sourceId,
      writtenBefore,
      from,
      to,
      idPattern ?? null,
      after?.orderedAt ?? "-infinity",
      after?.id ?? "",
      limit,
    ],
  };
}

/** Returns a query of the stored contents of given objects. @param ids SQL expression: array of global ids */
export function contentsById(type: EntityType, ids: string): string {
  const table = tableOf(type);
  return `
    select stored.id as entity_id, case when ${IS_STORED} then ${contentOf("stored", table)} end as content,
      stored.written_at
    from ${table.table} as stored where stored.id = any(${ids})`;
}

/**
 * Invalidates stored states that are proven to differ from what the upstream has: the next state of the
 * upstream replaces them, whatever version they claim, and counts as a change. The values themselves stay until then.
 */
export async function invalidateStates(tx: Transaction, type: EntityType, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update ${tableOf(type).table} as stored set content_hash = concat(split_part(stored.content_hash, ':', 1), ':differs'),
       version_from = 0, version_until = 0, finality = 0
     from (select id from ${tableOf(type).table} where id = any($1) and content_hash is not null order by id for update) as differing
     where stored.id = differing.id`,
    [ids],
  );
}

/** Locks the stored rows of objects in the order of their ids. */
export async function lockObjects(tx: Transaction, type: EntityType, ids: readonly string[]): Promise<void> {
  await tx.query(`select 1 as locked from ${tableOf(type).table} where id = any($1) order by id for update`, [ids]);
}
