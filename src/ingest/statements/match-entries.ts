import type { Reference } from "../../domain/values.ts";
import { dayAfter } from "./days.ts";
import type { Evidence } from "./evidence.ts";
import { type EntryPlace, isPendingAfterBooking } from "./pending-after-booking.ts";
import { relate } from "./scope.ts";

/*
 * Decides which entries report the same booking. No reference in these messages is unique, and one day may contain two
 * identical payments. Therefore no single field decides. Each booking that was reported before is assigned to at most
 * one entry of a message, and the most certain matches are made first. It is never assigned to an entry of a message
 * that cannot report it again: this concerns two consecutive statements, and a message in which a payment is pending
 * although an earlier message booked it. Every remaining entry is a booking of its own.
 */

/** A known booking, and the places where it was reported. */
export interface KnownBooking {
  /** Its id at the source. */
  readonly externalId: string;
  readonly reportedEntries: readonly ReportedEntry[];
  /** Entries with other core keys that have booked it: no other booked entry can be this booking. */
  readonly bookedOtherwise?: readonly ReportedEntry[];
}

export interface ReportedEntry extends Evidence, EntryPlace {
  readonly page: number;
  readonly entryIndex: number;
  /**
   * The file that reported it there. If a file contains several statements of one identity, `copyName` distinguishes
   * them.
   */
  readonly fileId: string;
}

export interface IncomingEntry extends Evidence {
  readonly entryIndex: number;
}

export interface MatchInput extends EntryPlace {
  /** Entries of one page of one statement, in page order, all with the same core key. */
  readonly entries: readonly IncomingEntry[];
  /** Known bookings, all with the same core key, reported within `SEARCH_DAYS` of the entries. */
  readonly known: readonly KnownBooking[];
  readonly page: number;
  readonly fileId: string;
}

/** Maximum number of days in which a pending payment is booked; a later booking is another payment. */
export const SEARCH_DAYS = 45;
/** Maximum number of days between a pending and a booked entry that have no common reference. */
export const NEAR_DAYS = 10;

/**
 * Returns, by entry index, the id at the source of the booking that the entry is. An entry without a result is a
 * booking of its own.
 */
export function matchEntries(input: MatchInput): ReadonlyMap<number, string> {
  const { entries, known } = input;
  const free = new Set(known);
  const matched = new Map<number, string>();
  for (const level of ORDERED_LEVELS) {
    const index = indexBy(free, level);
    for (const entry of entries) {
      if (matched.has(entry.entryIndex)) continue;
      const candidates = level.keys(entry).flatMap((key) => index.get(key) ?? []);
      const fit = nearest(entry, candidates, ({ booking, reported }) => fits(entry, booking, reported, level));
      if (fit === undefined) continue;
      matched.set(entry.entryIndex, fit.booking.externalId);
      free.delete(fit.booking);
    }
  }
  return matched;

  function fits(entry: IncomingEntry, booking: KnownBooking, reported: ReportedEntry, level: Level): boolean {
    return (
      free.has(booking) &&
      !((booking.bookedOtherwise ?? []).length > 0 && isBooked(entry)) &&
      level.fits(entry, reported, input) &&
      booking.reportedEntries.every((earlier) => mayBeReportedAgain(earlier, entry, input)) &&
      (areBooked(entry, reported) || agreeWithAll(entry, booking, input))
    );
  }
}

/** Returns whether a booking that was reported there can be this entry at all. */
export function mayBeReportedAgain(
  earlier: ReportedEntry,
  entry: IncomingEntry,
  { scope, page, fileId }: Pick<MatchInput, "scope" | "page" | "fileId">,
): boolean {
  if (earlier.scope.statementId === scope.statementId) {
    // This file has already reported it in another place, so this entry is a further payment of the same kind.
    return earlier.page === page && (earlier.fileId !== fileId || earlier.entryIndex === entry.entryIndex);
  }
  return !areBooked(earlier, entry) || relate(earlier.scope, scope) !== "APART";
}

/**
 * Requires that a pending entry is compatible with all entries of a booking: otherwise entries without a reference
 * would connect one payment to another. Two booked entries are not separated this way, because counting one booking
 * twice is the worse mistake.
 */
function agreeWithAll(
  entry: IncomingEntry,
  { reportedEntries, bookedOtherwise = [] }: KnownBooking,
  place: EntryPlace,
): boolean {
  return [...reportedEntries, ...bookedOtherwise].every(
    (earlier) => !contradict(entry, earlier) && !isPendingAfterBooking(entry, place, earlier, earlier),
  );
}

interface Level {
  /** Keys that an entry and an occurrence have in common on this level. */
  readonly keys: (evidence: IncomingEntry) => readonly string[];
  readonly fits: (entry: IncomingEntry, reported: ReportedEntry, input: MatchInput) => boolean;
}

const isBooked = ({ status }: Evidence): boolean => status === "BOOKED";
const areBooked = (one: Evidence, other: Evidence): boolean => isBooked(one) && isBooked(other);
/** Each notification is sent once: two equal notifications are two payments unless a reference says otherwise. */
const bothNotify = (reported: ReportedEntry, { scope }: MatchInput): boolean =>
  reported.scope.kind === "NOTIFICATION" && scope.kind === "NOTIFICATION";

