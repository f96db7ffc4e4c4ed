import type { Money } from "../src/domain/money.ts";

/** The columns that an amount's currency is in. */
interface Denominated {
  readonly currency: string | null;
  readonly exponent: number | null;
}

/** An amount in the row's currency; null when the row has none. */
export function moneyOf(minor: bigint | null, { currency, exponent }: Denominated): Money | null {
  return minor === null || currency === null || exponent === null ? null : { minor, currency, exponent };
}
