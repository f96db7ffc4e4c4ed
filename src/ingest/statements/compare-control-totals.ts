import type { StatementPart, StatementSummary, SummaryFigure } from "../../domain/bank.ts";
import type { SummaryDifference } from "../../domain/entities.ts";
import { addMoney, decimalText, exactMoney, type Money, negated } from "../../domain/money.ts";
import { type Figure, type Sums, sumsOf } from "./sums.ts";

/** Result of comparing the bank's own sums with its entries. */
export interface TotalsComparison {
  /** Undefined where nothing could be compared. */
  readonly agrees: boolean | undefined;
  /** Totals that match in no way of counting; empty where they agree. */
  readonly differences: readonly SummaryDifference[];
}

const NOTHING_COMPARED: TotalsComparison = { agrees: undefined, differences: [] };

/** One of the bank's totals and the computed figures. */
interface ComparedTotal {
  readonly figure: string;
  readonly stated: string;
  readonly found: string;
  readonly fits: boolean;
}

/**
 * Compares the bank's own sums with the entries of a page. The standard does not say whether entries that are not
 * booked count, and banks differ: the sums agree if all of them match the booked entries, or all match the booked and
 * the pending ones, or all match the total of all entries. `listsEntries`: the statement has entries, on whichever
 * page; where it has none, there is nothing to compare with unless the sums say that there were none.
 */
export function compareControlTotals(part: StatementPart, listsEntries: boolean): TotalsComparison {
  const { summary } = part;
  const countings = countingsOf(part);
  if (summary === undefined || countings === undefined) return NOTHING_COMPARED;
  if (!listsEntries && statesEntries(summary)) return NOTHING_COMPARED;
  const compared = countings.map((sums) => compareTotals(summary, sums));
  const [booked = [], ...others] = compared;
  if (booked.length === 0) return NOTHING_COMPARED;
  if (compared.some((totals) => totals.every(({ fits }) => fits))) return { agrees: true, differences: [] };
  return { agrees: false, differences: differencesOf(booked, others.at(-1)) };
}

/**
 * Sums of the booked entries first, of all entries last. Undefined where those that are not booked were never added up.
 */
function countingsOf({ totals, unbookedTotals, pending, other }: StatementPart): readonly Sums[] | undefined {
  const booked = sumsOf(totals);
  if (pending + other === 0) return [booked];
  if (unbookedTotals === undefined) return undefined;
  const withPending = [...totals, ...unbookedTotals.pending];
  return [
    booked,
    ...(pending > 0 && other > 0 ? [sumsOf(withPending)] : []),
    sumsOf([...withPending, ...unbookedTotals.other]),
  ];
}

/** Returns whether the bank states that there are entries. */
export function statesEntries({ all, credits, debits, net }: StatementSummary): boolean {
  const figures = [all, credits, debits];
  const sums = [...figures.map((figure) => figure?.sum), net];
  return figures.some((figure) => (figure?.count ?? 0) > 0) || sums.some((sum) => (sum?.units ?? 0n) !== 0n);
}

/** Compares the totals that can be compared. */
function compareTotals(summary: StatementSummary, { all, credits, debits, net }: Sums): readonly ComparedTotal[] {
  const { net: stated } = summary;
  return [
    ...compareCount("all.count", summary.all, all),
    ...compareSum("all.sum", summary.all?.sum, allSumsThatFit(summary, all.sum, net)),
    ...compareCount("credits.count", summary.credits, credits),
    ...compareSum("credits.sum", summary.credits?.sum, [credits.sum]),
    ...compareCount("debits.count", summary.debits, debits),
    // Some banks write a sum of debits as a negative number.
    ...compareSum("debits.sum", summary.debits?.sum, [debits.sum, debits.sum && negated(debits.sum)]),
    ...compareSum("net", stated, [net, ...(stated?.isUnsigned === true ? [net && negated(net)] : [])]),
  ];
}

/** Accepts the sum of credits and debits, or credits minus debits where the bank counts debits as negative. */
function allSumsThatFit(
  { all, debits }: StatementSummary,
  gross: Money | undefined,
  net: Money | undefined,
): readonly (Money | undefined)[] {
  if ((all?.sum?.units ?? 0n) < 0n) return [net];
  return (debits?.sum?.units ?? 0n) < 0n ? [gross, net] : [gross];
}

function compareCount(figure: string, stated: SummaryFigure | undefined, found: Figure): readonly ComparedTotal[] {
  const count = stated?.count;
  if (count === undefined) return [];
  return [{ figure, stated: String(count), found: String(found.count), fits: count === found.count }];
}

/** Compares one sum. `fitting` are the accepted values; the first of them is reported where none matches. */
function compareSum(
  figure: string,
  stated: SummaryFigure["sum"],
  fitting: readonly (Money | undefined)[],
): readonly ComparedTotal[] {
  const [found] = fitting;
  if (stated === undefined || found === undefined) return [];
  const claimed = exactMoney(stated.units, stated.scale, found.currency);
  const fits = fitting.some((sum) => sum !== undefined && addMoney(claimed, negated(sum)).minor === 0n);
  return [{ figure, stated: textOf(claimed), found: textOf(found), fits }];
}

function textOf({ minor, exponent }: Money): string {
  return decimalText(minor, exponent);
}

function differencesOf(
  booked: readonly ComparedTotal[],
  all: readonly ComparedTotal[] | undefined,
): readonly SummaryDifference[] {
  return booked
    .filter(({ fits }) => !fits)
    .map(({ figure, stated, found }) => {
      const foundWithUnbooked = all?.find((total) => total.figure === figure)?.found;
      return { figure, stated, found, ...(foundWithUnbooked !== undefined && { foundWithUnbooked }) };
    });
}
