import { describe, expect, test } from "@jest/globals";
import { createTimeFormat, daysBetween, formatAge, formatDuration, isWeekend } from "./time.ts";

const NOW = Date.parse("2026-11-30T12:00:00.000Z");

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [200_000, "3 min 20 s"],
  [7_200_000, "2 h"],
  [187_200_000, "2 d 4 h"],
])("a duration of %s ms is %s", (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});

test.each([
  ["2026-11-30T11:59:59.500Z", "just now"],
  ["2026-11-30T11:56:40.000Z", "3 min ago"],
  ["2026-11-30T12:00:20.000Z", "in 20 s"],
  ["2026-11-28T08:00:00.000Z", "2 d ago"],
])("%s is %s", (at, expected) => {
  expect(formatAge(at, NOW)).toBe(expected);
});

describe("a time", () => {
  test("is displayed in the named zone, with its day unless that is today", () => {
    const { short, full } = createTimeFormat("Asia/Tokyo");
    expect(short("2026-11-30T11:00:00.000Z", NOW)).toBe("20:00:00");
    expect(short("2026-11-28T11:00:00.000Z", NOW)).toBe("28 Nov 20:00:00");
    expect(full("2026-11-30T11:00:00.120Z")).toMatch(/^Mon, 30 Nov 2026, 20:00:00\.120 \S+$/);
  });

  test("of the same day a year ago is not today's", () => {
    expect(createTimeFormat("UTC").short("2025-11-30T11:00:00.000Z", NOW)).toBe("30 Nov 11:00:00");
  });
});

test("days are listed over the end of a month", () => {
  expect(daysBetween("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  expect(daysBetween("2026-02-27", "2026-03-01").filter(isWeekend)).toEqual(["2026-02-28", "2026-03-01"]);
});
