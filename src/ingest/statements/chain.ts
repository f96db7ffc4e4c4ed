import type { StatementCheck } from "../../domain/entities.ts";
import { addMoney, type Money, negated, sameAmount } from "../../domain/money.ts";
import type { LocalDate } from "../../domain/values.ts";

/** The properties of an account's statement that are relevant for the order of statements. */
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
 * Relation of a statement to its predecessor. FIRST: no earlier one is known. GAP: its opening balance differs from the
 * predecessor's closing balance. OVERLAP: the same, and both contain some of the same days. OUT_OF_ORDER: the balances
 * agree and the bank's numbers do not. DUPLICATE: the same days and the same balances under another id.
 */
export type LinkState = "FIRST" | "CONTINUOUS" | "GAP" | "OVERLAP" | "OUT_OF_ORDER" | "DUPLICATE";

export interface StatementLink {
  readonly statementId: string;
  readonly currency: string;
  readonly previousId: string | undefined;
  readonly state: LinkState;
  /** Opening balance minus the predecessor's closing balance; undefined where one of the two is not known. */
  readonly difference: Money | undefined;
}

/**
 * Sorts items chronologically within the account. If several end on one day, the bank's numbers decide; without
 * numbers, the balances do: a statement follows the one whose closing balance it opens with.
 */
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

/** Orders statements of one day that have no numbers: each follows the one whose closing balance it opens with. */
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

/** Returns the links of all but the first `skip` items, which are only there as predecessors. */
export function linkAll(ordered: readonly ChainItem[], skip: number): readonly StatementLink[] {
  return ordered.flatMap((item, index) => (index < skip ? [] : linksOf(item, ordered.slice(0, index))));
}

function linksOf(item: ChainItem, before: readonly ChainItem[]): readonly StatementLink[] {
  return item.checks.flatMap(({ currency, opening, closing }): StatementLink[] => {
    // The statement only states the available balance of this currency.
    if (opening === undefined && closing === undefined) return [];
    const own = { statementId: item.id, currency };
    const earlier = before.filter((other) => checkOf(other, currency) !== undefined);
    const original = earlier.find((other) => isDuplicate(item, other, currency));
    if (original !== undefined) return [{ ...own, previousId: original.id, state: "DUPLICATE", difference: undefined }];
    const previous = earlier.findLast(
      (other, index) => !earlier.slice(0, index).some((first) => isDuplicate(other, first, currency)),
    );
    if (previous === undefined) return [{ ...own, previousId: undefined, state: "FIRST", difference: undefined }];
    const classified = classifyLink(item, previous, currency);
    return classified === undefined ? [] : [{ ...own, previousId: previous.id, ...classified }];
  });
}

/** Undefined where neither balances nor numbers decide. */
function classifyLink(
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
  // Numbering restarts each year, so a lower number is significant only within one year.
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
    // An account without movements has the same balances in every statement of a day.
    (own.booked.minor !== 0n || item.sequence === other.sequence)
  );
}

function checkOf(item: ChainItem, currency: string): StatementCheck | undefined {
  return item.checks.find((check) => check.currency === currency);
}
