import { expect, test } from "@jest/globals";
import { CHART_MINUTES, minuteLines } from "./call-chart.ts";

test("each of the last complete minutes has a value, zero where nothing was counted", () => {
  const now = Date.parse("2026-11-30T12:00:30.000Z");
  const [seconds, calls, failures] = minuteLines([[{ at: "2026-11-30T11:59:00.000Z", count: "7" }], []], now);
  expect([seconds?.length, calls?.length]).toEqual([CHART_MINUTES, CHART_MINUTES]);
  expect(seconds?.at(-1)).toBe(Date.parse("2026-11-30T11:59:00.000Z") / 1_000);
  expect([calls?.at(-1), calls?.at(-2), failures?.at(-1)]).toEqual([7, 0, 0]);
});
