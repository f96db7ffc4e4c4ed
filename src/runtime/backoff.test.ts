import { expect, test } from "@jest/globals";
import { backoffBoundMs, equalJitterMs, fullJitterMs } from "./backoff.ts";

const POLICY = { baseMs: 100, capMs: 1_000 };

test("the bound doubles with each failure, up to the cap, however many there are", () => {
  expect([1, 2, 3, 4, 5, 6, 2_000].map((failures) => backoffBoundMs(POLICY, failures))).toEqual([
    100, 200, 400, 800, 1_000, 1_000, 1_000,
  ]);
});

test("full jitter is between zero and the bound", () => {
  expect([0, 0.5, 0.75].map((value) => fullJitterMs(POLICY, 3, () => value))).toEqual([0, 200, 300]);
});

test("equal jitter is between half of the bound and the bound", () => {
  expect([0, 0.5, 0.75].map((value) => equalJitterMs(POLICY, 3, () => value))).toEqual([200, 300, 350]);
});
