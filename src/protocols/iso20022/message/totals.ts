import type { CamtAmount, CamtDirection, CamtTotals } from "../camt.ts";
import { rescale } from "../values/decimal.ts";

interface Side {
  count: number;
  units: bigint;
}

interface Sums {
  scale: number;
  readonly CRDT: Side;
  readonly DBIT: Side;
}

/** Exact sums by currency. */
export class Totals {
  readonly #byCurrency = new Map<string, Sums>();

  add(amount: CamtAmount, direction: CamtDirection): void {
    const sums = this.#sumsOf(amount.currency);
    const scale = Math.max(sums.scale, amount.scale);
    if (scale > sums.scale) {
      for (const side of [sums.CRDT, sums.DBIT]) side.units = rescale(side.units, sums.scale, scale);
      sums.scale = scale;
    }
    sums[direction].units += rescale(amount.units, amount.scale, scale);
    sums[direction].count += 1;
  }

  #sumsOf(currency: string): Sums {
    const known = this.#byCurrency.get(currency);
    if (known !== undefined) return known;
    const sums: Sums = { scale: 0, CRDT: { count: 0, units: 0n }, DBIT: { count: 0, units: 0n } };
    this.#byCurrency.set(currency, sums);
    return sums;
  }

  /** Returns the totals in the order in which the currencies first appeared. */
  toTotals(): readonly CamtTotals[] {
    return [...this.#byCurrency].map(([currency, { scale, CRDT: credits, DBIT: debits }]) => ({
      currency,
      scale,
      net: credits.units - debits.units,
      credits: { ...credits },
      debits: { ...debits },
    }));
  }
}
