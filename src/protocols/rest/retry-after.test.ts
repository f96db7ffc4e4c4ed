import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_PAUSE_MS } from "../pause.ts";
import { classifyStatus } from "./classify.ts";
import { retryAfterMs, retryPause } from "./retry-after.ts";

const NOW = Date.UTC(2026, 10, 22, 17, 24, 24);
const CAPPED = new Set(["3601", "1000000000", "9".repeat(400), "Wed, 22 Nov 2028 17:24:54 GMT"]);

describe("Retry-After", () => {
  test.each([
    ["0", undefined],
    ["1", 1_000],
    [" 120 ", 120_000],
    ["3601", MAX_PAUSE_MS],
    ["1000000000", MAX_PAUSE_MS],
    ["9".repeat(400), MAX_PAUSE_MS],
    ["Sun, 22 Nov 2026 17:24:54 GMT", 30_000],
    ["Sunday, 22-Nov-26 17:24:54 GMT", 30_000],
    ["Sun Nov 22 17:24:54 2026", 30_000],
    ["Wed, 22 Nov 2028 17:24:54 GMT", MAX_PAUSE_MS],
    ["Sun, 22 Nov 2026 17:24:24 GMT", undefined],
    ["Sun, 22 Nov 2020 17:24:54 GMT", undefined],
    ["Sun, 31 Feb 2027 17:24:54 GMT", undefined],
    ["30, 120", 120_000],
    ["120,30", 120_000],
    ["30, soon", undefined],
    ["30,", undefined],
    ["-5", undefined],
    ["+5", undefined],
    ["1.5", undefined],
    ["1e9", undefined],
    ["0x10", undefined],
    ["2026-11-22T17:24:54Z", undefined],
    ["soon", undefined],
    ["", undefined],
  ])("%j requests a pause of %s ms (F20)", (value, expected) => {
    expect(retryAfterMs({ "retry-after": value }, NOW)).toBe(expected);
    expect(retryPause({ "retry-after": value }, NOW)?.capped).toBe(
      expected === undefined ? undefined : CAPPED.has(value),
    );
    expect(classifyStatus({ status: 429, headers: { "retry-after": value } }, NOW)?.retryAfterMs).toBe(expected);
  });

  test("a date is relative to the response's own Date, whatever our clock says (F20)", () => {
    const headers = { "retry-after": "Sun, 22 Nov 2026 17:24:54 GMT", date: "Sun, 22 Nov 2026 17:24:44 GMT" };
    expect(retryAfterMs(headers, NOW + 86_400_000)).toBe(10_000);
  });

  test("without a header there is no pause", () => {
    expect(retryAfterMs({}, NOW)).toBeUndefined();
  });

  test("whole seconds are kept to the millisecond, or reported as capped (F20)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (seconds) => {
        const pause = retryPause({ "retry-after": String(seconds) }, NOW);
        expect(pause).toEqual({
          pauseMs: Math.min(seconds * 1000, MAX_PAUSE_MS),
          capped: seconds * 1000 > MAX_PAUSE_MS,
        });
      }),
    );
  });

  test("a date is honoured by the upstream's clock: never earlier, and never later than the cap (F20)", () => {
    const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(second, fc.integer({ min: -7_200, max: 7_200 }), fc.integer(), (answeredMs, seconds, ourClockMs) => {
        const text = (epochMs: number) => new Date(epochMs).toUTCString();
        const headers = { date: text(answeredMs), "retry-after": text(answeredMs + seconds * 1000) };
        const expectedPause = { pauseMs: Math.min(seconds * 1000, MAX_PAUSE_MS), capped: seconds > 3_600 };
        expect(retryPause(headers, ourClockMs)).toEqual(seconds > 0 ? expectedPause : undefined);
      }),
    );
  });

  test("any text gives a pause between 1 ms and the cap, or none (F20)", () => {
    const near = fc.stringMatching(/^[-+ ]?[0-9]{0,20}[.,eExX]?[0-9 ]{0,4}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), near, fc.date().map(String)), fc.string(), (value, date) => {
        const pauseMs = retryAfterMs({ "retry-after": value, date }, NOW);
        if (pauseMs === undefined) return;
        expect(pauseMs).toBeGreaterThan(0);
        expect(pauseMs).toBeLessThanOrEqual(MAX_PAUSE_MS);
      }),
      { numRuns: 1_000 },
    );
  });
});
