const SLICES = 10;

/**
 * Successes and failures of the last `windowMs`, accurate to a tenth of it. Memory does not grow with the number of
 * counts.
 */
export class SlidingCounts {
  readonly #sliceMs: number;
  /** Slices by their number since the clock's zero; at most SLICES + 1. */
  readonly #slices = new Map<number, { total: number; failures: number }>();

  constructor(windowMs: number) {
    this.#sliceMs = windowMs / SLICES;
  }

  /** `nowMs` is monotonic. */
  add(nowMs: number, failed: boolean): void {
    const number = Math.floor(nowMs / this.#sliceMs);
    const slice = this.#slices.get(number) ?? { total: 0, failures: 0 };
    slice.total += 1;
    if (failed) slice.failures += 1;
    this.#slices.set(number, slice);
    this.#forget(number);
  }

  read(nowMs: number): { readonly total: number; readonly failures: number } {
    this.#forget(Math.floor(nowMs / this.#sliceMs));
    let [total, failures] = [0, 0];
    for (const slice of this.#slices.values()) {
      total += slice.total;
      failures += slice.failures;
    }
    return { total, failures };
  }

  clear(): void {
    this.#slices.clear();
  }

  #forget(newest: number): void {
    for (const number of this.#slices.keys()) if (number <= newest - SLICES) this.#slices.delete(number);
  }
}
