import { expect, test } from "@jest/globals";
import { expectedWeek, firstDay, receivedWeek } from "./week-hours.ts";

const NOW = Date.parse("2026-11-30T10:30:00.000Z"); // a Monday
const hour = (at: string, count: number) => ({ at: `${at}:00:00.000Z`, count: String(count) });

test("the week ends today, and hours that have not come have no number", () => {
  const week = receivedWeek([hour("2026-11-30T09", 4), hour("2026-11-24T00", 2)], NOW);
  expect(week.map(({ name }) => name)).toEqual(["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]);
  expect([week[0]?.hours[0], week[0]?.hours[1]]).toEqual([2, 0]);
  expect(week[6]?.hours.slice(8, 12)).toEqual([0, 4, 0, undefined]);
  expect(new Date(firstDay(NOW)).toISOString()).toBe("2026-11-24T00:00:00.000Z");
});

test("what is expected is placed at its day of the week, also for the hours to come", () => {
  const monday = { weekday: 1, hour: 23, expected: 12.5 };
  const sunday = { weekday: 7, hour: 0, expected: 3 };
  const week = expectedWeek([monday, sunday], NOW);
  expect([week[6]?.name, week[6]?.hours[23], week[6]?.hours[22]]).toEqual(["Mon", 12.5, undefined]);
  expect([week[5]?.name, week[5]?.hours[0]]).toEqual(["Sun", 3]);
});
