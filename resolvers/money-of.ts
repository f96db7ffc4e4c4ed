import type { Money } from "../src/domain/money.ts";

/** Columns with an amount's currency. */
interface Denominated {
  readonly currency: string | null;
  readonly exponent: number | null;
}

/** Returns an amount in the row's currency; null if the row has none. */
export function moneyOf(minor: bigint | null, { currency, exponent }: Denominated): Money | null {
  return minor === null || currency === null || exponent === null ? null : { minor, currency, exponent };
}
