import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import type { Share } from "../../../src/upstream/budget/share.ts";
import { systemClock } from "../../../src/upstream/clock.ts";
import { eventually } from "../../helpers/eventually.ts";
import { rateOf } from "../../helpers/permit-workload.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { ok, startCountingServer, startReplica } from "./replicas.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** A replica's membership alone, with the load that a test says it has. */
function join(
  credential: string,
  name: string,
  maxConcurrent: number,
  around = (database: Database): Database => database,
) {
  const database = createDatabase({ connection: store.connection, max: 2 });
  const shared = openSharedBudgets({
    database: around(database),
    replica: name,
    clock: systemClock,
    onProblem: () => undefined,
  });
  const load = { calls: 0, wanted: 0 };
  const share: Share = shared.join({ credential, maxConcurrent, load: () => load, onChange: () => undefined });
  return {
    share,
    load,
    /** Wants so many calls, and has as many under way as it may. */
    want(wanted: number): void {
      load.wanted = wanted;
      load.calls = Math.min(wanted, share.calls());
      share.grow();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await shared.close();
      await database.close();
    },
  };
}

test("no more calls are under way than the limit, over all replicas, and all of it is used", async () => {
  await using server = await startCountingServer((response) => void setTimeout(() => ok(response), 30));
  await using stack = new AsyncDisposableStack();
  for (const name of ["a", "b", "c"]) {
    const replica = stack.use(startReplica(store, { name, baseUrl: server.url, policy: rateOf(1_000, 9) }));
    replica.keepCalling("backfill", 12);
    replica.keepCalling("interactive", 2);
  }
  await eventually("many calls", () => server.arrivals.length > 600);
  expect(server.mostUnderWay()).toBeLessThanOrEqual(9);
  expect(server.mostUnderWay()).toBeGreaterThanOrEqual(8);
});

describe("the shares of the concurrent calls", () => {
  test("go to whoever wants them, and come back", async () => {
    await using a = join("moves", "a", 12);
    await using b = join("moves", "b", 12);
    await eventually("both are known", () => a.share.replicas() === 2 && b.share.replicas() === 2);
    a.want(50);
    await eventually("a has all but b's one", () => (a.want(50), a.share.calls() === 11));
    await eventually("they share evenly", () => {
      a.want(50);
      b.want(50);
      expect(a.load.calls + b.load.calls).toBeLessThanOrEqual(12);
      return a.share.calls() === 6 && b.share.calls() === 6;
    });
    await eventually("b has all but a's one", () => {
      a.want(0);
      b.want(50);
      return b.share.calls() === 11;
    });
    expect(a.share.calls()).toBe(1);
  });

  test("of a replica that vanished are free for the others some seconds later", async () => {
    let isDead = false;
    const mortal = (database: Database): Database => ({
      ...database,
      query: (text, values) => (isDead ? Promise.reject(new Error("dead")) : database.query(text, values)),
    });
    const gone = join("vanishes", "gone", 10, mortal);
    await using left = join("vanishes", "left", 10);
    await eventually("it holds most of them", () => (gone.want(20), gone.share.calls() === 9));
    isDead = true; // no farewell: its row stays as it is
    await gone[Symbol.asyncDispose]();
    const sinceMs = performance.now();
    await eventually("the other has all", () => (left.want(20), left.share.calls() === 10), 12_000);
    const tookMs = performance.now() - sinceMs;
    expect(tookMs).toBeGreaterThan(3_500); // a replica that is only slow is not gone
    expect(left.share.replicas()).toBe(1);
  });

  test("of a replica that ends are free for the others at once", async () => {
    const ends = join("ends", "ends", 10);
    await using stays = join("ends", "stays", 10);
    await eventually("it holds most of them", () => (ends.want(20), ends.share.calls() === 9));
    await ends[Symbol.asyncDispose]();
    const rows = await store.db.query<{ replicas: object }>(
      "select replicas from budget_buckets where credential = 'ends' and bucket = 'concurrency'",
    );
    expect(Object.keys(rows[0]?.replicas ?? {})).toEqual(["stays"]);
    await eventually("the other has all", () => (stays.want(20), stays.share.calls() === 10));
  });

  test("that are given up are not used while the heartbeat is under way", async () => {
    let onBeat = (): void => {};
    const around = (database: Database): Database => ({
      ...database,
      query: async (text, values) => {
        const rows = await database.query(text, values);
        if (text.includes("budget_buckets")) onBeat();
        return rows as never; // of the statement's own type
      },
    });
    await using a = join("races", "a", 10, around);
    await using b = join("races", "b", 10);
    await eventually("a has most of them", () => (a.want(20), a.share.calls() === 9));
    a.want(0);
    const answered = new Promise<void>((resolve) => {
      // The row says that a wants none; a does not know yet, and calls as much as it still may.
      onBeat = () => {
        a.want(20);
        onBeat = () => {};
        resolve();
      };
    });
    await answered;
    const begun = a.load.calls;
    await eventually("b asks for all", () => {
      b.want(20);
      expect(begun + b.share.calls()).toBeLessThanOrEqual(10);
      return b.share.calls() >= 5;
    });
  });
});
