import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import type { Share } from "../../../src/upstream/budget/share.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { eventually } from "../../helpers/eventually.ts";
import { rateOf } from "../../helpers/permit-workload.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { ok, startCountingServer, startReplica } from "./replicas.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** A replica's membership alone, with the load that a test sets. */
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
  const load = { calls: 0, needed: 0 };
  const share: Share = shared.join({ credential, maxConcurrent, load: () => load, onChange: () => undefined });
  return {
    share,
    load,
    /** Needs this number of calls, and makes as many concurrently as allowed. */
    need(needed: number): void {
      load.needed = needed;
      load.calls = Math.min(needed, share.calls());
      share.grow();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await shared.close();
      await database.close();
    },
  };
}

test("no more calls are in progress than the limit, over all replicas, and all of it is used", async () => {
  await using server = await startCountingServer((response) => void setTimeout(() => ok(response), 30));
  await using stack = new AsyncDisposableStack();
  for (const name of ["a", "b", "c"]) {
    const replica = stack.use(startReplica(store, { name, baseUrl: server.url, policy: rateOf(1_000, 9) }));
    replica.keepCalling("backfill", 12);
    replica.keepCalling("interactive", 2);
  }
  await eventually("many calls", () => server.arrivals.length > 600);
  expect(server.maxInProgress()).toBeLessThanOrEqual(9);
  expect(server.maxInProgress()).toBeGreaterThanOrEqual(8);
});

describe("the shares of the concurrent calls", () => {
  test("go to the replicas that need them, and return", async () => {
    await using a = join("moves", "a", 12);
    await using b = join("moves", "b", 12);
    await eventually("both are known", () => a.share.replicas() === 2 && b.share.replicas() === 2);
    a.need(50);
    await eventually("a has all but b's one", () => (a.need(50), a.share.calls() === 11));
    await eventually("they share evenly", () => {
      a.need(50);
      b.need(50);
      expect(a.load.calls + b.load.calls).toBeLessThanOrEqual(12);
      return a.share.calls() === 6 && b.share.calls() === 6;
    });
    await eventually("b has all but a's one", () => {
      a.need(0);
      b.need(50);
      return b.share.calls() === 11;
    });
    expect(a.share.calls()).toBeLessThanOrEqual(1);
  });

  test("are counted in the credential's row only while it is used", async () => {
    const named: string[][] = [];
    const around = (database: Database): Database => ({
      ...database,
      query: (text, values = []) => {
        if (text.includes("'seen_ms'")) named.push(values[1] as string[]); // the heartbeat's second parameter
        return database.query(text, values);
      },
    });
    await using a = join("seldom", "a", 10, around);
    await using b = join("never", "b", 10);
    await eventually("both are counted", () => a.share.replicas() === 2 && b.share.replicas() === 2);
    expect(a.share.calls()).toBe(0);
    expect(named.flat()).not.toContain("seldom");
    await eventually("a call is allowed", () => (a.need(1), a.share.calls() > 0));
    await eventually("it is no longer reported", () => {
      a.need(0);
      return named.length > 0 && named.at(-1)?.includes("seldom") === false;
    });
    expect(a.share.calls()).toBe(0);
    await eventually("a call is allowed again", () => (a.need(1), a.share.calls() > 0));
    const rows = await store.db.query("select 1 from budget_buckets where credential = 'never'");
    expect(rows).toEqual([]);
  });

  test("leave one call for a replica that does not use the credential", async () => {
    await using busy = join("kept", "busy", 4);
    await using idle = join("kept", "idle", 4);
    await eventually("both are counted", () => busy.share.replicas() === 2 && idle.share.replicas() === 2);
    await eventually("one has all but one", () => {
      busy.need(20);
      expect(busy.share.calls()).toBeLessThanOrEqual(3);
      return busy.share.calls() === 3;
    });
    await eventually("the other gets the last one", () => (idle.need(1), idle.share.calls() === 1));
    expect(busy.load.calls + idle.load.calls).toBeLessThanOrEqual(4);
  });

  test("of a replica that vanished are free for the others some seconds later", async () => {
    let isDead = false;
    const losable = (database: Database): Database => ({
      ...database,
      query: (text, values) => (isDead ? Promise.reject(new Error("dead")) : database.query(text, values)),
    });
    const vanishing = join("vanishes", "gone", 10, losable);
    await using left = join("vanishes", "left", 10);
    await eventually("it holds most of them", () => (vanishing.need(20), vanishing.share.calls() === 9));
    isDead = true; // no sign-off: its row stays as it is
    await vanishing[Symbol.asyncDispose]();
    const sinceMs = performance.now();
    await eventually("the other has all", () => (left.need(20), left.share.calls() === 10));
    const tookMs = performance.now() - sinceMs;
    expect(tookMs).toBeGreaterThan(3_500); // a replica that is only slow has not vanished
    expect(left.share.replicas()).toBe(1);
  });

  test("of a replica that ends are free for the others at once", async () => {
    const ends = join("ends", "ends", 10);
    await using stays = join("ends", "stays", 10);
    await eventually("it holds most of them", () => (stays.need(1), ends.need(20), ends.share.calls() >= 8));
    await ends[Symbol.asyncDispose]();
    const rows = await store.db.query<{ replicas: object }>(
      "select replicas from budget_buckets where credential = 'ends' and bucket = 'concurrency'",
    );
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0]?.replicas ?? {})).not.toContain("ends"); // a slow machine may have lost the other one too
    await eventually("the other has all", () => (stays.need(20), stays.share.calls() === 10));
  });

  test("that are returned are not used during the heartbeat", async () => {
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
    await eventually("a has most of them", () => (a.need(20), a.share.calls() === 9));
    a.need(0);
    const answered = new Promise<void>((resolve) => {
      // The row states that a needs none; a does not know yet, and makes as many calls as it still may.
      onBeat = () => {
        a.need(20);
        onBeat = () => {};
        resolve();
      };
    });
    await answered;
    const begun = a.load.calls;
    await eventually("b asks for all", () => {
      b.need(20);
      expect(begun + b.share.calls()).toBeLessThanOrEqual(10);
      return b.share.calls() >= 5;
    });
  });
});
