import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { foldRenamings, type Name, type Renaming } from "./fold-renamings.ts";

const name = (externalId: string, root: string, replaced: boolean): Name => ({ externalId, root, replaced });

test("an id that replaces another one belongs to its object", () => {
  expect(foldRenamings([], [{ from: "a", to: "b" }])).toEqual({
    names: [name("a", "a", true), name("b", "a", false)],
    merges: [{ root: "a", holder: "b", absorbed: ["b"] }],
  });
});

test("a chain keeps its first id, and each name stands after the one that it replaces", () => {
  const renamings = [
    { from: "b", to: "c" },
    { from: "a", to: "b" },
  ];
  expect(foldRenamings([], renamings)).toEqual({
    names: [name("a", "a", true), name("b", "a", true), name("c", "a", false)],
    merges: [{ root: "a", holder: "c", absorbed: ["b", "c"] }],
  });
});

test("an earlier id that is learned of late becomes the root; the state is where the id in use was", () => {
  const known = [name("b", "b", true), name("c", "b", false)];
  expect(foldRenamings(known, [{ from: "a", to: "b" }])).toEqual({
    names: [name("b", "a", true), name("c", "a", false), name("a", "a", true)],
    merges: [{ root: "a", holder: "b", absorbed: ["b"] }],
  });
});

test.each<[string, readonly Name[], readonly Renaming[]]>([
  ["what is known", [name("a", "a", true), name("b", "a", false)], [{ from: "a", to: "b" }]],
  ["a circle", [name("a", "a", true), name("b", "a", false)], [{ from: "b", to: "a" }]],
  ["an id that replaces itself", [], [{ from: "a", to: "a" }]],
])("%s changes nothing", (_what, known, renamings) => {
  expect(foldRenamings(known, renamings)).toEqual({ names: [], merges: [] });
});

test("however the renamings of chains come, each chain is one object under its first id", () => {
  const ids = Array.from({ length: 8 }, (_, index) => `id${index}`);
  // Each id but the first of a chain replaces the one before it.
  const chains = fc.array(fc.boolean(), { minLength: ids.length - 1, maxLength: ids.length - 1 }).map((linked) => {
    const roots = ids.map((id) => id);
    const renamings: Renaming[] = [];
    for (const [index, isLinked] of linked.entries()) {
      const [from = "", to = ""] = ids.slice(index, index + 2);
      if (!isLinked) continue;
      roots[index + 1] = roots[index] ?? "";
      renamings.push({ from, to });
    }
    return { roots, renamings };
  });
  const histories = chains.chain(({ roots, renamings }) =>
    fc.record({
      roots: fc.constant(roots),
      order: fc.shuffledSubarray(renamings, { minLength: renamings.length }),
      cuts: fc.array(fc.nat({ max: 8 }), { maxLength: 4 }),
    }),
  );
  fc.assert(
    fc.property(histories, ({ roots, order, cuts }) => {
      const known = new Map<string, Name>();
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), order.length];
      for (const [index, to] of bounds.entries()) {
        const { names } = foldRenamings(known.values(), order.slice(bounds[index - 1] ?? 0, to));
        for (const one of names) known.set(one.externalId, one);
      }
      for (const [index, id] of ids.entries()) {
        const isLast = ids[index + 1] === undefined || roots[index + 1] !== roots[index];
        const isLone = isLast && roots[index] === id;
        expect(known.get(id)).toEqual(isLone ? undefined : name(id, roots[index] ?? "", !isLast));
      }
    }),
  );
});
