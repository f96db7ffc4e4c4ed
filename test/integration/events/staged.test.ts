import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { EVENTS_CHANNEL } from "../../../src/events/event.ts";
import { appendStagedEvents, stageEvents } from "../../../src/events/staged-events.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";

let log: EventLog;
beforeAll(async () => {
  log = await useEventLog();
});
afterAll(async () => {
  await log[Symbol.asyncDispose]();
});

test("staged events of more than one slice are all appended in their order, without a gap, and are announced", async () => {
  const runIds = ["a", "b", "c", "d", "e"];
  const announced: string[] = [];
  await log.append("acme", runStarted("before"));
  await log.database.transaction("acme", async (tx) => {
    await stageEvents(
      tx,
      runIds.map((runId) => ({ sourceId: "main", body: runStarted(runId) })),
    );
    const notifyAfterCommit = (channel: string): void => {
      announced.push(channel);
      tx.notifyAfterCommit(channel);
    };
    await appendStagedEvents({ ...tx, notifyAfterCommit }, "main", 2);
  });
  const rows = await log.database.read("acme", (tx) =>
    tx.query("select seq, data ->> 'runId' as run from events order by seq"),
  );
  expect(rows).toEqual(["before", ...runIds].map((run, index) => ({ seq: BigInt(index + 1), run })));
  expect(new Set(announced)).toEqual(new Set([EVENTS_CHANNEL]));
});
