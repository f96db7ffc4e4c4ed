import { afterEach, beforeEach, expect, test } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import { type Scheduler, startScheduler } from "../../../src/ingest/polling/scheduler.ts";
import type { Source } from "../../../src/sources/source.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let schedulers: Scheduler[];
beforeEach(async () => {
  store = await useStore();
  schedulers = [];
});
afterEach(async () => {
  await Promise.all(schedulers.map((scheduler) => scheduler.close()));
  await store[Symbol.asyncDispose]();
});

/** A process's scheduler; the ids of the sources that it polls are added to `polled`. */
async function open(
  sources: readonly Source[],
  polled: string[],
  deleteOldRows: () => Promise<void> = () => Promise.resolve(),
): Promise<Scheduler> {
  const scheduler = await startScheduler({
    connection: store.connection,
    connections: 1,
    sources: new Map(sources.map((source) => [source.id, source])),
    log: pino({ level: "silent" }),
    intervalMs: (_source, scheduleMs) => Promise.resolve(scheduleMs),
    poll: async (source) => void polled.push(source.id),
    housekeeping: () => Promise.resolve(),
    deleteOldRows,
  });
  schedulers.push(scheduler);
  return scheduler;
}

const HOUR_MS = 3_600_000;
const named = (id: string, scheduleMs = HOUR_MS) => scriptedSource({ pages: { a: [] } }, { id, scheduleMs });

test("a source is polled although a process that does not know it takes its turn (F15)", async () => {
  const sources = ["a", "b", "c", "d", "e", "f"].map((id) => named(id));
  const polled: string[] = [];
  await open([], polled);
  await open(sources, polled);
  await eventually("all to be polled", () => new Set(polled).size === sources.length);
  expect(polled.toSorted()).toEqual(["a", "b", "c", "d", "e", "f"]); // by an hourly schedule: once
});

test("a shortened schedule counts from the next start, and a manual one ends the polling", async () => {
  const before: string[] = [];
  const first = await open([named("short"), named("manual")], before);
  await eventually("both to be polled", () => before.length === 2);
  await first.close();
  const after: string[] = [];
  await open([named("short", 1_000), scriptedSource({ pages: { a: [] } }, { id: "manual" })], after);
  await eventually("three polls by the shorter schedule", () => after.length >= 3);
  expect(new Set(after)).toEqual(new Set(["short"]));
});

test("several processes that start delete old rows once in an hour, and each hour after that", async () => {
  let deletions = 0;
  const deleteOldRows = () => Promise.resolve(void (deletions += 1));
  const client = new pg.Client(store.connection);
  await client.connect();
  try {
    const jobs = async () =>
      (await client.query("select state from sluice_jobs.job where name = 'delete-old-rows'")).rows;
    await open([], [], deleteOldRows);
    expect(await jobs()).toEqual([{ state: "created" }]);
    await client.query("update sluice_jobs.job set start_after = now() where name = 'delete-old-rows'");
    await open([], [], deleteOldRows);
    await eventually("the old rows to be deleted", async () => (await jobs())[0]?.state === "completed");
    await open([], [], deleteOldRows);
    expect(await jobs()).toEqual([{ state: "completed" }]);
    expect(deletions).toBe(1);
    const { rows } = await client.query("select cron from sluice_jobs.schedule where name = 'delete-old-rows'");
    expect(rows).toEqual([{ cron: "42 * * * *" }]);
  } finally {
    await client.end();
  }
});
