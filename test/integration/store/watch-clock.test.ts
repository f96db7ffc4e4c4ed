import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pino } from "pino";
import { watchClock } from "../../../src/store/watch-clock.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

test.each([3_600_000, -3_600_000])(
  "a clock that is %i ms off the database's is reported once, and so is its correction (F13)",
  async (shiftMs) => {
    const lines: Record<string, unknown>[] = [];
    let rounds = 0;
    let offMs = shiftMs;
    const clock = watchClock({
      db: {
        ...store.db,
        query: (text, values) => {
          rounds += 1;
          return store.db.query(text, values);
        },
      },
      log: pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
      epochMs: () => Date.now() + offMs,
      random: () => 0,
      everyMs: 1,
    });
    clock.start();
    await eventually("some comparisons", () => rounds >= 5);
    expect(lines).toMatchObject([{ level: 40, msg: expect.stringMatching(/^the clock of this process differs/) }]);
    expect(Math.abs(Number(lines[0]?.["offsetSeconds"]) - shiftMs / 1_000)).toBeLessThan(30);
    offMs = 0;
    await eventually("the report of the correction", () => lines.length === 2);
    await clock.close(5_000);
    expect(lines[1]).toMatchObject({ level: 30, msg: expect.stringMatching(/agrees with the database's again$/) });
  },
);
