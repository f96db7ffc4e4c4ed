import { expect, test } from "@jest/globals";
import { type ComparedDay, keyOf, rowsOf } from "./compared-day-calendar.ts";

const compared = (stream: string, day: string | null, state: ComparedDay["state"] = "IN_STEP"): ComparedDay => ({
  stream,
  day,
  state,
  reason: null,
  checkedAt: "2026-11-30T00:00:00.000Z",
  ours: null,
  theirs: null,
  missing: 0,
  altered: 0,
  invented: 0,
  repaired: 0,
  unsettled: 0,
});

test("streams are in order of their names, with a result or nothing for each day, and that of undated objects", () => {
  const rows = rowsOf(
    [
      compared("refunds", "2026-11-02", "DIFFERENT"),
      compared("payments", "2026-11-01"),
      compared("payments", null, "REPAIRED"),
    ],
    ["2026-11-01", "2026-11-02"],
  );
  expect(rows.map(({ stream, days, undated }) => [stream, days.map((one) => one?.state), undated?.state])).toEqual([
    ["payments", ["IN_STEP", undefined], "REPAIRED"],
    ["refunds", [undefined, "DIFFERENT"], undefined],
  ]);
});

test("a result has a name of its own by stream and day", () => {
  expect(keyOf({ stream: "payments", day: null })).toBe("payments undated");
  expect(keyOf({ stream: "payments", day: "2026-11-01" })).toBe("payments 2026-11-01");
});
