import { expect, test } from "@jest/globals";
import { firstHour, weekHours } from "./week-hours.ts";

const NOW = Date.parse("2026-11-30T10:30:00.000Z"); // a Monday
const hour = (at: string, count: number) => ({ at: `${at}:00:00.000Z`, count: String(count) });

test("the week ends today, and hours that have not come have no number", () => {
  const week = weekHours([hour("2026-11-30T09", 4), hour("2026-11-24T00", 2)], NOW);
  expect(week.map(({ name }) => name)).toEqual(["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]);
  expect([week[0]?.received[0], week[0]?.received[1]]).toEqual([2, 0]);
  expect(week[6]?.received.slice(8, 12)).toEqual([0, 4, 0, undefined]);
});

test("what is usual in an hour is the mean of the weeks before in which the source was counted", () => {
  const week = weekHours([hour("2026-11-23T09", 6), hour("2026-11-16T09", 2), hour("2026-11-16T08", 4)], NOW);
  expect(week[6]?.usual.slice(7, 10)).toEqual([0, 2, 4]);
  expect(weekHours([hour("2026-11-30T09", 6)], NOW)[6]?.usual[9]).toBeUndefined();
});

test("the weeks that are needed begin four weeks before the first day", () => {
  expect(new Date(firstHour(NOW)).toISOString()).toBe("2026-10-27T00:00:00.000Z");
});
