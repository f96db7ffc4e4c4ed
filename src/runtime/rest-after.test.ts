import { expect, test } from "@jest/globals";
import { restAfter } from "./rest-after.ts";

test("a round over few tenants is followed by no rest", () => {
  expect([restAfter(5_000, 0), restAfter(5_000, 19)]).toEqual([0, 0]);
});

test("rounds over many tenants take a quarter of the time", () => {
  expect([restAfter(1_000, 20), restAfter(250, 1_000)]).toEqual([3_000, 750]);
});

test("a rest is half a minute at most", () => {
  expect(restAfter(600_000, 20)).toBe(30_000);
});
