import { expect, test } from "@jest/globals";
import { createClockOffsets, type DatedResponse } from "./clock-offsets.ts";

const START_MS = Date.parse("2026-06-01T12:00:00Z");

/** Responses of an upstream whose clock is behind by this time, two seconds apart. */
function offsetAfter(responses: readonly (Partial<DatedResponse> & { readonly behindMs?: number })[], everyMs = 2_000) {
  let nowMs = START_MS + 730;
  const offsets = createClockOffsets(() => nowMs);
  offsets.use("credential", { tenantId: "acme", sourceId: "bank" });
  for (const { behindMs = 0, durationMs = 100, ...response } of responses) {
    const date = new Date(nowMs - durationMs / 2 - behindMs).toUTCString();
    offsets.add("credential", { status: 200, durationMs, ...response, headers: { date, ...response.headers } });
    nowMs += everyMs;
  }
  return offsets.take()[0]?.offsetMs;
}

const times = <Each>(count: number, each: Each): readonly Each[] => Array.from({ length: count }, () => each);

test("the offset is that of the upstream's clock, in either direction, within a second", () => {
  expect(offsetAfter(times(5, { behindMs: 180_000 }))).toBeGreaterThan(179_400);
  expect(offsetAfter(times(5, { behindMs: 180_000 }))).toBeLessThan(180_600);
  expect(offsetAfter(times(5, { behindMs: -45_000 }))).toBeGreaterThan(-45_600);
  expect(offsetAfter(times(5, { behindMs: -45_000 }))).toBeLessThan(-44_400);
  expect(Math.abs(offsetAfter(times(5, {})) ?? Infinity)).toBeLessThan(600);
});

test("a slow response counts with half of its duration, and one of more than five seconds not at all", () => {
  expect(Math.abs(offsetAfter(times(3, { durationMs: 4_000 })) ?? Infinity)).toBeLessThan(600);
  expect(offsetAfter(times(3, { durationMs: 6_000, behindMs: 180_000 }))).toBeUndefined();
});

test("two of five wrong responses change nothing", () => {
  const found = offsetAfter([...times(2, { behindMs: 900_000 }), ...times(3, {})]);
  expect(Math.abs(found ?? Infinity)).toBeLessThan(600);
});

test("fewer than three samples prove nothing, and calls of one second are one sample", () => {
  expect(offsetAfter(times(2, { behindMs: 180_000 }))).toBeUndefined();
  expect(offsetAfter(times(20, { behindMs: 180_000 }), 10)).toBeUndefined();
});

test.each<[string, Partial<DatedResponse>]>([
  ["of a cache", { headers: { age: "3" } }],
  ["without a date", { headers: { date: "yesterday" } }],
  ["of a gateway that failed", { status: 502 }],
])("responses %s are no samples", (_name, response) => {
  expect(offsetAfter(times(5, { behindMs: 180_000, ...response }))).toBeUndefined();
});

test("an offset is taken once, until there are new responses, and forgotten after an hour without one", () => {
  let nowMs = START_MS;
  const offsets = createClockOffsets(() => nowMs);
  const respond = () => {
    offsets.use("credential", { tenantId: "acme", sourceId: "bank" });
    const headers = { date: new Date(nowMs - 60_000).toUTCString() };
    offsets.add("credential", { status: 200, durationMs: 0, headers });
    nowMs += 1_000;
  };
  for (let n = 0; n < 3; n += 1) respond();
  expect(offsets.take()).toMatchObject([{ tenantId: "acme", sourceId: "bank", offsetMs: 59_500 }]);
  expect(offsets.take()).toEqual([]);
  respond();
  expect(offsets.take()).toHaveLength(1);
  nowMs += 3_600_000;
  respond();
  expect(offsets.take()).toEqual([]);
});

test("an offset is that of every source that has called with the credential within an hour, and of no other", () => {
  let nowMs = START_MS;
  const offsets = createClockOffsets(() => nowMs);
  const respond = (credential: string) => {
    for (let n = 0; n < 3; n += 1) {
      offsets.add(credential, {
        status: 200,
        durationMs: 0,
        headers: { date: new Date(nowMs - 60_000).toUTCString() },
      });
      nowMs += 1_000;
    }
  };
  const named = () => offsets.take().map(({ tenantId, sourceId }) => `${tenantId} ${sourceId}`);
  offsets.use("shared", { tenantId: "acme", sourceId: "first" });
  offsets.use("shared", { tenantId: "umbrella", sourceId: "second" });
  offsets.use("own", { tenantId: "acme", sourceId: "other" });
  respond("shared");
  expect(named()).toEqual(["acme first", "umbrella second"]);
  respond("nobody's");
  expect(named()).toEqual([]);
  nowMs += 3_590_000;
  offsets.use("shared", { tenantId: "umbrella", sourceId: "second" });
  nowMs += 60_000;
  respond("shared");
  expect(named()).toEqual(["umbrella second"]);
});
