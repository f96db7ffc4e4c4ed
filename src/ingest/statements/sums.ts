import type { SideTotals } from "../../domain/bank.ts";
import { addMoney, exactMoney, type Money, negated } from "../../domain/money.ts";

/** A number of entries and their sum; the sum is undefined where they have several currencies. */
export interface Figure {
  readonly count: number;
  readonly sum: Money | undefined;
}

/** Sums of entries, in the terms of control totals. */
export interface Sums {
  readonly all: Figure;
  readonly credits: Figure;
  readonly debits: Figure;
  /** Credits minus debits. */
  readonly net: Money | undefined;
}

/**
 * Adds up totals of any currencies. Control totals have no currency, so sums of several currencies provide no
 * information.
 */
export function sumsOf(totals: readonly SideTotals[]): Sums {
  const currencies = new Set(totals.map(({ credits }) => credits.money.currency));
  const [currency = "XXX"] = currencies; // ISO 4217: no currency
  const figure = (side: "credits" | "debits"): Figure => ({
    count: totals.reduce((count, one) => count + one[side].count, 0),
    sum:
      currencies.size > 1 ? undefined : addMoney(exactMoney(0n, 0, currency), ...totals.map((one) => one[side].money)),
  });
  const [credits, debits] = [figure("credits"), figure("debits")];
  return {
    credits,
    debits,
    all: { count: credits.count + debits.count, sum: credits.sum && debits.sum && addMoney(credits.sum, debits.sum) },
    net: credits.sum && debits.sum && addMoney(credits.sum, negated(debits.sum)),
  };
}
