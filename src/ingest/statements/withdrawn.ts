import type { BankDate, StatementKind } from "../../domain/bank.ts";
import type { LocalDate } from "../../domain/values.ts";
import { dayAfter } from "./days.ts";
import { issuedMsOf } from "./entry-version.ts";
import type { EntryOccurrence } from "./transaction-state.ts";

/*
 * Decides when a pending entry is withdrawn. No message states it: a later message omits the entry. An omission is
 * significant only in a message that would contain the entry, that is, in a report that lists everything that is
 * pending, not in one that lists only what is new since the last report. Banks differ in this and do not state which
 * kind they send. Therefore it is inferred from what their messages repeat, and where nothing can be inferred, from the
 * elapsed time.
 */

/** The properties of an account's message that decide whether it can withdraw pending entries. */
export interface ListingMessage {
  /** Global id of the statement. */
  readonly id: string;
  readonly kind: StatementKind;
  /** `entryVersion` or `partVersion` of the displayed copy. */
  readonly version: bigint;
  readonly from: BankDate | undefined;
  readonly lastDay: LocalDate | undefined;
  readonly sequence: bigint | undefined;
  /** True if all its pages are present and all entries could be read. */
  readonly isComplete: boolean;
  readonly entries: number;
  readonly pending: number;
  /** True if the bank states the number of entries. */
  readonly hasSummary: boolean;
  /** Codes of its balances, in order. */
  readonly balanceCodes: string;
  /** Currency of the account and of its balances; empty where unknown. */
  readonly currencies: readonly string[];
  /** True if it omits entries that an earlier report of the same day had booked, so that it lists only what is new. */
  readonly omitsBooked: boolean;
}

/**
 * A pending entry that no message has contained for this long is withdrawn, whatever the messages list. Hotel
 * authorisations are valid for 30 days.
 */
export const LONGEST_PENDING_DAYS = 30;

/** Returns whether a later message shows that an entry with these occurrences is no longer pending. */
export function isWithdrawn(occurrences: readonly EntryOccurrence[], messages: readonly ListingMessage[]): boolean {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const listing = new Set(occurrences.filter(({ isCurrent }) => isCurrent).map(({ statementId }) => statementId));
  const later = messages.filter(
    (message) =>
      message.kind !== "NOTIFICATION" &&
      message.isComplete &&
      !listing.has(message.id) &&
      occurrences.every((one) => isLater(message, one, byId.get(one.statementId))),
  );
  return later.some((message) =>
    occurrences.every((one) => {
      const reportedBy = byId.get(one.statementId);
      if (!shareCurrency(message, reportedBy)) return false;
      if (isLongAfter(message, one)) return true;
      return message.kind === "STATEMENT" ? message.pending > 0 : listsAll(message, { one, reportedBy, messages });
    }),
  );
}

/**
 * Without a period and balances, the last day of a message is that of its last booking: over a weekend this is some
 * days before the bank created the message.
 */
export const BOOKING_LAG_DAYS = 3;

/**
 * Compares by time and by day; where both are equal, by the bank's numbers. A message that was created later but covers
 * earlier days is an old message that was created again, unless the days are so close that only its bookings are of
 * earlier days.
 */
function isLater(message: ListingMessage, one: EntryOccurrence, reportedBy: ListingMessage | undefined): boolean {
  const byTime = issuedMsOf(message.version) - issuedMsOf(one.version);
  const byDay = compareDays(message.lastDay, one.lastDay);
  if (byTime < 0) return false;
  if (byTime > 0) return byDay >= 0 || isNearlyAsLate(message, one);
  if (byDay !== 0) return byDay > 0;
  return message.sequence !== undefined && reportedBy?.sequence !== undefined && message.sequence > reportedBy.sequence;
}

/** Returns whether the last day is at most the lag before the last day of the message that contained the entry. */
function isNearlyAsLate({ lastDay }: Pick<ListingMessage, "lastDay">, one: EntryOccurrence): boolean {
  return lastDay === undefined || one.lastDay === undefined || lastDay >= dayAfter(one.lastDay, -BOOKING_LAG_DAYS);
}

function compareDays(one: LocalDate | undefined, other: LocalDate | undefined): number {
  if (one === undefined || other === undefined || one === other) return 0;
  return one < other ? -1 : 1;
}

function isLongAfter({ lastDay }: ListingMessage, one: EntryOccurrence): boolean {
  if (lastDay === undefined || one.lastDay === undefined) return false;
  return lastDay >= dayAfter(one.lastDay, LONGEST_PENDING_DAYS);
}

function shareCurrency(message: ListingMessage, reportedBy: ListingMessage | undefined): boolean {
  const [own, others] = [message.currencies, reportedBy?.currencies ?? []];
  return own.length === 0 || others.length === 0 || own.some((currency) => others.includes(currency));
}

interface ListsAllInput {
  readonly one: EntryOccurrence;
  /** The message that contained the entry. */
  readonly reportedBy: ListingMessage | undefined;
  readonly messages: readonly ListingMessage[];
}

/** Returns whether a report lists everything that is pending, including what an earlier message contained. */
function listsAll(report: ListingMessage, { one, reportedBy, messages }: ListsAllInput): boolean {
  // A report without entries may only report balances, unless the message that contained the entry has the same balance
  // codes.
  const isOfBalances =
    report.entries === 0 && !report.hasSummary && report.balanceCodes !== (reportedBy?.balanceCodes ?? "");
  if (isOfBalances || report.omitsBooked) return false;
  if (beginsNoLater(report, reportedBy)) return true;
  return !messages.some((other) => isBetween(other, one, report) && (other.omitsBooked || beginsWithinDay(other)));
}

/**
 * Returns whether its stated period begins at the same time as the other one or earlier, so that it covers what the
 * other one covers.
 */
function beginsNoLater({ from }: ListingMessage, reportedBy: ListingMessage | undefined): boolean {
  if (from === undefined || reportedBy?.from === undefined) return false;
  return (from.time ?? from.date) <= (reportedBy.from.time ?? reportedBy.from.date);
}

/** Returns whether a report covers days between the day of the entry and the day of another report. */
function isBetween(other: ListingMessage, one: EntryOccurrence, report: ListingMessage): boolean {
  return other.kind === "REPORT" && isNearlyAsLate(other, one) && compareDays(other.lastDay, report.lastDay) <= 0;
}

/** Returns whether its period continues where another report of the same day ended. */
function beginsWithinDay({ from }: ListingMessage): boolean {
  return from?.time !== undefined && !/T00:00(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)?$/.test(from.time);
}
