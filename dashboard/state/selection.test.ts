import { expect, test } from "@jest/globals";
import { createSelection } from "./selection.ts";

test("items are selected and left out again, without a change of the earlier selection", () => {
  const one = createSelection().toggle("a");
  const two = one.toggle("b");
  expect([[...one.ids], [...two.ids], [...two.toggle("a").ids]]).toEqual([["a"], ["a", "b"], ["b"]]);
});

test("all that match includes every item, and a changed one of it is no longer all", () => {
  const all = createSelection({ isAll: true });
  expect([all.has("any"), all.ids.size]).toEqual([true, 0]);
  expect(all.toggle("a")).toMatchObject({ isAll: false, ids: new Set(["a"]) });
});
