import type { Evidence } from "./evidence.ts";
import { isBankGiven } from "./reference-keys.ts";
import type { StatementScope } from "./scope.ts";

/** Position of an entry: its message and when the bank created it. */
export interface EntryPlace {
  readonly scope: StatementScope;
  /** The bank's time of the message in epoch milliseconds; 0 where it is not known. */
  readonly issuedMs: number;
}

/**
 * Returns whether one of two entries is booked and the other one is still pending in a message that was created later
 * and covers a later day. These are two payments, however similar, unless they share a reference that the bank gives to
 * a single payment.
 */
export function isPendingAfterBooking(
  one: Evidence,
  onePlace: EntryPlace,
  other: Evidence,
  otherPlace: EntryPlace,
): boolean {
  const isAfter =
    (isPending(one) && isBooked(other) && isLater(onePlace, otherPlace)) ||
    (isPending(other) && isBooked(one) && isLater(otherPlace, onePlace));
  return isAfter && !shareBankReference(one, other);
}

const isBooked = ({ status }: Evidence): boolean => status === "BOOKED";
const isPending = ({ status }: Evidence): boolean => status === "PENDING" || status === "FUTURE";

/**
 * Requires both a later time and a later day: the last day of a report may be that of its last booking, some days
 * before the bank created it.
 */
function isLater(one: EntryPlace, other: EntryPlace): boolean {
  const [day, otherDay] = [one.scope.lastDay, other.scope.lastDay];
  return day !== undefined && otherDay !== undefined && day > otherDay && one.issuedMs > other.issuedMs;
}

function shareBankReference(one: Evidence, other: Evidence): boolean {
  return one.references.some(
    (reference) =>
      isBankGiven(reference) &&
      other.references.some(
        ({ scheme, value }) => bare(scheme) === bare(reference.scheme) && value === reference.value,
      ),
  );
}

const bare = (scheme: string): string => scheme.slice(scheme.indexOf(".") + 1);
