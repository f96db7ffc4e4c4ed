/** Random choices that are the same for the same seed. */
export interface Draw {
  /** A whole number, both bounds included. */
  between(from: number, to: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** Source: Mulberry32 by Tommy Ettinger, public domain. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    chance: (percent) => next() * 100 < percent,
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]; // its own keys
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      throw new Error("weights must be positive");
    },
    shuffled(items) {
      const copy = [...items];
      for (let index = copy.length - 1; index > 0; index--) {
        const other = between(0, index);
        [copy[index], copy[other]] = [copy[other] as never, copy[index] as never]; // both are in the array
      }
      return copy;
    },
  };
}
