import type { Reference } from "../domain/values.ts";
import { dayAfter } from "./days.ts";
import type { Evidence } from "./evidence.ts";
import { relate, type StatementScope } from "./scope.ts";

/*
 * Which entries tell of one and the same booking. No reference in these messages is unique, and a day may hold two payments
 * that are alike in everything; so it is never one field that decides, but a booking that was told before is given to at most
 * one entry of a message, the surest matches first, and not at all to an entry of a message that cannot tell of it again: two
 * statements that follow each other. Whatever is left over is a booking of its own.
 */

/** A booking that is known, and where it was told. */
export interface KnownBooking {
  /** Its id at the source. */
  readonly externalId: string;
  readonly sightings: readonly Sighting[];
}

export interface Sighting extends Evidence {
  readonly scope: StatementScope;
  readonly page: number;
  readonly entryIndex: number;
  /** The file that told it there. */
  readonly fileId: string;
}

export interface IncomingEntry extends Evidence {
  readonly entryIndex: number;
}

export interface MatchInput {
  /** Of one page of one statement, in its order; all with one core key. */
  readonly entries: readonly IncomingEntry[];
  /** All with the same core key, told within `SEARCH_DAYS` of the entries. */
  readonly known: readonly KnownBooking[];
  readonly scope: StatementScope;
  readonly page: number;
  readonly fileId: string;
}

/** A pending payment is booked within so many days, or it is another one. */
export const SEARCH_DAYS = 45;
/** Without a reference in common: how far apart the days of a pending and a booked telling may be. */
const NEAR_DAYS = 10;

/** By entry index: the id at the source of the booking that it is. Whatever is left out is a booking of its own. */
export function matchEntries(input: MatchInput): ReadonlyMap<number, string> {
  const { entries, known } = input;
  const free = new Set(known);
  const matched = new Map<number, string>();
  for (const level of LEVELS) {
    const index = indexBy(free, level);
    for (const entry of entries) {
      if (matched.has(entry.entryIndex)) continue;
      const candidates = level.keys(entry).flatMap((key) => index.get(key) ?? []);
      const fit = nearest(entry, candidates, ({ booking, sighting }) => fits(entry, booking, sighting, level));
      if (fit === undefined) continue;
      matched.set(entry.entryIndex, fit.booking.externalId);
      free.delete(fit.booking);
    }
  }
  return matched;

  function fits(entry: IncomingEntry, booking: KnownBooking, sighting: Sighting, level: Level): boolean {
    return (
      free.has(booking) &&
      level.fits(entry, sighting, input) &&
      booking.sightings.every((told) => mayBeToldAgain(told, entry, input))
    );
  }
}

/** Whether a booking that was told there can be this entry at all. */
function mayBeToldAgain(told: Sighting, entry: IncomingEntry, { scope, page, fileId }: MatchInput): boolean {
  if (told.scope.statementId === scope.statementId) {
    // This file has told it already, in another place: this is one more of its kind.
    return told.page === page && (told.fileId !== fileId || told.entryIndex === entry.entryIndex);
  }
  return !(isBooked(told) && isBooked(entry)) || relate(told.scope, scope) !== "APART";
}

interface Level {
  /** What an entry and a sighting have in common on this level. */
  readonly keys: (evidence: IncomingEntry) => readonly string[];
  readonly fits: (entry: IncomingEntry, sighting: Sighting, input: MatchInput) => boolean;
}

const isBooked = ({ status }: Evidence): boolean => status === "BOOKED";
/** Each notification is sent once: two that are alike are two payments unless a reference says otherwise. */
const bothNotify = (sighting: Sighting, { scope }: MatchInput): boolean =>
  sighting.scope.kind === "NOTIFICATION" && scope.kind === "NOTIFICATION";

const isSamePlace = (sighting: Sighting, { scope, page }: MatchInput): boolean =>
  sighting.scope.statementId === scope.statementId && sighting.page === page;

