import type { EntryStatus, BankDate, StatementKind } from "../../domain/bank.ts";
import type { StatementCheck } from "../../domain/entities.ts";
import type { LocalDate, Reference } from "../../domain/values.ts";
import type { Transaction } from "../../store/database.ts";
import { dayAfter } from "./days.ts";
import { type IncomingEntry, type KnownBooking, SEARCH_DAYS, type ReportedEntry } from "./match-entries.ts";
import { copyName, type PageCopy } from "./page-copy.ts";
import type { StatementScope } from "./scope.ts";
import { issuedMsOf } from "./entry-version.ts";

export interface EntryOccurrenceRow extends Record<string, unknown> {
  readonly transaction_external_id: string;
  readonly statement_id: string;
  readonly page: number;
  readonly entry_index: number;
  readonly file_id: string;
  readonly occurrence: number;
  readonly core_key: string;
  readonly fingerprint: string;
  readonly status: EntryStatus | null;
  readonly booking_date: LocalDate | null;
  readonly day: LocalDate;
  readonly reference_list: readonly Reference[];
  readonly text_key: string | null;
  readonly version: bigint;
}

export const REPORTED_ENTRY_COLUMNS = `transaction_external_id, statement_id, page, entry_index, file_id, occurrence, core_key,
  fingerprint, status, booking_date, day, reference_list, text_key, version`;

/**
 * Two booked entries of one booking have the same day; otherwise the search is limited by how long a payment may be
 * pending.
 */
const BOOKED_DAYS = 10;

/**
 * Finds, by core key, the known bookings of the account that some of the entries may be. Bookings of other entries of
 * this copy are excluded: each of its entries is a booking of its own. Uses three SQL statements, regardless of the
 * number of entries.
 */
export async function findKnown(
  tx: Transaction,
  { accountId, statementId, page, fileId, occurrence }: PageCopy,
  entries: readonly IncomingEntry[],
): Promise<ReadonlyMap<string, readonly KnownBooking[]>> {
  const days = entries.map(({ day }) => day).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const rows = await tx.query<KnownRow>(
    `select ${REPORTED_ENTRY_COLUMNS}, transaction_id from statement_entries as entry
     where account_id = $1 and core_key = any($2) and day between $3 and $4 and ${isFree("entry", 8)}
       and ($7 or status is distinct from 'BOOKED' or day between $5 and $6)
     order by transaction_external_id, statement_id, page, file_id, occurrence, entry_index`,
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
      occurrence,
    ],
  );
  const booked = await findBooked(tx, rows);
  const scopes = await findScopes(tx, [...new Set([...rows, ...booked].map((row) => row.statement_id))]);
  const bookedById = Map.groupBy(booked, (row) => row.transaction_external_id);
  const byKey = Map.groupBy(rows, (row) => row.core_key);
  return new Map([...byKey].map(([key, own]) => [key, bookingsOf(own, bookedById, scopes)]));
}

interface KnownRow extends EntryOccurrenceRow {
  /** Global id. */
  readonly transaction_id: string;
}

/** Finds entries that have booked transactions which some of these rows report as pending, and that are still valid. */
async function findBooked(tx: Transaction, rows: readonly KnownRow[]): Promise<readonly EntryOccurrenceRow[]> {
  const ids = new Set(rows.filter(({ status }) => status !== "BOOKED").map((row) => row.transaction_id));
  if (ids.size === 0) return [];
  return tx.query<EntryOccurrenceRow>(
    `select ${REPORTED_ENTRY_COLUMNS} from unnest($1::text[]) as requested (id) cross join lateral (
       select * from statement_entries as entry where entry.transaction_id = requested.id offset 0) as entry
     where status = 'BOOKED' and ${stillCounts("entry")}`,
    [[...ids]],
  );
}

/**
 * Groups rows with one core key into bookings. A booking whose amount has changed is present under each of its core
 * keys.
 */
function bookingsOf(
  rows: readonly EntryOccurrenceRow[],
  booked: ReadonlyMap<string, readonly EntryOccurrenceRow[]>,
  scopes: ReadonlyMap<string, StatementScope>,
): readonly KnownBooking[] {
  return [...Map.groupBy(rows, (row) => row.transaction_external_id)].map(([externalId, occurrences]) => ({
    externalId,
    reportedEntries: occurrences.map((row) => occurrenceOf(row, scopes)),
    bookedOtherwise: (booked.get(externalId) ?? [])
      .filter((row) => row.core_key !== occurrences[0]?.core_key)
      .map((row) => occurrenceOf(row, scopes)),
  }));
}

/** Finds bookings that this copy of the page has already reported: by entry index, the id at the source. */
export async function findOwn(
  tx: Transaction,
  { statementId, page, fileId, occurrence }: PageCopy,
  entries: readonly IncomingEntry[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.query<{ entry_index: number; transaction_external_id: string }>(
    `select entry_index, transaction_external_id from statement_entries
     where statement_id = $1 and page = $2 and file_id = $3 and occurrence = $4 and entry_index = any($5)`,
    [statementId, page, fileId, occurrence, entries.map(({ entryIndex }) => entryIndex)],
  );
  return new Map(rows.map((row) => [row.entry_index, row.transaction_external_id]));
}

/**
 * Condition that a copy of a page has not yet reported the booking of an entry. Statement, page, file and occurrence
 * are parameters from `$first` on.
 */
export function isFree(entry: string, first: number): string {
  return `not exists (
    select from statement_entries as own where own.transaction_id = ${entry}.transaction_id and own.statement_id = $${first}
      and own.page = $${first + 1} and own.file_id = $${first + 2} and own.occurrence = $${first + 3} offset 0)`;
}

/** Condition that no later copy of its statement has omitted an entry, with the same meaning as in `transactionStateOf`. */
export function stillCounts(entry: string): string {
  return `(${entry}.kind <> 'STATEMENT' or exists (
    select from statement_parts as part where part.statement_id = ${entry}.statement_id and part.page = ${entry}.page
      and ((part.file_id, part.occurrence) = (${entry}.file_id, ${entry}.occurrence)
        or (part.part ->> 'faulty')::integer > 0) offset 0))`;
}

export function occurrenceOf(row: EntryOccurrenceRow, scopes: ReadonlyMap<string, StatementScope>): ReportedEntry {
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
    fileId: copyName({ fileId: row.file_id, occurrence: row.occurrence }),
    scope: scopes.get(row.statement_id) ?? unknownScope(row.statement_id),
    issuedMs: issuedMsOf(row.version),
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

export async function findScopes(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StatementScope>> {
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

/** Parses a sequence number; undefined for other texts, which banks also write. */
export function sequenceOf(text: string | null | undefined): bigint | undefined {
  return text !== null && text !== undefined && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

/** Scope of a statement whose row no longer exists: it provides no information. */
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
