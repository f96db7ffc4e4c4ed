import type { StatementPart, StatementSummary, SummaryFigure } from "../../domain/bank.ts";

/** Movement of an account according to control totals, without a currency: `units / 10^scale`, negative for a debit. */
export interface StatedMovement {
  readonly units: bigint;
  readonly scale: number;
  /** False where one side is not stated: possibly nothing was booked on it. */
  readonly isCertain: boolean;
}

type Sum = NonNullable<SummaryFigure["sum"]>;

const ZERO: Sum = { units: 0n, scale: 0 };

/**
 * Credits minus debits by the bank's own sums, for a statement that lists no entries. Undefined where it states no such
 * sums, and where several pages do.
 */
export function movementOfTotals(pages: readonly StatementPart[]): StatedMovement | undefined {
  const summaries = pages.flatMap(({ summary }) => (summary === undefined ? [] : [summary]));
  const [summary] = summaries;
  return summary === undefined || summaries.length > 1 ? undefined : movementOf(summary);
}

function movementOf(summary: StatementSummary): StatedMovement | undefined {
  const { all, net } = summary;
  const [credits, debits] = [sumOf(summary.credits), sumOf(summary.debits)];
  if (credits !== undefined && debits !== undefined) return { ...less(credits, debits), isCertain: true };
  if (net !== undefined && net.isUnsigned !== true) return { units: net.units, scale: net.scale, isCertain: true };
  if (all?.count === 0) return { ...ZERO, isCertain: true };
  const stated = credits ?? debits;
  if (stated === undefined) return undefined;
  const count = (credits === undefined ? summary.debits : summary.credits)?.count;
  if (all?.count !== undefined && all.count !== count) return undefined;
  return { ...less(credits ?? ZERO, debits ?? ZERO), isCertain: all?.count !== undefined };
}

/** Zero for a side that has no entries. */
function sumOf(figure: SummaryFigure | undefined): Sum | undefined {
  return figure?.sum ?? (figure?.count === 0 ? ZERO : undefined);
}

/**
 * Subtracts debits from credits. Some banks write a sum of debits as a negative number: the sign adds nothing to the
 * side that the sum is listed under.
 */
function less(credits: Sum, debits: Sum): Sum {
  const scale = Math.max(credits.scale, debits.scale);
  const at = ({ units, scale: own }: Sum): bigint => units * 10n ** BigInt(scale - own);
  const debit = at(debits);
  return { units: at(credits) - (debit < 0n ? -debit : debit), scale };
}
