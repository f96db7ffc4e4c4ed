import type { StatementBalance, StatementPart } from "../domain/bank.ts";
import type { LocalDate } from "../domain/values.ts";

const OPENING = ["OPBD", "PRCD"] as const;

/** OPBD, else PRCD, else the first ITBD. */
export function openingOf(balances: readonly StatementBalance[]): StatementBalance | undefined {
  for (const code of OPENING) {
    const found = balances.find((balance) => balance.code === code);
    if (found !== undefined) return found;
  }
  return balances.find(({ code }) => code === "ITBD");
}

/** CLBD, else the last ITBD. */
export function closingOf(balances: readonly StatementBalance[]): StatementBalance | undefined {
  return balances.findLast(({ code }) => code === "CLBD") ?? balances.findLast(({ code }) => code === "ITBD");
}

/** A day before or after another one. */
export function dayAfter(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How far bookings may lie outside a stated period before it is not believed: banks leave templates in it. */
const BELIEVED_DAYS = 7;

/**
 * The days that a message is about: its period where its bookings agree with it, else its bookings and the day of its closing
 * balance. Undefined where it says nothing of either.
 */
export function daysOf(part: StatementPart): { readonly first?: LocalDate; readonly last?: LocalDate } {
  const { from, to, firstBooked, lastBooked, balances } = part;
  const closing = closingOf(balances)?.date;
  const periodEnd = to && endDay(to, from?.date);
  const known = [firstBooked, lastBooked, closing].filter((day) => day !== undefined);
  const isBelieved = known.every(
    (day) =>
      (from === undefined || day >= dayAfter(from.date, -BELIEVED_DAYS)) &&
      (periodEnd === undefined || day <= dayAfter(periodEnd, BELIEVED_DAYS)),
  );
  const [stated, ending] = isBelieved ? [from?.date, periodEnd] : [undefined, undefined];
  const last = ending ?? latest([closing, lastBooked]) ?? stated ?? part.issuedAt?.slice(0, 10);
  const first = stated ?? earliest([firstBooked, last]);
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

/** A period that ends at midnight ends with the day before. */
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
