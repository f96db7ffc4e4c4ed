import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pino } from "pino";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { type Page, scriptedSource } from "../../fakes/scripted-connector.ts";
import { type ConnectedWorld, useConnectedWorld } from "../../helpers/connected-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";

/** Streams whose pages arrive when the test lets them. */
const arrival = Promise.withResolvers<void>();
const late: Page = async () => {
  await arrival.promise;
  return [partyMessage("late", "Ada", at(1n))];
};
const source = scriptedSource({
  pages: { parties: [() => [partyMessage("early", "Ada", at(1n))], late], more: [late] },
});

let world: ConnectedWorld;
let engine: SyncEngine;
beforeAll(async () => {
  world = await useConnectedWorld();
  engine = openSyncEngine({
    db: world.store.db,
    sources: registryOf([source]),
    log: pino({ level: "silent" }),
    wakeUps: createWakeUps(),
  });
});
afterAll(async () => {
  arrival.resolve();
  await engine.close();
  await world[Symbol.asyncDispose]();
});

const query = (text: string, values: readonly unknown[] = []) =>
  world.store.db.read("acme", (tx) => tx.query(text, values));
const start = (mode: "FULL" | "INCREMENTAL") =>
  engine.startSync("acme", source.id, { streams: undefined, mode, range: undefined, idempotencyKey: undefined });

test("a source that is disconnected and keeps its data has no open run, nothing more of them is written, and no other begins", async () => {
  await world.sources.connect("acme", world.request({ id: source.id }), AbortSignal.timeout(10_000));
  const { runId } = await start("INCREMENTAL");
  const waiting = await start("FULL"); // for the streams of the first one
  await eventually("the first page of a stream", async () => (await query("select from parties")).length === 1);

  await world.sources.disconnect("acme", source.id, "KEEP");
  expect(await query("select id, status, finished_at is null as open from sync_runs order by created_at")).toEqual([
    { id: runId, status: "CANCELED", open: false },
    { id: waiting.runId, status: "CANCELED", open: false },
  ]);
  expect(await query("select distinct status, error_code, error_message from sync_run_streams")).toEqual([
    { status: "CANCELED", error_code: "CANCELED", error_message: "the source was disconnected" },
  ]);
  const finished = await query(
    "select data ->> 'runId' as id, data ->> 'status' as status from events where kind = 'RunFinished' order by 1",
  );
  expect(finished).toEqual([runId, waiting.runId].toSorted().map((id) => ({ id, status: "CANCELED" })));

  arrival.resolve(); // this process still knows the source
  await eventually("the workers to end", () => engine.activeStreams() === 0);
  expect(await query("select external_id from parties")).toEqual([{ external_id: "early" }]);
  await expect(start("INCREMENTAL")).rejects.toMatchObject({
    code: "CONFLICT",
    publicMessage: "the source was disconnected",
  });
  expect(await query("select from sync_runs where finished_at is null")).toEqual([]);

  await world.sources.connect("acme", world.request({ id: source.id }), AbortSignal.timeout(10_000));
  const again = await start("INCREMENTAL");
  await eventually("a run after the source was connected again", async () => {
    const [run] = await query("select status from sync_runs where id = $1", [again.runId]);
    return run?.["status"] === "SUCCEEDED";
  });
  expect(await query("select external_id from parties order by 1")).toEqual([
    { external_id: "early" },
    { external_id: "late" },
  ]);
});
