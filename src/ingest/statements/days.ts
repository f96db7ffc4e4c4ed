import { movementsOf } from "../../domain/balance-movement.ts";
import type { StatementPart } from "../../domain/bank.ts";
import { closingOf } from "../../domain/booked-balances.ts";
import type { LocalDate } from "../../domain/values.ts";

/** Returns the day that is `days` days after `day`; a negative number gives an earlier day. */
export function dayAfter(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Maximum number of days that bookings may lie outside a stated period; beyond it the period is ignored, because banks
 * leave template values in it.
 */
const PLAUSIBLE_DAYS = 7;

/**
 * Returns the days that a message covers: its period where its bookings agree with it; otherwise its bookings and the
 * day of its closing balance, or failing that, the day of the available or informational balance after the movements.
 * Undefined where the message contains none of them.
 */
export function daysOf(part: StatementPart): { readonly first?: LocalDate; readonly last?: LocalDate } {
  const { from, to, firstBooked, lastBooked, balances } = part;
  const closing = closingOf(balances)?.date ?? movementsOf(balances)[0]?.to.date;
  const periodEnd = to && endDay(to, from?.date);
  const known = [firstBooked, lastBooked, closing].filter((day) => day !== undefined);
  const isPlausible = known.every(
    (day) =>
      (from === undefined || day >= dayAfter(from.date, -PLAUSIBLE_DAYS)) &&
      (periodEnd === undefined || day <= dayAfter(periodEnd, PLAUSIBLE_DAYS)),
  );
  const [stated, ending] = isPlausible ? [from?.date, periodEnd] : [undefined, undefined];
  const last = ending ?? latest([closing, lastBooked]) ?? stated ?? part.issuedAt?.slice(0, 10);
  const first = stated ?? earliest([firstBooked, last]);
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

/** A period that ends at midnight ends on the previous day. */
function endDay(to: NonNullable<StatementPart["to"]>, from: LocalDate | undefined): LocalDate {
  const isMidnight = to.time !== undefined && /T00:00(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)?$/.test(to.time);
  return isMidnight && from !== undefined && from < to.date ? dayAfter(to.date, -1) : to.date;
}

function earliest(days: readonly (LocalDate | undefined)[]): LocalDate | undefined {
  return days.filter((day) => day !== undefined).toSorted()[0];
}

function latest(days: readonly (LocalDate | undefined)[]): LocalDate | undefined {
  return days
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
}
