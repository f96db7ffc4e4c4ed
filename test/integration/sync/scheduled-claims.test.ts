import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { pino } from "pino";
import { ServiceError } from "../../../src/domain/error.ts";
import { claimNewRun } from "../../../src/ingest/polling/claim-stream.ts";
import { commitBatch } from "../../../src/ingest/polling/commit-batch.ts";
import { findDueStreams } from "../../../src/ingest/polling/find-due-streams.ts";
import { pollSource } from "../../../src/ingest/polling/poll.ts";
import { acquireLeases, leasedStreams } from "../../../src/ingest/polling/stream-lease.ts";
import { startWorkers, type Workers } from "../../../src/ingest/polling/workers.ts";
import { startIncremental } from "../../../src/ingest/runs/start-incremental.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { createDatabase, type Database, type Transaction } from "../../../src/store/database.ts";
import { eventually } from "../../helpers/eventually.ts";
import { countRoundTrips } from "../../helpers/round-trips.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const log = pino({ level: "silent" });
const TENANT = "acme";
const source = scriptedSource({ pages: { a: [], b: [] } }, { tenantId: TENANT });
const names = source.connector.streams.map(({ name }) => name);

let store: TestStore;
beforeEach(async () => {
  store = await useStore();
  await registerSources(store.db, [source]);
});
afterEach(async () => store[Symbol.asyncDispose]());

const query = (text: string) => store.db.read(TENANT, (tx) => tx.query<Record<string, unknown>>(text));
const due = async () => (await findDueStreams(store.db, 10, [])).streams.map(({ stream }) => stream);

/** A poll of a worker with places for all streams; returns the names of the streams that it has claimed. */
async function pollAs(owner: string): Promise<readonly string[]> {
  let claimed: readonly string[] = [];
  await pollSource(store.db, source, log, Date.now, async (tx, start) => {
    const claims = await claimNewRun(tx, { source, start, streams: names }, owner);
    claimed = claims.map(({ work }) => work.stream);
  });
  return claimed;
}

test("a scheduled run and the leases of its streams begin in one transaction, so that no other worker finds them", async () => {
  expect(await pollAs("first")).toEqual(["a", "b"]);
  expect(await due()).toEqual([]);
  expect(await query("select status from sync_runs")).toEqual([{ status: "RUNNING" }]);
  expect(
    await query("select distinct status, lease_owner from sync_run_streams join stream_states using (stream)"),
  ).toEqual([{ status: "RUNNING", lease_owner: "first" }]);
  expect(await query("select kind from events")).toEqual([{ kind: "RunStarted" }]);
  expect(await pollAs("second")).toEqual([]); // the run is still open
  expect(await query("select distinct lease_owner from stream_states")).toEqual([{ lease_owner: "first" }]);
});

test("the streams of a worker that dies after it has claimed them are found again when their leases have expired (F15)", async () => {
  await pollAs("dead");
  await store.db.transaction(TENANT, (tx) =>
    tx.query("update stream_states set lease_until = now() - interval '1 ms'"),
  );
  expect((await due()).toSorted()).toEqual(["a", "b"]);
});

test("a stream that another worker reads waits for a search", async () => {
  const leases = await store.db.transaction(TENANT, (tx) => acquireLeases(tx, source.id, ["a"], "other"));
  expect(await pollAs("own")).toEqual(["b"]);
  expect(await due()).toEqual([]);
  const lease = leases.get("a")?.lease;
  if (lease === undefined) throw new Error("the lease was acquired");
  await store.db.transaction(TENANT, (tx) => leasedStreams.release(tx, lease));
  expect(await due()).toEqual(["a"]);
});

test("no lease remains when the run cannot be started", async () => {
  await store.db.transaction(TENANT, (tx) => tx.query("update sources set disconnected_at = now()"));
  const start = () => Promise.reject(new ServiceError("OVERLOADED", "too many runs are open"));
  const claimed = store.db.transaction(TENANT, (tx) => claimNewRun(tx, { source, start, streams: names }, "own"));
  await expect(claimed).rejects.toMatchObject({ code: "OVERLOADED" });
  expect(await pollAs("own")).toEqual([]);
  expect(await query("select count(*)::integer as count from stream_states where lease_owner is not null")).toEqual([
    { count: 0 },
  ]);
});

test("a poll that finds nothing starts in four round trips and ends each of its streams in at most five", async () => {
  let claims: Awaited<ReturnType<typeof claimNewRun>> = [];
  const trips: number[] = [];
  const counted = (work: (tx: Transaction) => Promise<unknown>) =>
    store.db.transaction(TENANT, async (tx) => {
      const trip = countRoundTrips(tx);
      await work(trip.tx);
      trips.push(trip.trips());
    });
  await counted(async (tx) => {
    const start = () => startIncremental(tx, source, { streams: undefined, trigger: "SCHEDULE" }, Date.now());
    claims = await claimNewRun(tx, { source, start, streams: names }, "own");
  });
  const batch = { messages: [], listed: [], payoutLines: [], conditions: [], checkpoints: [], traceparents: [] };
  const position = { ranges: [], next: undefined, cursor: { page: 0 }, isOver: false, progress: 1 };
  for (const claim of claims)
    await counted((tx) =>
      commitBatch(tx, {
        claim,
        source,
        batch: { ...batch, payloads: new Map() },
        position,
        announce: false,
        isEnd: true,
      }),
    );
  expect(await query("select status from sync_runs")).toEqual([{ status: "SUCCEEDED" }]);
  // leases and run, claims, walks, event; lease, end of the stream, end of the run with its event
  expect(trips).toEqual([4, 3, 5]);
});

function workersOf(db: Database, onStreamEnded: () => void): Workers {
  return startWorkers({
    db,
    batchDb: db,
    sources: registryOf([source]),
    log,
    owner: "own",
    nowMs: Date.now,
    random: Math.random,
    wakeUps: createWakeUps(),
    takeFile: undefined,
    compareStream: undefined,
    onStreamEnded,
  });
}

test("the ends of streams begin no search of their own while nothing waits for them", async () => {
  let searches = 0;
  const onStatement = (text: string) => void (searches += text.includes("from sync_run_streams due") ? 1 : 0);
  const db = createDatabase({ connection: store.connection, max: 5, onStatement });
  let ended = 0;
  const workers = workersOf(db, () => void (ended += 1));
  const startedMs = performance.now();
  const POLLS = 30;
  for (let poll = 1; poll <= POLLS; poll += 1) {
    const places = workers.reserve(source);
    await pollSource(db, source, log, Date.now, places?.claimRun);
    places?.read();
    places?.release();
    await eventually("the streams to be read", () => ended === poll * names.length);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  await workers.close();
  await db.close();
  expect(searches).toBeLessThanOrEqual(2 + seconds); // at the start, and one each second
});

test("a source has places for eight streams, and those that are reserved count", async () => {
  const workers = workersOf(store.db, () => undefined);
  const other = scriptedSource({ pages: { a: [] } }, { id: "other", tenantId: TENANT });
  const reserved = [1, 2, 3, 4].map(() => workers.reserve(source));
  expect(reserved.every((places) => places !== undefined)).toBe(true);
  expect(workers.reserve(source)).toBeUndefined();
  expect(workers.reserve(other)).toBeDefined();
  reserved[0]?.release();
  expect(workers.reserve(source)).toBeDefined();
  await workers.close();
  expect(workers.reserve(other)).toBeUndefined();
});
