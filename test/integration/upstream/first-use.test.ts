import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { type Clock, systemClock } from "../../../src/runtime/clock.ts";
import { BEAT } from "../../../src/upstream/budget/beat-statement.ts";
import { createClockOffset } from "../../../src/upstream/budget/clock-offset.ts";
import { leaseStatement } from "../../../src/upstream/budget/lease-statement.ts";
import { createPostgresStore } from "../../../src/upstream/budget/postgres-store.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { createSharedLeases } from "../../../src/upstream/budget/shared-leases.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** A replica whose statement has inserted a row and is not committed: a second one that inserts the row waits for it. */
async function startUncommitted(statement: string, values: readonly unknown[]) {
  const client = new pg.Client(store.connection);
  await client.connect();
  await client.query("begin; set local search_path to sluice");
  const { rows } = await client.query<Record<string, number | string>>(statement, [...values]);
  const { rows: session } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return { row: rows[0] ?? {}, client, pid: session[0]?.pid ?? 0, [Symbol.asyncDispose]: () => client.end() };
}

/** Resolves when another statement waits for this session's row. */
const isWaitedFor = (pid: number) =>
  eventually("a statement waits for the other one's row", async () => {
    const rows = await store.db.query("select 1 from pg_locks where not granted and $1 = any(pg_blocking_pids(pid))", [
      pid,
    ]);
    return rows.length > 0;
  });

/** The time at which a lease is given up would measure this machine. */
const withoutDeadlines: Clock = { ...systemClock, schedule: () => () => undefined };

test("of two replicas that use a limit for the first time at once, the second one gets later permits (F32)", async () => {
  await using first = await startUncommitted(leaseStatement(), [["c"], [2], ["calls"], [10], [1], [0], [null], [null]]);
  const shared = { database: store.db, clock: withoutDeadlines };
  const leases = createSharedLeases({ ...shared, offset: createClockOffset() });
  const budget = createPostgresStore({ ...shared, credential: "c", leases });
  const demand = { bucket: "calls", declared: 10, needed: 0, interactive: 1, pace: undefined };
  const leased = budget.lease([demand], 2);
  await isWaitedFor(first.pid);
  await first.client.query("commit");
  const [grant] = await leased;
  expect([first.row["turns"], grant?.turns]).toEqual([1, 1]);
  const [stored] = await store.db.query<{ next_turn_ms: number }>(
    "select next_turn_ms from budget_buckets where credential = 'c' and bucket = 'calls'",
  );
  const turns = ((stored?.next_turn_ms ?? 0) - Number(first.row["start_ms"])) / Number(first.row["step"]);
  expect(turns).toBeGreaterThan(1.99); // both are counted, one after the other
});

test("of two replicas that begin to call with a credential at once, the second one gets what the first one left", async () => {
  await using first = await startUncommitted(BEAT, ["first", ["c"], [0], [5], [6], [0], 1]);
  // It counts as alive, however long this test takes.
  await first.client.query(
    "update budget_buckets set replicas = jsonb_set(replicas, '{first,seen_ms}', '1e15') where bucket = 'concurrency'",
  );
  const shared = openSharedBudgets({
    database: store.db,
    replica: "second",
    clock: systemClock,
    onProblem: () => undefined,
  });
  await using _closed = { [Symbol.asyncDispose]: () => shared.close() };
  const load = () => ({ calls: 0, needed: 6 });
  const share = shared.join({ credential: "c", maxConcurrent: 6, load, onChange: () => undefined });
  share.grow();
  await isWaitedFor(first.pid);
  await first.client.query("commit");
  await eventually(
    "the second one knows of the first one or may call",
    () => share.busyReplicas() > 1 || share.calls() > 0,
  );
  expect([Number(first.row["share"]), share.calls()]).toEqual([6, 0]);
});
