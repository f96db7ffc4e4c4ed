import { expect, test } from "@jest/globals";
import { type SourceFreshness, staleReason } from "./freshness.ts";

const NOW_MS = Date.parse("2026-05-01T12:00:00Z");
const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1_000).toISOString();
const source = (change: Partial<SourceFreshness> = {}): SourceFreshness => ({
  status: "ACTIVE",
  scheduleSeconds: 60,
  lastSuccessAt: ago(30),
  ...change,
});
const reasonOf = (observedSecondsAgo: number, of: SourceFreshness | undefined) =>
  staleReason({ observedAt: ago(observedSecondsAgo), source: of, nowMs: NOW_MS });

test.each([
  ["PAUSED", "SOURCE_PAUSED"],
  ["NEEDS_CREDENTIALS", "NEEDS_CREDENTIALS"],
  ["UNREACHABLE", "UNREACHABLE"],
] as const)("an object of a source that is %s is stale: %s", (status, reason) => {
  expect(reasonOf(0, source({ status }))).toBe(reason);
});

test("an object is stale after three schedules without an observation and without a successful run", () => {
  expect(reasonOf(1_000, source())).toBeUndefined();
  expect(reasonOf(180, source({ lastSuccessAt: ago(181) }))).toBeUndefined();
  expect(reasonOf(181, source({ lastSuccessAt: ago(181) }))).toBe("SYNC_LATE");
  expect(reasonOf(181, source({ lastSuccessAt: null }))).toBe("SYNC_LATE");
  expect(reasonOf(1_000_000, source({ scheduleSeconds: null, lastSuccessAt: null }))).toBeUndefined();
  expect(reasonOf(0, undefined)).toBe("SOURCE_REMOVED");
});
