import type { MovementKind } from "./balance-movement.ts";
import type { BookingStatus } from "./bank.ts";
import { addMoney, exactMoney, type Money, sameAmount } from "./money.ts";

/** Statuses of entries that may have changed a balance. A future entry has not. */
export type MovementStatus = Exclude<BookingStatus, "FUTURE">;

/** Entries of one status in one currency. */
export interface MovingEntries {
  readonly status: MovementStatus;
  readonly count: number;
  /** Credits minus debits of the entries within the days. */
  readonly byDay: Money;
  /** Credits minus debits by value date, the date from which an entry counts for interest. */
  readonly byValueDay: Money;
}

/**
 * Sets of statuses that may count, each possible set, the largest one last. Booked entries change booked balances;
 * pending entries also change the expected balance. The standard leaves it to the bank whether an available balance
 * includes pending entries. Information entries change only the informational balance.
 */
const COUNTED: Readonly<Record<MovementKind, readonly (readonly MovementStatus[])[]>> = {
  BOOKED: [["BOOKED"]],
  EXPECTED: [["BOOKED", "PENDING"]],
  AVAILABLE: [["BOOKED"], ["BOOKED", "PENDING"]],
  INFORMATION: [["BOOKED"], ["BOOKED", "PENDING"], ["BOOKED", "PENDING", "INFORMATION"]],
};

/** Returns true if any of the entries may have changed such a balance. */
export function canHaveMoved(kind: MovementKind, entries: readonly MovingEntries[]): boolean {
  return COUNTED[kind].some((statuses) => countedOf(statuses, entries).some(({ count }) => count > 0));
}

/**
 * Returns the sum of entries to compare a movement with: one that is equal, if any of the possible sets gives it, else
 * the sum of all entries that can count. Money is available from its value date on, so sums for available balances may
 * be by value date.
 */
export function sumToCompare(kind: MovementKind, movement: Money, entries: readonly MovingEntries[]): Money {
  const zero = exactMoney(0n, 0, movement.currency);
  const sums = COUNTED[kind].flatMap((statuses) => {
    const counted = countedOf(statuses, entries);
    // Entries that were never reported do not explain an informational balance.
    if (kind === "INFORMATION" && counted.length === 0) return [];
    const byValueDay = addMoney(zero, ...counted.map((one) => one.byValueDay));
    const byDay = addMoney(zero, ...counted.map((one) => one.byDay));
    return kind === "AVAILABLE" || kind === "INFORMATION" ? [byValueDay, byDay] : [byDay];
  });
  return sums.find((sum) => sameAmount(sum, movement)) ?? sums.at(-1) ?? zero;
}

function countedOf(statuses: readonly MovementStatus[], entries: readonly MovingEntries[]): readonly MovingEntries[] {
  return entries.filter(({ status }) => statuses.includes(status));
}
