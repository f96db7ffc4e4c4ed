import type { StatementsQuery } from "../../operations/__generated__/operations.ts";
import { daysBetween } from "../../format/time.ts";

export type ListedStatement = StatementsQuery["statements"]["nodes"][number];

/** Result for one day of one account, the most serious one first. */
export const DAY_STATES = {
  open: { sign: "✗", text: "does not close" },
  gap: { sign: "⋯", text: "something is missing before it" },
  incomplete: { sign: "½", text: "incomplete" },
  unproven: { sign: "·", text: "received; has no balances to check" },
  closes: { sign: "✓", text: "closes" },
} as const;
export type DayState = keyof typeof DAY_STATES;
const STATES = Object.keys(DAY_STATES) as readonly DayState[];

export interface CalendarDay {
  readonly day: string;
  /** Undefined for a day that no statement covers. */
  readonly state: DayState | undefined;
  /** The statement that determines the state. */
  readonly statement: ListedStatement | undefined;
}

export interface CalendarRow {
  /** Global id of the account. */
  readonly id: string;
  readonly name: string;
  readonly currency: string | undefined;
  readonly days: readonly CalendarDay[];
}

export function stateOfStatement({ isBalanced, isComplete, links }: ListedStatement): DayState {
  if (isBalanced === false) return "open";
  if (links.some(({ state }) => state === "GAP")) return "gap";
  if (isComplete === false) return "incomplete";
  return isBalanced === null ? "unproven" : "closes";
}

/** Returns a row for each account with what its statements say about each day from the first to the last one. */
export function calendarOf(
  statements: readonly ListedStatement[],
  first: string,
  last: string,
): readonly CalendarRow[] {
  const days = daysBetween(first, last);
  const accounts = Map.groupBy(statements, ({ account, source }) => account?.id ?? `${source.id}, no account yet`);
  const rows = [...accounts].map(([id, own]): CalendarRow => {
    const { account, closing } = own[0] ?? {};
    return {
      id,
      name: account?.name ?? account?.externalId ?? id,
      currency: account?.currency ?? closing?.money.currency,
      days: days.map((day) => dayOf(day, own)),
    };
  });
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}

function dayOf(day: string, statements: readonly ListedStatement[]): CalendarDay {
  const covering = statements.filter(
    ({ firstDay, lastDay }) => firstDay !== null && firstDay <= day && (lastDay ?? firstDay) >= day,
  );
  const [worst] = covering
    .map((statement) => ({ statement, state: stateOfStatement(statement) }))
    .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  return { day, state: worst?.state, statement: worst?.statement };
}
