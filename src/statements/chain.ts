import type { StatementCheck } from "../domain/entities.ts";
import { addMoney, type Money, negated, sameAmount } from "../domain/money.ts";
import type { LocalDate } from "../domain/values.ts";

/** One statement of an account, as far as the order of statements goes. */
export interface ChainItem {
  /** Global id. */
  readonly id: string;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly sequence: bigint | undefined;
  readonly issuedAt: string;
  readonly checks: readonly StatementCheck[];
}

/**
 * How a statement follows the one before it. FIRST: none before it is known. GAP: it opens with another balance than that one
 * closed with. OVERLAP: the same, and days are in both. OUT_OF_ORDER: the balances agree and the bank's numbers do not.
 * DUPLICATE: the same days and the same balances under another id.
 */
export type LinkState = "FIRST" | "CONTINUOUS" | "GAP" | "OVERLAP" | "OUT_OF_ORDER" | "DUPLICATE";

export interface StatementLink {
  readonly statementId: string;
  readonly currency: string;
  readonly previousId: string | undefined;
  readonly state: LinkState;
  /** What it opens with less what the one before it closed with; undefined where one of the two is not known. */
  readonly difference: Money | undefined;
}

/** In the order of the account's time. Of several that end on one day the bank's numbers decide, else which opens where another closes. */
export function inOrder(items: readonly ChainItem[]): readonly ChainItem[] {
  const byDay = Map.groupBy(items.toSorted(byDayAndNumber), ({ lastDay }) => lastDay);
  const ordered: ChainItem[] = [];
  for (const sameDay of byDay.values()) ordered.push(...byBalance(sameDay, ordered.at(-1)));
  return ordered;
}

function byDayAndNumber(one: ChainItem, other: ChainItem): number {
  if (one.lastDay !== other.lastDay) return one.lastDay < other.lastDay ? -1 : 1;
  if (one.sequence !== undefined && other.sequence !== undefined && one.sequence !== other.sequence)
    return one.sequence < other.sequence ? -1 : 1;
  const [a, b] = [`${one.firstDay} ${one.issuedAt} ${one.id}`, `${other.firstDay} ${other.issuedAt} ${other.id}`];
  return a < b ? -1 : 1;
}

/** Statements of one day without numbers, each behind the one whose closing balance it opens with. */
function byBalance(sameDay: readonly ChainItem[], before: ChainItem | undefined): readonly ChainItem[] {
  if (sameDay.length < 2 || sameDay.every(({ sequence }) => sequence !== undefined)) return sameDay;
  const left = [...sameDay];
  const ordered: ChainItem[] = [];
  for (let last = before; left.length > 0; last = ordered.at(-1)) {
    const next = left.findIndex((item) => last !== undefined && opensWhereClosed(last, item));
    const start = left.findIndex((item) => !left.some((other) => other !== item && opensWhereClosed(other, item)));
    ordered.push(...left.splice(Math.max(0, next === -1 ? start : next), 1));
  }
  return ordered;
}

function opensWhereClosed(before: ChainItem, item: ChainItem): boolean {
  return item.checks.some(({ currency, opening }) => {
    const closing = checkOf(before, currency)?.closing;
    return opening !== undefined && closing !== undefined && sameAmount(opening.money, closing.money);
  });
}

/** The links of all but the first `skip` items, which are there only to be followed. */
export function linkAll(ordered: readonly ChainItem[], skip: number): readonly StatementLink[] {
  return ordered.flatMap((item, index) => (index < skip ? [] : linksOf(item, ordered.slice(0, index))));
}

function linksOf(item: ChainItem, before: readonly ChainItem[]): readonly StatementLink[] {
  return item.checks.flatMap(({ currency, opening, closing }): StatementLink[] => {
    // A currency of which it only says what is available.
    if (opening === undefined && closing === undefined) return [];
    const own = { statementId: item.id, currency };
    const earlier = before.filter((other) => checkOf(other, currency) !== undefined);
    const original = earlier.find((other) => isDuplicate(item, other, currency));
    if (original !== undefined) return [{ ...own, previousId: original.id, state: "DUPLICATE", difference: undefined }];
    const previous = earlier.findLast(
      (other, index) => !earlier.slice(0, index).some((first) => isDuplicate(other, first, currency)),
    );
    if (previous === undefined) return [{ ...own, previousId: undefined, state: "FIRST", difference: undefined }];
    const judged = judgeLink(item, previous, currency);
    return judged === undefined ? [] : [{ ...own, previousId: previous.id, ...judged }];
  });
}

/** Undefined where neither balances nor numbers tell. */
function judgeLink(
  item: ChainItem,
  previous: ChainItem,
  currency: string,
): Pick<StatementLink, "state" | "difference"> | undefined {
  const [opening, closing] = [checkOf(item, currency)?.opening, checkOf(previous, currency)?.closing];
  const numbered = item.sequence !== undefined && previous.sequence !== undefined;
  const step = numbered ? (item.sequence ?? 0n) - (previous.sequence ?? 0n) : undefined;
  if (opening === undefined || closing === undefined) {
    if (step === undefined) return undefined;
    return { state: step === 1n ? "CONTINUOUS" : step > 1n ? "GAP" : "OUT_OF_ORDER", difference: undefined };
  }
  const difference = addMoney(opening.money, negated(closing.money));
  if (difference.minor !== 0n) {
    return { state: item.firstDay <= previous.lastDay ? "OVERLAP" : "GAP", difference };
  }
  // Numbers begin anew with a year, so that a lower one says something within a year only.
  const isBackwards = step !== undefined && step <= 0n && item.lastDay.slice(0, 4) === previous.lastDay.slice(0, 4);
  return { state: isBackwards ? "OUT_OF_ORDER" : "CONTINUOUS", difference };
}

function isDuplicate(item: ChainItem, other: ChainItem, currency: string): boolean {
  const [own, first] = [checkOf(item, currency), checkOf(other, currency)];
  if (own?.opening === undefined || own.closing === undefined) return false;
  if (first?.opening === undefined || first.closing === undefined) return false;
  return (
    item.firstDay === other.firstDay &&
    item.lastDay === other.lastDay &&
    sameAmount(own.opening.money, first.opening.money) &&
    sameAmount(own.closing.money, first.closing.money) &&
    sameAmount(own.booked, first.booked) &&
    // An account on which nothing moves has the same balances in every statement of a day.
    (own.booked.minor !== 0n || item.sequence === other.sequence)
  );
}

function checkOf(item: ChainItem, currency: string): StatementCheck | undefined {
  return item.checks.find((check) => check.currency === currency);
}
