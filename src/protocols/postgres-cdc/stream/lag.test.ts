import { expect, test } from "@jest/globals";
import { LagClock } from "./lag.ts";

const SECOND_US = 1_000_000n;
const end = (writtenTo: bigint, seconds: bigint) => ({ writtenTo, atUs: seconds * SECOND_US });

test("the lag is the time since the last end of the log that was received", () => {
  const clock = new LagClock();
  expect(clock.lagMs(10n, end(10n, 100n))).toBe(0);
  expect(clock.lagMs(10n, end(20n, 105n))).toBe(5_000);
  expect(clock.lagMs(10n, end(30n, 110n))).toBe(10_000);
  expect(clock.lagMs(25n, end(40n, 115n))).toBe(10_000); // the end at 105 s was received since
  expect(clock.lagMs(40n, end(40n, 120n))).toBe(0);
  expect(clock.lagMs(40n, end(50n, 125n))).toBe(5_000);
});

test("the lag is not known before anything is, and known by the first commit that arrives", () => {
  const clock = new LagClock();
  expect(clock.lagMs(0n, end(20n, 100n))).toBeUndefined();
  clock.received(40n * SECOND_US);
  expect(clock.lagMs(10n, end(20n, 101n))).toBe(61_000);
  clock.received(30n * SECOND_US); // a transaction that was sent again
  expect(clock.lagMs(10n, end(20n, 102n))).toBe(62_000);
});

test("a stream that is behind for days is measured by the newest end of the log, in bounded memory", () => {
  const clock = new LagClock();
  clock.lagMs(0n, end(0n, 1n));
  for (let second = 2n; second <= 20_000n; second += 1n) clock.lagMs(0n, end(second, second));
  expect(clock.lagMs(0n, end(20_001n, 20_001n))).toBe(20_000_000);
  expect(clock.lagMs(500n, end(20_002n, 20_002n))).toBe(19_502_000);
  expect(clock.lagMs(20_002n, end(20_003n, 20_003n))).toBe(1_000);
});
