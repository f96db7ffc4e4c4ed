/** An amount that may be part of a sum. */
export interface Part {
  readonly id: string;
  /** Positive. */
  readonly units: bigint;
}

/** More parts are not combined: so many have sums that are equal by chance. */
export const MAX_PARTS = 12;

/** Number of solutions that are returned when there are several. */
const MAX_SOLUTIONS = 3;

/** Sets of parts that add up to an amount. */
export type CoveringSets =
  | { readonly kind: "none" }
  | { readonly kind: "unique"; readonly ids: readonly string[] }
  /** The first solutions, in the order of the parts. */
  | { readonly kind: "several"; readonly solutions: readonly (readonly string[])[] }
  | { readonly kind: "too-many-parts" };

/**
 * Finds the sets of parts whose sum is exactly one of the targets. Meet in the middle: the sums of both halves are
 * enumerated, at most 64 each, and combined by a table.
 * @param minimum number of parts of a set, 1 or 2
 */
export function findCoveringSets(parts: readonly Part[], targets: readonly bigint[], minimum: 1 | 2 = 2): CoveringSets {
  if (parts.length > MAX_PARTS) return { kind: "too-many-parts" };
  const middle = Math.ceil(parts.length / 2);
  const lower = subsetSums(parts.slice(0, middle));
  const upper = subsetSums(parts.slice(middle));
  const byUpperSum = new Map<bigint, number[]>();
  for (const [mask, sum] of upper.entries()) {
    const masks = byUpperSum.get(sum);
    if (masks === undefined) byUpperSum.set(sum, [mask]);
    else masks.push(mask);
  }
  const solutions: number[] = [];
  for (const target of new Set(targets)) {
    for (const [mask, sum] of lower.entries()) {
      for (const other of byUpperSum.get(target - sum) ?? []) {
        const whole = mask | (other << middle);
        if (minimum === 1 ? whole !== 0 : hasTwoBits(whole)) solutions.push(whole);
      }
    }
  }
  const [only] = solutions;
  if (only === undefined) return { kind: "none" };
  if (solutions.length === 1) return { kind: "unique", ids: idsOf(parts, only) };
  const first = solutions.toSorted((a, b) => a - b).slice(0, MAX_SOLUTIONS);
  return { kind: "several", solutions: first.map((mask) => idsOf(parts, mask)) };
}

/** Sum of each subset, by the bits of its parts. */
function subsetSums(parts: readonly Part[]): readonly bigint[] {
  const sums = [0n];
  for (const { units } of parts) {
    for (let mask = 0, count = sums.length; mask < count; mask++) sums.push((sums[mask] ?? 0n) + units);
  }
  return sums;
}

function hasTwoBits(mask: number): boolean {
  return (mask & (mask - 1)) !== 0;
}

function idsOf(parts: readonly Part[], mask: number): readonly string[] {
  return parts.filter((_, index) => (mask & (1 << index)) !== 0).map(({ id }) => id);
}
