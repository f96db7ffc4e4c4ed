import { describe, expect, test } from "@jest/globals";
import { judgeSilence } from "./judge-silence.ts";
import type { Past, Silence } from "./usual-rate.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC, with four weeks of past. */
const NOW = Date.UTC(2026, 1, 2);
const START = NOW - 14 * DAY;

/** What is known when the last of some deliveries has come. */
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

/** Every `stepMs` from the start of the past until now, where it comes at that time. */
function regular(stepMs: number, comes: (at: Date) => boolean = () => true, untilMs = NOW): number[] {
  const count = Math.ceil((untilMs - START) / stepMs);
  return Array.from({ length: count }, (_, n) => START + n * stepMs).filter((at) => comes(new Date(at)));
}

const isSilentAfter = (past: Past, ms: number) => judgeSilence(past, past.untilMs + ms) !== undefined;

describe("deliveries have stopped", () => {
  test("at a source that has some each minute, after five minutes", () => {
    const past = pastOf(regular(10_000));
    expect([isSilentAfter(past, 5 * MINUTE - 1), isSilentAfter(past, 5 * MINUTE)]).toEqual([false, true]);
    const silent = judgeSilence(past, past.untilMs + 6 * MINUTE);
    expect(silent?.expected).toBeGreaterThan(14);
    expect(silent?.usualPerHour).toBeGreaterThan(60);
  });

  test("at a source that has one every ten minutes, after about fourteen times that", () => {
    const past = pastOf(regular(10 * MINUTE));
    expect([isSilentAfter(past, 120 * MINUTE), isSilentAfter(past, 160 * MINUTE)]).toEqual([false, true]);
  });

  test("not in the night of a source that works by day, but in the morning after", () => {
    const past = pastOf(regular(2 * MINUTE, (at) => at.getUTCHours() >= 8 && at.getUTCHours() < 18, NOW - 5 * HOUR));
    expect(new Date(past.untilMs).getUTCHours()).toBe(17);
    expect([isSilentAfter(past, 14 * HOUR), isSilentAfter(past, 15 * HOUR)]).toEqual([false, true]); // 08:00, 09:00
  });

  test("not on the weekend of a source that works in the week, but on Monday", () => {
    const isWorkday = (at: Date) => at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 8 && at.getUTCHours() < 18;
    const past = pastOf(regular(2 * MINUTE, isWorkday));
    expect(new Date(past.untilMs).getUTCDay()).toBe(5);
    expect([isSilentAfter(past, 62 * HOUR), isSilentAfter(past, 63 * HOUR)]).toEqual([false, true]);
  });
});

describe("nothing is judged", () => {
  test.each<[string, Past]>([
    ["without any past", { hours: [], silences: [], fromMs: NOW, untilMs: NOW }],
    ["before an hour is known", pastOf(regular(MINUTE, () => true, START + 59 * MINUTE))],
    ["before some twenty minutes with deliveries", pastOf(regular(HOUR, () => true, START + 19 * HOUR))],
  ])("%s", (_what, past) => {
    expect(isSilentAfter(past, 2 * DAY)).toBe(false);
  });

  test("as sure in hours that were never seen as in those that were", () => {
    const past = pastOf(regular(MINUTE, () => true, START + 2 * HOUR));
    expect([isSilentAfter(past, 30 * MINUTE), isSilentAfter(past, 2 * HOUR)]).toEqual([false, true]);
  });
});

test("a silence teaches nothing of what is usual", () => {
  const silence = { sinceMs: START + 2 * DAY, untilMs: NOW - 2 * HOUR };
  const all = regular(4 * MINUTE);
  const broken = all.filter((at) => at < silence.sinceMs || at > silence.untilMs);
  const [steady, taught, untaught] = [pastOf(all), pastOf(broken, [silence]), pastOf(broken)];
  const expectedOf = (past: Past) => judgeSilence(past, past.untilMs + 3 * HOUR)?.expected ?? 0;
  expect(Math.abs(expectedOf(taught) / expectedOf(steady) - 1)).toBeLessThan(0.25);
  expect(expectedOf(untaught)).toBeLessThan(expectedOf(steady) / 2);
});

test.each([0.02, 0.2, 2])("deliveries by chance, %d a minute, are never taken for silence", (perMinute) => {
  let state = 42;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const deliveries: number[] = [];
  for (let at = START; at < NOW; at += (-Math.log(random()) / perMinute) * MINUTE) deliveries.push(at);
  const alarms = deliveries.filter((at, index) => {
    const gapMs = (deliveries[index + 1] ?? at) - at;
    if (gapMs < 5 * MINUTE || index < 20) return false;
    return judgeSilence(pastOf(deliveries.slice(0, index + 1)), at + gapMs) !== undefined;
  });
  expect(alarms).toEqual([]);
});
