import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { once } from "node:events";
import { pino } from "pino";
import { takeArrivals } from "../../../src/ingest/files/take-arrival.ts";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { replayQuarantined } from "../../../src/ingest/polling/replay-quarantined.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { type FileScript, fileOf, fileScript, fileSource, NEWER } from "../../fakes/file-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";

let store: TestStore;
beforeEach(async () => {
  store = await useStore();
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
});

const log = pino({ level: "silent" });
const query = (text: string) => store.db.transaction("acme", (tx) => tx.query<Record<string, unknown>>(text));
const arrival = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

async function openEngine(script: FileScript, service?: FileService): Promise<SyncEngine & AsyncDisposable> {
  const source = fileSource(script);
  await registerSources(store.db, [source]);
  const engine = openSyncEngine({
    db: store.db,
    sources: registryOf([source]),
    log,
    wakeUps: createWakeUps(),
    random: () => 0,
    ...(service !== undefined && { takeFile: takeArrivals(service.files, log) }),
  });
  return { ...engine, [Symbol.asyncDispose]: () => engine.close() };
}

const REQUEST = { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined } as const;

function ended(runId: string): Promise<unknown> {
  return eventually("the run ends", async () => {
    const [row] = await query(`select status from sync_runs where id = '${runId}' and finished_at is not null`);
    return row?.["status"];
  });
}

async function run(engine: SyncEngine): Promise<unknown> {
  return ended((await engine.startSync("acme", "bank", REQUEST)).runId);
}

test("files that an upstream returns are stored before the checkpoint that covers them, and refused ones stop nothing", async () => {
  const cursors: unknown[] = [];
  const script = fileScript({
    maxBytes: 1_000,
    arrivals: [
      arrival("a", fileOf("a")),
      arrival("b", "no"),
      arrival("c", " ".repeat(1_001)),
      arrival("d", fileOf("d")),
      arrival("e", NEWER),
    ],
    async onRead() {
      cursors.push((await query("select cursor from stream_states"))[0]?.["cursor"]);
    },
  });
  await using service = await startFileService({ connection: store.connection, sources: [fileSource(script)] });
  await using engine = await openEngine(script, service);
  expect(await run(engine)).toBe("SUCCEEDED");
  const files = await query("select name, status, origin from files order by received_at");
  expect(files).toEqual([
    { name: "a", status: "STORED", origin: "POLL" },
    { name: "b", status: "REFUSED", origin: "POLL" },
    { name: "d", status: "STORED", origin: "POLL" },
    { name: "e", status: "REFUSED", origin: "POLL" },
  ]);
  expect(await query("select cursor from stream_states")).toEqual([{ cursor: 5 }]);
  for (const [index, cursor] of cursors.entries())
    expect(Number(cursor ?? 0)).toBeLessThanOrEqual([0, 1, 3, 4][index] ?? 0);

  script.knowsNewVersion = true;
  const ids = (await query("select id from quarantined_records where path = ''")).map((row) => String(row["id"]));
  const replayed = await store.db.transaction("acme", (tx) => replayQuarantined(tx, registryOf([]), ids));
  expect(replayed).toMatchObject({ deliveryIds: [], sourceIds: [] });
  expect(replayed.fileIds).toHaveLength(1);
  for (const id of replayed.fileIds) await service.files.replay("acme", id);
  await eventually(
    "it is stored",
    async () => (await query("select status from files where name = 'e'"))[0]?.["status"] === "STORED",
  );
});

test("a run is canceled while its file is read, and no part of the file is kept", async () => {
  const reading = Promise.withResolvers<void>();
  const script = fileScript({
    arrivals: [arrival("a", fileOf("a"))],
    onRead: (signal) => {
      reading.resolve();
      return once(signal, "abort").then(() => undefined);
    },
  });
  await using service = await startFileService({ connection: store.connection, sources: [fileSource(script)] });
  await using engine = await openEngine(script, service);
  const { runId } = await engine.startSync("acme", "bank", REQUEST);
  await reading.promise;
  await engine.cancelSync("acme", runId);
  expect(await ended(runId)).toBe("CANCELED");
  expect(await query("select 1 from files")).toEqual([]);
  expect(await query("select cursor from stream_states")).toEqual([{ cursor: null }]);
});

test("without a function to store files, a file is an internal error", async () => {
  await using engine = await openEngine(fileScript({ arrivals: [arrival("a", fileOf("a"))] }));
  expect(await run(engine)).toBe("FAILED");
  expect(await query("select error_code from sync_run_streams")).toEqual([{ error_code: "INTERNAL" }]);
});
