import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { mergeAliases, type Name, type AliasLink } from "./merge-aliases.ts";

const name = (externalId: string, root: string, replaced: boolean): Name => ({ externalId, root, replaced });

test("an id that replaces another one belongs to the same object", () => {
  expect(mergeAliases([], [{ from: "a", to: "b" }])).toEqual({
    names: [name("a", "a", true), name("b", "a", false)],
    merges: [{ root: "a", holder: "b", absorbed: ["b"] }],
  });
});

test("a chain keeps its first id, and each alias follows the one that it replaces", () => {
  const aliasLinks = [
    { from: "b", to: "c" },
    { from: "a", to: "b" },
  ];
  expect(mergeAliases([], aliasLinks)).toEqual({
    names: [name("a", "a", true), name("b", "a", true), name("c", "a", false)],
    merges: [{ root: "a", holder: "c", absorbed: ["b", "c"] }],
  });
});

test("an earlier id that is learned late becomes the root, and the state stays that of the id in use", () => {
  const known = [name("b", "b", true), name("c", "b", false)];
  expect(mergeAliases(known, [{ from: "a", to: "b" }])).toEqual({
    names: [name("c", "a", false), name("a", "a", true), name("b", "a", true)],
    merges: [{ root: "a", holder: "b", absorbed: ["b"] }],
  });
});

test.each<[string, readonly Name[], readonly AliasLink[]]>([
  ["a known alias", [name("a", "a", true), name("b", "a", false)], [{ from: "a", to: "b" }]],
  ["a circle", [name("a", "a", true), name("b", "a", false)], [{ from: "b", to: "a" }]],
  ["an id that replaces itself", [], [{ from: "a", to: "a" }]],
  [
    "C20: a second id that replaces the same one",
    [name("a", "a", true), name("b", "a", false)],
    [{ from: "a", to: "c" }],
  ],
  [
    "C20: a second id that is replaced by the same one",
    [name("a", "a", true), name("b", "a", false)],
    [{ from: "c", to: "b" }],
  ],
])("%s changes nothing", (_what, known, aliasLinks) => {
  expect(mergeAliases(known, aliasLinks)).toEqual({ names: [], merges: [] });
});

test("C20: when two ids replace the same one in one batch, the first is its object, and the other is left out", () => {
  const aliasLinks = [
    { from: "a", to: "c" },
    { from: "a", to: "b" },
    { from: "b", to: "d" },
  ];
  expect(mergeAliases([], aliasLinks)).toEqual({
    names: [name("a", "a", true), name("b", "b", true), name("c", "a", false), name("d", "b", false)],
    merges: [
      { root: "a", holder: "c", absorbed: ["c"] },
      { root: "b", holder: "d", absorbed: ["d"] },
    ],
  });
});

test("in any order of renamings, each chain is one object under its first id", () => {
  const ids = Array.from({ length: 8 }, (_, index) => `id${index}`);
  // Each id but the first of a chain replaces the one before it.
  const chains = fc.array(fc.boolean(), { minLength: ids.length - 1, maxLength: ids.length - 1 }).map((linked) => {
    const roots = ids.map((id) => id);
    const aliasLinks: AliasLink[] = [];
    for (const [index, isLinked] of linked.entries()) {
      const [from = "", to = ""] = ids.slice(index, index + 2);
      if (!isLinked) continue;
      roots[index + 1] = roots[index] ?? "";
      aliasLinks.push({ from, to });
    }
    return { roots, aliasLinks };
  });
  const histories = chains.chain(({ roots, aliasLinks }) =>
    fc.record({
      roots: fc.constant(roots),
      order: fc.shuffledSubarray(aliasLinks, { minLength: aliasLinks.length }),
      cuts: fc.array(fc.nat({ max: 8 }), { maxLength: 4 }),
    }),
  );
  fc.assert(
    fc.property(histories, ({ roots, order, cuts }) => {
      const known = new Map<string, Name>();
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), order.length];
      for (const [index, to] of bounds.entries()) {
        const { names } = mergeAliases(known.values(), order.slice(bounds[index - 1] ?? 0, to));
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