/** The surest first. */
const LEVELS: readonly Level[] = [
  {
    // The same in the same place: a file that is stored again, or comes again in other bytes.
    keys: ({ entryIndex }) => [String(entryIndex)],
    fits: (entry, sighting, input) => isSamePlace(sighting, input) && entry.fingerprint === sighting.fingerprint,
  },
  {
    keys: ({ fingerprint }) => [fingerprint],
    fits: (entry, sighting, input) => entry.references.length > 0 || !bothNotify(sighting, input),
  },
  {
    keys: ({ references }) => [...new Set(references.map(({ scheme, value }) => `${bare(scheme)}=${value}`))],
    fits: (entry, sighting, { scope }) =>
      agreeOnDay(entry, sighting, SEARCH_DAYS) &&
      !contradict(entry, sighting) &&
      (sighting.scope.kind !== scope.kind || agreeOnText(entry, sighting) || shareUetr(entry, sighting)),
  },
  {
    keys: ({ textKey }) => (textKey === undefined ? [] : [textKey]),
    fits: (entry, sighting, input) =>
      agreeOnDay(entry, sighting, NEAR_DAYS) && !contradict(entry, sighting) && !bothNotify(sighting, input),
  },
  {
    // The same place of the same page: told again in another version of the format.
    keys: ({ entryIndex }) => [String(entryIndex)],
    fits: (entry, sighting, input) => isSamePlace(sighting, input) && !contradict(entry, sighting),
  },
  {
    // A message that says nothing but the amount and the day, beside one of another kind.
    keys: ({ booked }) => (booked === undefined ? [] : [booked]),
    fits: (entry, sighting, { scope }) =>
      sighting.scope.kind !== scope.kind &&
      isBooked(entry) &&
      isBooked(sighting) &&
      (isBare(entry) || isBare(sighting)),
  },
];

const bare = (scheme: string): string => scheme.slice(scheme.indexOf(".") + 1);
const isBare = ({ references, textKey }: Evidence): boolean => references.length === 0 && textKey === undefined;

/** Two bookings are of one day; a pending telling may be some days from the booked one. */
function agreeOnDay(entry: IncomingEntry, sighting: Sighting, days: number): boolean {
  if (isBooked(entry) && isBooked(sighting)) {
    return entry.booked === undefined || sighting.booked === undefined || entry.booked === sighting.booked;
  }
  return sighting.day >= dayAfter(entry.day, -days) && sighting.day <= dayAfter(entry.day, days);
}

/** What stands in the same place in both, and is not the same. */
function contradict(entry: Evidence, sighting: Evidence): boolean {
  return entry.references.some(
    ({ scheme, value }) =>
      scheme !== "details" && valuesOf(sighting, scheme).length > 0 && !valuesOf(sighting, scheme).includes(value),
  );
}

/** Not two different texts. */
function agreeOnText(entry: Evidence, sighting: Evidence): boolean {
  return entry.textKey === undefined || sighting.textKey === undefined || entry.textKey === sighting.textKey;
}

/** The one reference that is made to be unique. */
function shareUetr(entry: Evidence, sighting: Evidence): boolean {
  return entry.references.some(
    ({ scheme, value }) => bare(scheme) === "uetr" && sighting.references.some((other) => other.value === value),
  );
}

function valuesOf({ references }: Evidence, scheme: string): readonly string[] {
  return references.filter((reference: Reference) => reference.scheme === scheme).map(({ value }) => value);
}

interface Candidate {
  readonly booking: KnownBooking;
  readonly sighting: Sighting;
}

function indexBy(bookings: Iterable<KnownBooking>, level: Level): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const booking of bookings) {
    for (const sighting of booking.sightings) {
      for (const key of level.keys(sighting)) {
        const held = index.get(key);
        if (held === undefined) index.set(key, [{ booking, sighting }]);
        else held.push({ booking, sighting });
      }
    }
  }
  return index;
}

/** The first that fits among those of the nearest day. */
function nearest(
  entry: IncomingEntry,
  candidates: readonly Candidate[],
  isFit: (candidate: Candidate) => boolean,
): Candidate | undefined {
  let best: { readonly candidate: Candidate; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = Math.abs(Date.parse(candidate.sighting.day) - Date.parse(entry.day));
    if (distance >= (best?.distance ?? Infinity) || !isFit(candidate)) continue;
    best = { candidate, distance };
    if (distance === 0) break;
  }
  return best?.candidate;
}
