import type { BookingStatus, BankDate, StatementKind } from "../domain/bank.ts";
import type { StatementCheck } from "../domain/entities.ts";
import type { LocalDate, Reference } from "../domain/values.ts";
import type { Transaction } from "../store/database.ts";
import { dayAfter } from "./days.ts";
import { type IncomingEntry, type KnownBooking, SEARCH_DAYS, type Sighting } from "./match-entries.ts";
import type { StatementScope } from "./scope.ts";

interface SightingRow extends Record<string, unknown> {
  readonly transaction_external_id: string;
  readonly statement_id: string;
  readonly page: number;
  readonly entry_index: number;
  readonly file_id: string;
  readonly core_key: string;
  readonly fingerprint: string;
  readonly status: BookingStatus | null;
  readonly booking_date: LocalDate | null;
  readonly day: LocalDate;
  readonly reference_list: readonly Reference[];
  readonly text_key: string | null;
}

/** Two bookings that are one are of one day; what bounds the search otherwise is how long a payment may be pending. */
const BOOKED_DAYS = 10;

/** A page of a statement as a file tells it. */
export interface Telling {
  /** Global ids. */
  readonly accountId: string;
  readonly statementId: string;
  readonly page: number;
  readonly fileId: string;
}

/**
 * By core key: what is known of the account that some of the entries may be, but for what this file has told of this page
 * itself: each of its entries is a booking of its own. Two SQL statements, however many entries.
 */
export async function findKnown(
  tx: Transaction,
  { accountId, statementId, page, fileId }: Telling,
  entries: readonly IncomingEntry[],
): Promise<ReadonlyMap<string, readonly KnownBooking[]>> {
  const days = entries.map(({ day }) => day).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const rows = await tx.query<SightingRow>(
    `select transaction_external_id, statement_id, page, entry_index, file_id, core_key, fingerprint, status, booking_date,
       day, reference_list, text_key
     from bank_sightings
     where account_id = $1 and core_key = any($2) and day between $3 and $4
       and not (statement_id = $8 and page = $9 and file_id = $10)
       and ($7 or status is distinct from 'BOOKED' or day between $5 and $6)
     order by transaction_external_id, statement_id, page, entry_index`,
    [
      accountId,
      [...new Set(entries.map(({ coreKey }) => coreKey))],
      dayAfter(first, -SEARCH_DAYS),
      dayAfter(last, SEARCH_DAYS),
      dayAfter(first, -BOOKED_DAYS),
      dayAfter(last, BOOKED_DAYS),
      entries.some(({ status }) => status !== "BOOKED"),
      statementId,
      page,
      fileId,
    ],
  );
  const scopes = await findScopes(tx, [...new Set(rows.map((row) => row.statement_id))]);
  const bookings = Map.groupBy(rows, (row) => row.transaction_external_id);
  const known = [...bookings].map(([externalId, told]) => ({
    coreKey: told[0]?.core_key ?? "",
    booking: { externalId, sightings: told.map((row) => sightingOf(row, scopes)) },
  }));
  return new Map(
    [...Map.groupBy(known, ({ coreKey }) => coreKey)].map(([key, all]) => [key, all.map(({ booking }) => booking)]),
  );
}

function sightingOf(row: SightingRow, scopes: ReadonlyMap<string, StatementScope>): Sighting {
  return {
    coreKey: row.core_key,
    fingerprint: row.fingerprint,
    status: row.status ?? undefined,
    booked: row.booking_date ?? undefined,
    day: row.day,
    references: row.reference_list,
    textKey: row.text_key ?? undefined,
    page: row.page,
    entryIndex: row.entry_index,
    fileId: row.file_id,
    scope: scopes.get(row.statement_id) ?? unknownScope(row.statement_id),
  };
}

interface ScopeRow extends Record<string, unknown> {
  readonly id: string;
  readonly kind: StatementKind;
  readonly period_from: BankDate | null;
  readonly period_to: BankDate | null;
  readonly first_day: LocalDate | null;
  readonly last_day: LocalDate | null;
  readonly electronic_sequence: string | null;
  readonly legal_sequence: string | null;
  readonly checks: readonly StatementCheck[];
}

async function findScopes(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, StatementScope>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<ScopeRow>(
    `select id, kind, period_from, period_to, first_day, last_day, electronic_sequence, legal_sequence, checks
     from statements where id = any($1)`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        statementId: row.id,
        kind: row.kind,
        from: row.period_from ?? undefined,
        to: row.period_to ?? undefined,
        firstDay: row.first_day ?? undefined,
        lastDay: row.last_day ?? undefined,
        sequence: sequenceOf(row.electronic_sequence ?? row.legal_sequence),
        checks: row.checks,
      },
    ]),
  );
}

/** A number where it is one; banks also write texts. */
export function sequenceOf(text: string | null | undefined): bigint | undefined {
  return text !== null && text !== undefined && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

/** A statement whose row is gone says nothing. */
function unknownScope(statementId: string): StatementScope {
  return {
    statementId,
    kind: "REPORT",
    from: undefined,
    to: undefined,
    firstDay: undefined,
    lastDay: undefined,
    sequence: undefined,
    checks: [],
  };
}
