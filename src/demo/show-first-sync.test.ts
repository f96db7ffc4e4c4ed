import { expect, test } from "@jest/globals";
import type { EventBody } from "../events/event.ts";
import type { StreamItem } from "../events/stream-item.ts";
import { showFirstSync } from "./show-first-sync.ts";

async function* feed(...bodies: EventBody[]): AsyncGenerator<StreamItem> {
  let seq = 0n;
  for (const body of bodies) {
    seq += 1n;
    const event = { tenantId: "demo", sourceId: "main", seq, at: "2026-01-01T00:00:00.000Z", body };
    yield { type: "event", seq, at: event.at, event };
  }
}

async function shown(...bodies: EventBody[]): Promise<string> {
  let text = "";
  const screen = { write: (more: string) => (text += more) };
  await showFirstSync(feed(...bodies), { streams: 2, screen, nowMs: () => 0 });
  return text;
}

const progressed = (stream: string, records: number): EventBody => {
  return { kind: "RunProgressed", runId: "run_1", stream, records, changed: 0, progress: 1 };
};

test("shows the first run to its end, and nothing of the next", async () => {
  const text = await shown(
    { kind: "RunStarted", runId: "run_1" },
    progressed("a", 1_200),
    { ...progressed("a", 9), runId: "run_2" } as EventBody,
    { kind: "RunFinished", runId: "run_2", status: "FAILED" },
    { kind: "RunFinished", runId: "run_1", status: "SUCCEEDED" },
    { kind: "RunFinished", runId: "run_3", status: "FAILED" },
  );
  expect(text).toMatch(/ 50 % {2}1,200 records\n.*100 % {2}1,200 records in 0\.0 s\n$/);
});

test("shows a run that an earlier process began, which does not start again", async () => {
  const text = await shown(progressed("b", 7), { kind: "RunFinished", runId: "run_1", status: "CANCELED" });
  expect(text).toMatch(/7 records\n.*the sync canceled: ask `syncRuns` why\n$/s);
});
