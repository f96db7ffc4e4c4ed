/** Deterministic pseudo-random numbers: the same seed gives the same sequence. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Integer in [low, high], both included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  digits(length: number): string;
}

/** Creates a stream of numbers that depends only on its parts: one stream for each account and day. */
export function createRandom(...parts: readonly number[]): Random {
  const next = mulberry32(parts.reduce((state, part) => mix(state ^ mix(part)), 0x2545f491));
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    digits: (length) => digitsOf(next, length),
  };
}

/** Nine at a time, because a day needs a hundred thousand of them. */
function digitsOf(next: () => number, length: number): string {
  let digits = "";
  while (digits.length < length) digits += String(Math.floor(next() * 1e9)).padStart(9, "0");
  return digits.slice(0, length);
}

/** Maps similar numbers (day 1, day 2) to very different ones. */
function mix(value: number): number {
  let state = Math.imul((value | 0) ^ 0x9e3779b9, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
