import { isEntryFault } from "./fault.ts";
import type { Message } from "./message.ts";

/**
 * Index of the entry of the first statement that a fault affects: the middle one, or the first with details where the
 * fault is in the details.
 */
export function faultyEntryOf({ fault, statements }: Message): number | undefined {
  if (fault === undefined) return undefined;
  const [statement] = statements();
  if (statement === undefined) return undefined;
  const { entries } = statement.totals;
  if (isEntryFault(fault.name)) return entries === 0 ? undefined : Math.floor((entries - 1) / 2);
  if (fault.name !== "details-off") return undefined;
  let index = 0;
  for (const entry of statement.entries()) {
    if (entry.details.length > 0) return index;
    index += 1;
  }
  return undefined;
}
