import { dayAfter } from "./days.ts";
import {
  contradict,
  type IncomingEntry,
  type KnownBooking,
  mayBeReportedAgain,
  NEAR_DAYS,
  SEARCH_DAYS,
  type ReportedEntry,
} from "./match-entries.ts";
import { type EntryPlace, isPendingAfterBooking } from "./pending-after-booking.ts";
import type { StrongReference } from "./reference-keys.ts";

/*
 * Matches a pending payment with a booking of a different amount: tips, fuel, hotels, an exchange rate. Two payments
 * that are both booked are never the same one, and neither are two that are both pending. A pending and a booked
 * payment are the same one if they share a strong reference that no other entry of their messages has, and their texts
 * do not differ.
 */

/** A booking that shares a strong reference with an entry but has another amount or currency. */
export interface RevisableBooking extends KnownBooking {
  /** Keys of strong references that it shares with entries, except those that several entries of its message have. */
  readonly keys: ReadonlySet<string>;
}

export interface MatchRevisedInput extends EntryPlace {
  /** Entries of one page of one statement for which no booking of the same amount was found. */
  readonly entries: readonly IncomingEntry[];
  /** Strong references by entry index, of all entries that are stored together. */
  readonly strong: ReadonlyMap<number, readonly StrongReference[]>;
  readonly known: readonly RevisableBooking[];
  readonly page: number;
  /** Name of the page's copy. */
  readonly fileId: string;
}

/** Returns, by entry index, the id at the source of the booking that the entry is under another amount. */
export function matchRevised(input: MatchRevisedInput): ReadonlyMap<number, string> {
  const { entries, strong, known } = input;
  const counts = new Map<string, number>();
  for (const { key } of [...strong.values()].flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const free = new Set(known);
  const matched = new Map<number, string>();
  for (const entry of entries) {
    const references = (strong.get(entry.entryIndex) ?? []).filter(({ key }) => counts.get(key) === 1);
    const fitting = [...free].filter((booking) => isRevised(entry, references, booking, input));
    const [best] = fitting.toSorted((one, other) => compare(entry, one, other));
    if (best === undefined) continue;
    matched.set(entry.entryIndex, best.externalId);
    free.delete(best);
  }
  return matched;
}

function isRevised(
  entry: IncomingEntry,
  references: readonly StrongReference[],
  { keys, reportedEntries }: RevisableBooking,
  input: MatchRevisedInput,
): boolean {
  const shared = references.filter(({ key }) => keys.has(key));
  if (shared.length === 0) return false;
  return reportedEntries.every(
    (reported) =>
      mayBeReportedAgain(reported, entry, input) &&
      (reported.coreKey === entry.coreKey || isPendingAndBooked(entry, reported)) &&
      !contradict(entry, reported) &&
      !isPendingAfterBooking(entry, input, reported, reported) &&
      shared.some((reference) => isNear(entry, reported, reference) && agreeOnText(entry, reported, reference)),
  );
}

function isPendingAndBooked(one: IncomingEntry, other: ReportedEntry): boolean {
  const [booked, waiting] = one.status === "BOOKED" ? [one, other] : [other, one];
  return booked.status === "BOOKED" && (waiting.status === "PENDING" || waiting.status === "FUTURE");
}

/**
 * A payer reuses a reference for the next payment: it is valid for a shorter time than a reference given by the bank.
 */
function isNear(entry: IncomingEntry, reported: ReportedEntry, { scheme }: StrongReference): boolean {
  const days = scheme === "endToEndId" ? NEAR_DAYS : SEARCH_DAYS;
  return reported.day >= dayAfter(entry.day, -days) && reported.day <= dayAfter(entry.day, days);
}

/**
 * Banks say little of what is pending, so that one of the texts may be missing; but a payment's fee may have the payment's
 * reference, with another text. A payer's reference names a payment only together with its text.
 */
function agreeOnText(entry: IncomingEntry, reported: ReportedEntry, { scheme }: StrongReference): boolean {
  if (entry.textKey === reported.textKey) return true;
  return scheme !== "endToEndId" && (entry.textKey === undefined || reported.textKey === undefined);
}

/** The nearest day first, then by id, so that the order in which bookings are found does not decide. */
function compare(entry: IncomingEntry, one: RevisableBooking, other: RevisableBooking): number {
  const distance = ({ reportedEntries }: RevisableBooking): number =>
    Math.min(...reportedEntries.map(({ day }) => Math.abs(Date.parse(day) - Date.parse(entry.day))));
  return distance(one) - distance(other) || (one.externalId < other.externalId ? -1 : 1);
}
