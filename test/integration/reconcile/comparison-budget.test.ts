import { expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { connector } from "../../../src/connectors/stripe/index.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { openSyncEngine } from "../../../src/ingest/polling/engine.ts";
import type { SyncMode } from "../../../src/ingest/runs/run.ts";
import { createCompareStream } from "../../../src/reconcile/completeness/compare-stream.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { GUARANTEED_SHARE, type Lane } from "../../../src/upstream/budget/lane.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useStore } from "../../helpers/store.ts";
import { targetOf } from "../../helpers/target-of.ts";

const TENANT = "acme";
const SOURCE = "stripe-main";
const PER_SECOND = 20;
/** Readers who never pause: more than a second of calls always waits. */
const READERS = 30;
const WATCHED_CALLS = 5;
const DAY_MS = 86_400_000;

test("a comparison at a small budget gets no more than the share of its lane while readers use all of it, and no reader is refused", async () => {
  await using store = await useStore();
  await using sandbox = await useSandbox({ payments: 60 });
  await using stack = new AsyncDisposableStack();
  const lanes: Lane[] = [];
  const shared = openSharedBudgets({
    database: store.db,
    replica: randomUUID(),
    clock: systemClock,
    onProblem: (reason) => {
      throw ServiceError.from(reason);
    },
  });
  stack.defer(() => shared.close());
  const config = connector.config.parse(sandbox.config);
  const upstream = createUpstream({
    target: targetOf(connector, config),
    budget: singleBucket({ requestsPerSecond: PER_SECOND, maxConcurrent: 10 }),
    shared,
    onCall: ({ lane }) => void lanes.push(lane),
  });
  stack.defer(() => upstream.close());
  const source = {
    tenantId: TENANT,
    id: SOURCE,
    connector,
    config,
    scheduleMs: undefined,
    credential: upstream.credential,
    client: (lane: Lane) => upstream.client(lane, TENANT),
  };
  await registerSources(store.db, [source]);
  const wakeUps = createWakeUps();
  const engine = openSyncEngine({
    db: store.db,
    sources: registryOf([source]),
    log: pino({ level: "silent" }),
    wakeUps,
    compareStream: createCompareStream({ wakeUps }),
  });
  stack.defer(() => engine.close());
  const isEnded = async (runId: string): Promise<boolean> => {
    const rows = await store.db.read(TENANT, (tx) =>
      tx.query("select 1 from sync_runs where id = $1 and finished_at is not null", [runId]),
    );
    return rows.length > 0;
  };
  const start = async (mode: SyncMode, range?: { from: string; to: string }): Promise<string> =>
    (await engine.startSync(TENANT, SOURCE, { streams: undefined, mode, range, idempotencyKey: undefined })).runId;

  const readId = await start("INCREMENTAL");
  await eventually("the first read", () => isEnded(readId));

  const stop = new AbortController();
  const failures: unknown[] = [];
  const authorization = `Bearer ${config.apiKey}`;
  const read = async (): Promise<void> => {
    const client = upstream.client("interactive", TENANT);
    const request = { method: "GET", path: "/v1/balance", headers: { authorization } } as const;
    while (!stop.signal.aborted)
      await client.send(request, stop.signal).catch((reason: unknown) => stop.signal.aborted || failures.push(reason));
  };
  lanes.length = 0;
  const readers = Array.from({ length: READERS }, read);
  await eventually("the readers to use the whole budget", () => lanes.length > PER_SECOND);
  const [from, to] = [Date.now() - 300 * DAY_MS, Date.now() + DAY_MS].map((ms) => new Date(ms).toISOString());
  const runId = await start("RECONCILE", { from: from ?? "", to: to ?? "" });
  await eventually(
    "some calls of the comparison",
    () => lanes.filter((one) => one === "backfill").length > WATCHED_CALLS,
  );
  const watched = lanes.slice(lanes.indexOf("backfill"), lanes.lastIndexOf("backfill") + 1);
  stop.abort();
  await Promise.all(readers);

  const own = watched.filter((lane) => lane === "backfill").length;
  expect(own).toBeGreaterThan(WATCHED_CALLS);
  // Two permits that it is owed at most, and the first one, at which the watched calls begin.
  expect(own).toBeLessThanOrEqual(GUARANTEED_SHARE.backfill * watched.length + 3);
  expect(failures).toEqual([]);
  await engine.cancelSync(TENANT, runId);
  await eventually("the comparison to end", () => isEnded(runId));
});
