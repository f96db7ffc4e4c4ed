import type { Entry } from "../world/entry.ts";
import type { Totals } from "./message.ts";

/** Adds entries up. */
export function totalsOf(entries: Iterable<Entry>): Totals {
  let [count, details, pending] = [0, 0, 0];
  const sums = { CRDT: { count: 0, minor: 0n }, DBIT: { count: 0, minor: 0n } };
  for (const entry of entries) {
    count += 1;
    details += entry.details.length;
    if (entry.status === "PDNG") pending += 1;
    else {
      sums[entry.direction].count += 1;
      sums[entry.direction].minor += entry.minor;
    }
  }
  return { entries: count, details, pending, credits: sums.CRDT, debits: sums.DBIT };
}

/** Credits minus debits of what is booked. */
export function bookedOf({ credits, debits }: Totals): bigint {
  return credits.minor - debits.minor;
}