const isSamePlace = (reported: ReportedEntry, { scope, page }: MatchInput): boolean =>
  reported.scope.statementId === scope.statementId && reported.page === page;

/** Matching levels, the most certain first. */
const LEVELS: readonly Level[] = [
  {
    // The same entry in the same place: the file is stored again, or arrives again with different bytes.
    keys: ({ entryIndex }) => [String(entryIndex)],
    fits: (entry, reported, input) => isSamePlace(reported, input) && entry.fingerprint === reported.fingerprint,
  },
  {
    keys: ({ fingerprint }) => [fingerprint],
    fits: (entry, reported, input) => entry.references.length > 0 || !bothNotify(reported, input),
  },
  {
    keys: ({ references }) => [...new Set(references.map(({ scheme, value }) => `${bare(scheme)}=${value}`))],
    fits: (entry, reported, { scope }) =>
      agreeOnDay(entry, reported, SEARCH_DAYS) &&
      !contradict(entry, reported) &&
      (reported.scope.kind !== scope.kind || agreeOnText(entry, reported) || shareUetr(entry, reported)),
  },
  {
    keys: ({ textKey }) => (textKey === undefined ? [] : [textKey]),
    fits: (entry, reported, input) =>
      agreeOnDay(entry, reported, NEAR_DAYS) && !contradict(entry, reported) && !bothNotify(reported, input),
  },
  {
    // The same place on the same page: reported again in another version of the format.
    keys: ({ entryIndex }) => [String(entryIndex)],
    fits: (entry, reported, input) => isSamePlace(reported, input) && !contradict(entry, reported),
  },
  {
    // A message that contains only the amount and the day, compared with a message of another kind.
    keys: ({ booked }) => (booked === undefined ? [] : [booked]),
    fits: (entry, reported, { scope }) =>
      reported.scope.kind !== scope.kind && areBooked(entry, reported) && (isBare(entry) || isBare(reported)),
  },
];

/**
 * Matching levels in order of evaluation. On the certain levels, pairs that are booked in both messages come first, so
 * that no pending entry takes a booking away from the entry that booked it.
 */
const ORDERED_LEVELS: readonly Level[] = [
  ...LEVELS.slice(0, 3).map((level): Level => ({
    ...level,
    fits: (entry, reported, input) => areBooked(entry, reported) && level.fits(entry, reported, input),
  })),
  ...LEVELS,
];

const bare = (scheme: string): string => scheme.slice(scheme.indexOf(".") + 1);
const isBare = ({ references, textKey }: Evidence): boolean => references.length === 0 && textKey === undefined;

/** Requires the same day for two booked entries; a pending entry may be some days apart from the booked one. */
function agreeOnDay(entry: IncomingEntry, reported: ReportedEntry, days: number): boolean {
  if (areBooked(entry, reported)) {
    return entry.booked === undefined || reported.booked === undefined || entry.booked === reported.booked;
  }
  return reported.day >= dayAfter(entry.day, -days) && reported.day <= dayAfter(entry.day, days);
}

/** Returns whether a field that both have contains different values. */
export function contradict(entry: Evidence, reported: Evidence): boolean {
  return entry.references.some(
    ({ scheme, value }) =>
      scheme !== "details" && valuesOf(reported, scheme).length > 0 && !valuesOf(reported, scheme).includes(value),
  );
}

/** Returns false if both have a text and the texts differ. */
function agreeOnText(entry: Evidence, reported: Evidence): boolean {
  return entry.textKey === undefined || reported.textKey === undefined || entry.textKey === reported.textKey;
}

/** Compares the UETR, the only reference that is designed to be unique. */
function shareUetr(entry: Evidence, reported: Evidence): boolean {
  return entry.references.some(
    ({ scheme, value }) => bare(scheme) === "uetr" && reported.references.some((other) => other.value === value),
  );
}

function valuesOf({ references }: Evidence, scheme: string): readonly string[] {
  return references.filter((reference: Reference) => reference.scheme === scheme).map(({ value }) => value);
}

interface Candidate {
  readonly booking: KnownBooking;
  readonly reported: ReportedEntry;
}

function indexBy(bookings: Iterable<KnownBooking>, level: Level): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const booking of bookings) {
    for (const reported of booking.reportedEntries) {
      for (const key of level.keys(reported)) {
        const existing = index.get(key);
        if (existing === undefined) index.set(key, [{ booking, reported }]);
        else existing.push({ booking, reported });
      }
    }
  }
  return index;
}

/** Returns the first match among the candidates of the nearest day. */
function nearest(
  entry: IncomingEntry,
  candidates: readonly Candidate[],
  isFit: (candidate: Candidate) => boolean,
): Candidate | undefined {
  let best: { readonly candidate: Candidate; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = Math.abs(Date.parse(candidate.reported.day) - Date.parse(entry.day));
    if (distance >= (best?.distance ?? Infinity) || !isFit(candidate)) continue;
    best = { candidate, distance };
    if (distance === 0) break;
  }
  return best?.candidate;
}
