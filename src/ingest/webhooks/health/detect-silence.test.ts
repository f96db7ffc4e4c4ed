import { describe, expect, test } from "@jest/globals";
import { detectSilence } from "./detect-silence.ts";
import type { Past, Silence } from "./expected-rate.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC, with four weeks of history. */
const NOW = Date.UTC(2026, 1, 2);
const START = NOW - 14 * DAY;

/** The result when the last of some deliveries has arrived. */
function pastOf(deliveries: readonly number[], silences: readonly Silence[] = []): Past {
  const minutes = new Set(deliveries.map((at) => at - (at % MINUTE)));
  const hours = Map.groupBy(minutes, (at) => at - (at % HOUR));
  return {
    hours: [...hours].map(([startMs, some]) => ({ startMs, active: some.length })),
    silences,
    fromMs: Math.min(...deliveries),
    untilMs: Math.max(...deliveries),
  };
}

/** Times every `stepMs` from the start of the history until now, where one arrives at that time. */
function regular(stepMs: number, comes: (at: Date) => boolean = () => true, untilMs = NOW): number[] {
  const count = Math.ceil((untilMs - START) / stepMs);
  return Array.from({ length: count }, (_, n) => START + n * stepMs).filter((at) => comes(new Date(at)));
}

const isSilentAfter = (past: Past, ms: number) => detectSilence(past, past.untilMs + ms) !== undefined;

describe("silence is detected", () => {
  test("at a source with several webhooks a minute, after five minutes", () => {
    const past = pastOf(regular(10_000));
    expect([isSilentAfter(past, 5 * MINUTE - 1), isSilentAfter(past, 5 * MINUTE)]).toEqual([false, true]);
    const silent = detectSilence(past, past.untilMs + 6 * MINUTE);
    expect(silent?.expected).toBeGreaterThan(14);
    expect(silent?.expectedPerHour).toBeGreaterThan(60);
  });

  test("at a source with one webhook every ten minutes, after about fourteen times that", () => {
    const past = pastOf(regular(10 * MINUTE));
    expect([isSilentAfter(past, 120 * MINUTE), isSilentAfter(past, 160 * MINUTE)]).toEqual([false, true]);
  });

  test("at a source that is active by day, on the next morning and not during the night", () => {
    const past = pastOf(regular(2 * MINUTE, (at) => at.getUTCHours() >= 8 && at.getUTCHours() < 18, NOW - 5 * HOUR));
    expect(new Date(past.untilMs).getUTCHours()).toBe(17);
    expect([isSilentAfter(past, 14 * HOUR), isSilentAfter(past, 15 * HOUR)]).toEqual([false, true]); // 08:00, 09:00
  });

  test("at a source that is active on weekdays, on Monday and not at the weekend", () => {
    const isWorkday = (at: Date) => at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 8 && at.getUTCHours() < 18;
    const past = pastOf(regular(2 * MINUTE, isWorkday));
    expect(new Date(past.untilMs).getUTCDay()).toBe(5);
    expect([isSilentAfter(past, 62 * HOUR), isSilentAfter(past, 63 * HOUR)]).toEqual([false, true]);
  });
});

describe("silence is not evaluated", () => {
  test.each<[string, Past]>([
    ["without any history", { hours: [], silences: [], fromMs: NOW, untilMs: NOW }],
    ["before one hour of history", pastOf(regular(MINUTE, () => true, START + 59 * MINUTE))],
    ["before about twenty minutes with deliveries", pastOf(regular(HOUR, () => true, START + 19 * HOUR))],
  ])("%s", (_what, past) => {
    expect(isSilentAfter(past, 2 * DAY)).toBe(false);
  });

  test("hours without history need as much evidence as hours with history", () => {
    const past = pastOf(regular(MINUTE, () => true, START + 2 * HOUR));
    expect([isSilentAfter(past, 30 * MINUTE), isSilentAfter(past, 2 * HOUR)]).toEqual([false, true]);
  });
});

test("a past silence does not change the expected rate", () => {
  const silence = { sinceMs: START + 2 * DAY, untilMs: NOW - 2 * HOUR };
  const all = regular(4 * MINUTE);
  const broken = all.filter((at) => at < silence.sinceMs || at > silence.untilMs);
  const [steady, taught, untaught] = [pastOf(all), pastOf(broken, [silence]), pastOf(broken)];
  const expectedOf = (past: Past) => detectSilence(past, past.untilMs + 3 * HOUR)?.expected ?? 0;
  expect(Math.abs(expectedOf(taught) / expectedOf(steady) - 1)).toBeLessThan(0.25);
  expect(expectedOf(untaught)).toBeLessThan(expectedOf(steady) / 2);
});

test.each([0.02, 0.2, 2])("random deliveries of %d a minute are never reported as silence", (perMinute) => {
  let state = 42;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const deliveries: number[] = [];
  for (let at = START; at < NOW; at += (-Math.log(random()) / perMinute) * MINUTE) deliveries.push(at);
  const alarms = deliveries.filter((at, index) => {
    const gapMs = (deliveries[index + 1] ?? at) - at;
    if (gapMs < 5 * MINUTE || index < 20) return false;
    return detectSilence(pastOf(deliveries.slice(0, index + 1)), at + gapMs) !== undefined;
  });
  expect(alarms).toEqual([]);
});
