import type { Entry } from "../world/entry.ts";
import type { Totals } from "./message.ts";

/** Adds entries up. */
export function totalsOf(entries: Iterable<Entry>): Totals {
  let [count, details] = [0, 0];
  const none = () => ({ CRDT: { count: 0, minor: 0n }, DBIT: { count: 0, minor: 0n } });
  const sums = { BOOK: none(), PDNG: none() };
  for (const entry of entries) {
    count += 1;
    details += entry.details.length;
    const side = sums[entry.status][entry.direction];
    side.count += 1;
    side.minor += entry.minor;
  }
  const { BOOK: booked, PDNG: pending } = sums;
  return {
    entries: count,
    details,
    pending: pending.CRDT.count + pending.DBIT.count,
    credits: booked.CRDT,
    debits: booked.DBIT,
    pendingCredits: pending.CRDT,
    pendingDebits: pending.DBIT,
  };
}

/** Credits minus debits of the booked entries. */
export function bookedOf({ credits, debits }: Totals): bigint {
  return credits.minor - debits.minor;
}
