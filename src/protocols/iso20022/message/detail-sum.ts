import type { CamtAmount, CamtDirection } from "../camt.ts";
import { rescale } from "../values/decimal.ts";

/** Result of comparing the sum of an entry's details with the entry; `none` if they cannot be added. */
export type DetailComparison = "equal" | "differ" | "none";

/** Sum of the details of one entry, computed before the entry's own amount and direction are known. */
export class DetailSum {
  #count = 0;
  #scale = 0;
  /** Undefined before the first detail; null if amounts cannot be added: one is missing, or is in another currency. */
  #currency: string | null | undefined;
  /** Sums by direction; details without a direction have the entry's. */
  readonly #units = { CRDT: 0n, DBIT: 0n, own: 0n };

  get count(): number {
    return this.#count;
  }

  add(amount: CamtAmount | undefined, direction: CamtDirection | undefined): void {
    this.#count++;
    if (amount === undefined || (this.#currency !== undefined && this.#currency !== amount.currency))
      this.#currency = null;
    if (amount === undefined || this.#currency === null) return;
    this.#currency = amount.currency;
    const scale = Math.max(this.#scale, amount.scale);
    for (const key of ["CRDT", "DBIT", "own"] as const)
      this.#units[key] = rescale(this.#units[key], this.#scale, scale);
    this.#scale = scale;
    this.#units[direction ?? "own"] += rescale(amount.units, amount.scale, scale);
  }

  /**
   * Compares the sum with the entry. A detail with the opposite direction to the entry is subtracted: a fee that was
   * deducted from a credit.
   */
  compareWith(amount: CamtAmount, direction: CamtDirection): DetailComparison {
    if (this.#currency !== amount.currency) return "none";
    const { CRDT, DBIT, own } = this.#units;
    const sum = own + (direction === "CRDT" ? CRDT - DBIT : DBIT - CRDT);
    const scale = Math.max(this.#scale, amount.scale);
    return rescale(sum, this.#scale, scale) === rescale(amount.units, amount.scale, scale) ? "equal" : "differ";
  }
}
