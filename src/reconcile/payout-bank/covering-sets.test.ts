import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CoveringSets, findCoveringSets, MAX_PARTS, type Part } from "./covering-sets.ts";

const partsOf = (...units: readonly bigint[]): readonly Part[] =>
  units.map((one, index) => ({ id: `p${index}`, units: one }));

/** Every subset of at least two parts with one of the sums, found by trying all of them. */
function bruteForce(parts: readonly Part[], targets: readonly bigint[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  for (let mask = 1; mask < 2 ** parts.length; mask++) {
    const own = parts.filter((_, index) => (mask >> index) % 2 === 1);
    const sum = own.reduce((total, { units }) => total + units, 0n);
    if (own.length >= 2 && targets.includes(sum)) found.push(own.map(({ id }) => id));
  }
  return found;
}

function solutionsOf(found: CoveringSets): readonly (readonly string[])[] {
  if (found.kind === "unique") return [found.ids];
  return found.kind === "several" ? found.solutions : [];
}

describe("findCoveringSets", () => {
  test("finds the only set with the sum", () => {
    expect(findCoveringSets(partsOf(100n, 250n, 399n), [350n])).toEqual({ kind: "unique", ids: ["p0", "p1"] });
  });

  test("a single part with the amount is no set", () => {
    expect(findCoveringSets(partsOf(100n, 250n), [100n])).toEqual({ kind: "none" });
  });

  test("returns three of several sets", () => {
    const found = findCoveringSets(partsOf(100n, 100n, 100n, 100n), [200n]);
    expect(found).toEqual({
      kind: "several",
      solutions: [
        ["p0", "p1"],
        ["p0", "p2"],
        ["p1", "p2"],
      ],
    });
  });

  test("sums beyond 64 bits and beyond the digits of a float are exact", () => {
    const [large, small] = [10n ** 30n, 1n];
    expect(findCoveringSets(partsOf(large, small, 7n), [large + small]).kind).toBe("unique");
    expect(findCoveringSets(partsOf(large, small, 7n), [large + small + 1n]).kind).toBe("none");
  });

  test("does not combine more than twelve parts", () => {
    const many = partsOf(...Array.from({ length: MAX_PARTS + 1 }, (_, n) => BigInt(n + 1)));
    expect(findCoveringSets(many, [3n])).toEqual({ kind: "too-many-parts" });
    expect(findCoveringSets(many.slice(0, MAX_PARTS), [3n]).kind).toBe("unique");
  });

  test("has the result of trying every subset, for any parts and targets", () => {
    const units = fc.bigInt({ min: 1n, max: 60n });
    fc.assert(
      fc.property(
        fc.array(units, { maxLength: MAX_PARTS }),
        fc.array(fc.bigInt({ min: 1n, max: 200n }), { minLength: 1, maxLength: 2 }),
        (amounts, targets) => {
          const parts = partsOf(...amounts);
          const expected = bruteForce(parts, targets);
          const kind = expected.length === 0 ? "none" : expected.length === 1 ? "unique" : "several";
          const found = findCoveringSets(parts, targets);
          const solutions = solutionsOf(found);
          expect(found.kind).toBe(kind);
          expect(solutions).toHaveLength(Math.min(3, expected.length));
          expect(expected).toEqual(expect.arrayContaining([...solutions]));
        },
      ),
    );
  });
});
