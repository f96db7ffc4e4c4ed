import { abs } from "../../format/money.ts";

/** An amount as the graph returns it, with its minor units as a text of any length. */
export interface FullMoney {
  readonly amount: string;
  readonly currency: string;
  readonly minor: string;
  readonly exponent: number;
}

/** Part of a sum that is drawn. */
export interface SumPart {
  readonly name: string;
  /** Further words about it. */
  readonly note?: string | undefined;
  readonly minor: bigint;
  /** Whether it is what the other parts do not explain. */
  readonly isResidue?: boolean;
}

/** Exact sum of amounts of one currency. */
export interface ExactSum {
  readonly minor: bigint;
  readonly exponent: number;
  readonly currency: string;
}

/** Returns the minor units of an amount with more decimal places. */
export const scale = ({ minor, exponent }: Pick<FullMoney, "minor" | "exponent">, to: number): bigint =>
  BigInt(minor) * 10n ** BigInt(Math.max(0, to - exponent));

/** Adds up amounts exactly. Undefined without an amount, and if they have several currencies. */
export function addUp(amounts: readonly FullMoney[]): ExactSum | undefined {
  const [first] = amounts;
  if (first === undefined || amounts.some(({ currency }) => currency !== first.currency)) return undefined;
  const exponent = Math.max(...amounts.map((one) => one.exponent));
  const minor = amounts.reduce((sum, one) => sum + scale(one, exponent), 0n);
  return { minor, exponent, currency: first.currency };
}

/** Subtracts amounts from one of the same currency, exactly. Undefined if they have several currencies. */
export function subtract(from: FullMoney, amounts: readonly FullMoney[]): ExactSum | undefined {
  const all = addUp([from, ...amounts]);
  if (all === undefined) return undefined;
  return { ...all, minor: 2n * scale(from, all.exponent) - all.minor };
}

/** Largest absolute value of the parts: the whole width of the drawing. */
export const largestOf = (parts: readonly SumPart[]): bigint =>
  parts.reduce((largest, { minor }) => (abs(minor) > largest ? abs(minor) : largest), 0n);
