import { afterAll, beforeAll, describe } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { ServiceError } from "../../../src/domain/error.ts";
import { RUN, type RunStatus, STREAM } from "../../../src/domain/lifecycles.ts";
import { cancelSync } from "../../../src/ingest/polling/cancel-sync.ts";
import { endRunsOfSource } from "../../../src/ingest/polling/end-runs-of-source.ts";
import { claimStreams } from "../../../src/ingest/polling/claim-stream.ts";
import { endStream, finishRun, postponeStream, succeedStream } from "../../../src/ingest/polling/end-stream.ts";
import { acquireLeases, type StreamLease } from "../../../src/ingest/polling/stream-lease.ts";
import type { ClaimedStream } from "../../../src/ingest/runs/run.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { scriptedConnector } from "../../fakes/scripted-connector.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { walkLifecycle } from "../../helpers/walk-lifecycle.ts";

const TENANT = "acme";
const STREAM_NAME = "a";
const failure = new ServiceError("UPSTREAM_REJECTED", "declined");
const connector = scriptedConnector({ pages: { [STREAM_NAME]: [] } });

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

const inTransaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => store.db.transaction(TENANT, work);
const query = (text: string, values: readonly unknown[] = []) =>
  inTransaction((tx) => tx.query<{ status: string }>(text, values));

const FINISHED = "case when $3 in ('SUCCEEDED', 'FAILED', 'CANCELED') then now() end";

/** Stores a run and its source, both with this id. */
async function plantRun(id: string, status: RunStatus): Promise<void> {
  await query(
    "insert into sources (tenant_id, id, connector, status, status_since) values ($1, $2, 'scripted', 'ACTIVE', now())",
    [TENANT, id],
  );
  await query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq, finished_at)
     values ($1, $2, $2, 'INCREMENTAL', 'REQUEST', $3, now(), 0, ${FINISHED})`,
    [TENANT, id, status],
  );
}

async function plantStream(runId: string, stream: string, status: RunStatus): Promise<void> {
  await query(
    `insert into sync_run_streams (tenant_id, run_id, source_id, status, next_attempt_at, finished_at, stream)
     values ($1, $2, $2, $3, now(), ${FINISHED}, $4)`,
    [TENANT, runId, status, stream],
  );
}

const candidate = (id: string) => ({ tenantId: TENANT, runId: id, sourceId: id, stream: STREAM_NAME, turn: 1 });

describe("a run", () => {
  /** Gives the run its only stream, in a state, and lets it end if it can. */
  async function endWith(runId: string, status: RunStatus): Promise<void> {
    await plantStream(runId, STREAM_NAME, status);
    await inTransaction((tx) => finishRun(tx, runId, runId));
  }
  walkLifecycle(RUN, {
    async plant(state) {
      const id = randomUUID();
      await plantRun(id, state);
      return id;
    },
    signals: {
      begin: [
        async (id) => {
          await plantStream(id, STREAM_NAME, "QUEUED");
          await inTransaction((tx) => claimStreams(tx, { id, connector }, [candidate(id)], "worker"));
        },
      ],
      succeed: [(id) => endWith(id, "SUCCEEDED")],
      fail: [(id) => endWith(id, "FAILED")],
      cancel: [
        (id) => endWith(id, "CANCELED"),
        async (id) => {
          await plantStream(id, STREAM_NAME, "QUEUED");
          await inTransaction((tx) => cancelSync(tx, id));
        },
        async (id) => {
          await plantStream(id, STREAM_NAME, "RUNNING");
          await inTransaction((tx) => endRunsOfSource(tx, id));
        },
      ],
    },
    status: async (id) => (await query("select status from sync_runs where id = $1", [id]))[0]?.status ?? "",
  });
});

describe("a stream of a run", () => {
  /** Acts as the stream's worker, however late. */
  async function asWorker(
    id: string,
    act: (tx: Transaction, work: ClaimedStream, lease: StreamLease) => Promise<void>,
  ): Promise<void> {
    const work = { tenantId: TENANT, runId: id, sourceId: id, stream: STREAM_NAME, mode: "INCREMENTAL" } as const;
    await inTransaction(async (tx) => {
      const acquired = (await acquireLeases(tx, id, [STREAM_NAME], "worker")).get(STREAM_NAME);
      if (acquired === undefined) throw new Error("the lease is taken");
      await act(tx, { ...work, range: undefined }, acquired.lease);
    });
  }
  walkLifecycle(STREAM, {
    async plant(state) {
      const id = randomUUID();
      await plantRun(id, state === "QUEUED" ? "QUEUED" : "RUNNING");
      await plantStream(id, STREAM_NAME, state);
      await plantStream(id, "another", "QUEUED"); // keeps the run open
      return id;
    },
    signals: {
      claim: [(id) => inTransaction((tx) => claimStreams(tx, { id, connector }, [candidate(id)], "worker"))],
      postpone: [
        (id) => asWorker(id, (tx, work, lease) => postponeStream(tx, work, lease, 0, undefined)),
        (id) => asWorker(id, (tx, work, lease) => postponeStream(tx, work, lease, 1_000, failure)),
      ],
      succeed: [
        (id) => asWorker(id, (tx, work, lease) => succeedStream(tx, { work, lease, hasFailed: false }, connector)),
      ],
      fail: [(id) => asWorker(id, (tx, work, lease) => endStream(tx, work, lease, "FAILED", failure))],
      cancel: [
        (id) => inTransaction((tx) => cancelSync(tx, id)),
        (id) => inTransaction((tx) => endRunsOfSource(tx, id)),
        (id) => asWorker(id, (tx, work, lease) => endStream(tx, work, lease, "CANCELED", failure)),
      ],
    },
    status: async (id) =>
      (await query("select status from sync_run_streams where run_id = $1 and stream = $2", [id, STREAM_NAME]))[0]
        ?.status ?? "",
  });
});
