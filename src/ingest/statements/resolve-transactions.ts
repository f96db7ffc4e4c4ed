import type { EntryStatus, StatementKind } from "../../domain/bank.ts";
import type { LocalDate } from "../../domain/values.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { writeTransactionStates } from "../../store/entities/transaction-states.ts";
import { findMessages } from "./find-messages.ts";
import type { PageCopy } from "./page-copy.ts";
import { type EntryOccurrence, type TransactionState, transactionStateOf } from "./transaction-state.ts";
import { isWithdrawn, LONGEST_PENDING_DAYS } from "./withdrawn.ts";

/** Withdrawn transactions that a message may change are at most this many days older than it. */
const RECONSIDERED_DAYS = 2 * LONGEST_PENDING_DAYS;
const MAX_CANDIDATES = 5_000;
/** Number of transactions examined by one SQL statement. */
const CHUNK = 2_000;

/**
 * Returns the global ids of transactions that a page which is now complete may have changed without reporting them:
 * those that only other copies of it report, and the account's pending ones.
 */
export async function findUnresolved(
  tx: Transaction,
  { statementId, accountId, page }: PageCopy,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct entry.transaction_id as id from statement_entries as entry
     join statement_parts as part using (statement_id, page)
     where statement_id = $1 and page = $2 and (entry.file_id, entry.occurrence) <> (part.file_id, part.occurrence)
       and not exists (select from statement_entries as existing where existing.transaction_id = entry.transaction_id
         and existing.statement_id = part.statement_id and existing.page = part.page and existing.file_id = part.file_id
         and existing.occurrence = part.occurrence offset 0)
     union
     select id from (
       select unsettled.id from bank_transactions as unsettled join statements on statements.id = $1
       where unsettled.account_id = $3 and unsettled.status in ('PENDING', 'FUTURE', 'WITHDRAWN')
         and (unsettled.status <> 'WITHDRAWN' or unsettled.ordered_at >= statements.last_day - $4::integer)
       order by unsettled.ordered_at desc limit $5
     ) as candidate`,
    [statementId, page, accountId, RECONSIDERED_DAYS, MAX_CANDIDATES],
  );
  return rows.map(({ id }) => id);
}

interface Account {
  readonly sourceId: string;
  /** Global id. */
  readonly accountId: string;
}

/**
 * Sets the state of transactions according to everything that is stored about them. The other displayed values are
 * those of the newest entry, which the version check ensures; this function adds the consequences of omitted entries.
 * Calling it again changes nothing.
 */
export async function resolveTransactions(
  tx: Transaction,
  account: Account,
  transactionIds: readonly string[],
): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = [];
  for (let from = 0; from < transactionIds.length; from += CHUNK)
    events.push(...(await resolveChunk(tx, account, transactionIds.slice(from, from + CHUNK))));
  return events;
}

interface OccurrenceRow extends Record<string, unknown> {
  readonly transaction_id: string;
  readonly statement_id: string;
  readonly kind: StatementKind;
  readonly status: EntryStatus | null;
  readonly version: bigint;
  readonly is_current: boolean;
  readonly is_faulty: boolean;
  readonly booking_date: LocalDate | null;
  readonly amount_minor: bigint | null;
  readonly exponent: number | null;
  readonly currency: string | null;
  readonly last_day: LocalDate | null;
}

async function resolveChunk(tx: Transaction, account: Account, ids: readonly string[]): Promise<readonly NewEvent[]> {
  const rows = await tx.query<OccurrenceRow>(
    `select entry.transaction_id, entry.statement_id, entry.kind, entry.status, entry.version, entry.booking_date,
       (entry.file_id, entry.occurrence) = (part.file_id, part.occurrence) as is_current,
       coalesce((part.part ->> 'faulty')::integer, 0) > 0 as is_faulty, entry.amount_minor, entry.exponent,
       entry.currency, statements.last_day
     from unnest($1::text[]) as requested (id)
     cross join lateral (select * from statement_entries where transaction_id = requested.id offset 0) as entry
     join statement_parts as part on part.statement_id = entry.statement_id and part.page = entry.page
     join statements on statements.id = entry.statement_id`,
    [ids],
  );
  const occurrences = Map.groupBy(rows, (row) => row.transaction_id);
  const messages = await findMessages(tx, account.accountId, daysOfPending(rows));
  const states = [...occurrences].flatMap(([id, all]) => {
    const [first, ...others] = all.map(occurrenceOf);
    if (first === undefined) return [];
    return [{ id, ...transactionStateOf([first, ...others], (counting) => isWithdrawn(counting, messages)) }];
  });
  const changed = await storeStates(tx, states);
  return changed.map((entityId) => ({
    sourceId: account.sourceId,
    body: { kind: "EntityChanged", change: "UPDATED", entityType: "BankTransaction", entityId },
  }));
}

/** Days whose messages may withdraw one of the entries; none if no transaction is exclusively pending. */
function daysOfPending(rows: readonly OccurrenceRow[]): readonly LocalDate[] {
  const booked = new Set(
    rows
      .filter(({ status, is_current: isCurrent }) => status === "BOOKED" && isCurrent)
      .map((row) => row.transaction_id),
  );
  return rows.flatMap(({ transaction_id: id, last_day: day, status }) =>
    day !== null && !booked.has(id) && (status === "PENDING" || status === "FUTURE") ? [day] : [],
  );
}

function occurrenceOf(row: OccurrenceRow): EntryOccurrence {
  const { amount_minor: minor, exponent, currency } = row;
  return {
    statementId: row.statement_id,
    kind: row.kind,
    status: row.status ?? undefined,
    version: row.version,
    isCurrent: row.is_current,
    isPageFaulty: row.is_faulty,
    bookingDate: row.booking_date ?? undefined,
    money: minor === null || exponent === null || currency === null ? undefined : { minor, exponent, currency },
    lastDay: row.last_day ?? undefined,
  };
}

/**
 * The bank's code of a status, for a transaction that falls back to an entry that is not the newest. Source: external
 * code list "EntryStatus".
 */
const RAW_STATUS: Readonly<Record<EntryStatus, string>> = {
  BOOKED: "BOOK",
  PENDING: "PDNG",
  FUTURE: "FUTR",
  INFORMATION: "INFO",
};

/** Returns the transactions that have changed. */
function storeStates(
  tx: Transaction,
  states: readonly (TransactionState & { readonly id: string })[],
): Promise<readonly string[]> {
  return writeTransactionStates(
    tx,
    states.map(({ id, status, from }) => ({
      id,
      status,
      statementId: from.statementId,
      rawStatus: from.status && RAW_STATUS[from.status],
      bookingDate: from.bookingDate,
      money: from.money,
    })),
  );
}
