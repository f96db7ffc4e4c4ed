import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { pino } from "pino";
import { ServiceError } from "../../../src/domain/error.ts";
import { claimNewRun } from "../../../src/ingest/polling/claim-stream.ts";
import { findDueStreams } from "../../../src/ingest/polling/find-due-streams.ts";
import { pollSource } from "../../../src/ingest/polling/poll.ts";
import { acquireLeases, leasedStreams } from "../../../src/ingest/polling/stream-lease.ts";
import { startWorkers, type Workers } from "../../../src/ingest/polling/workers.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
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

test("a source has places for eight streams, and those that are reserved count", async () => {
  const workers: Workers = startWorkers({
    db: store.db,
    batchDb: store.db,
    sources: registryOf([source]),
    log,
    owner: "own",
    nowMs: Date.now,
    random: Math.random,
    wakeUps: createWakeUps(),
    takeFile: undefined,
    compareStream: undefined,
    onStreamEnded: () => undefined,
  });
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
