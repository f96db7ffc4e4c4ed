import type { CamtAmount, CamtDirection } from "../camt.ts";
import { rescale } from "../values/decimal.ts";

/** Whether an entry's details add up to it; `none` where they cannot be added. */
export type DetailVerdict = "equal" | "differ" | "none";

/** The details of one entry, added up before the entry's own amount and direction need be known. */
export class DetailSum {
  #count = 0;
  #scale = 0;
  /** Undefined before the first; null where amounts cannot be added: one is missing, or is in another currency. */
  #currency: string | null | undefined;
  /** Those without a direction have the entry's. */
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

  /** A detail against the entry's direction counts against it: a fee that was taken from a credit. */
  judge(amount: CamtAmount, direction: CamtDirection): DetailVerdict {
    if (this.#currency !== amount.currency) return "none";
    const { CRDT, DBIT, own } = this.#units;
    const sum = own + (direction === "CRDT" ? CRDT - DBIT : DBIT - CRDT);
    const scale = Math.max(this.#scale, amount.scale);
    return rescale(sum, this.#scale, scale) === rescale(amount.units, amount.scale, scale) ? "equal" : "differ";
  }
}
