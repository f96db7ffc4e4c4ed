import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { appendEvents } from "../../../src/events/append.ts";
import { readLog } from "../../../src/events/read-log.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";

let log: EventLog;
beforeAll(async () => {
  log = await useEventLog();
});
afterAll(async () => {
  await log[Symbol.asyncDispose]();
});

const range = (count: number): bigint[] => Array.from({ length: count }, (_, index) => BigInt(index + 1));

describe("the event log", () => {
  test("with 8 writers, a number never appears below an earlier one, and none is missing", async () => {
    const tenantId = "writers";
    const writers = log.openDatabase({ max: 8 });
    let writing = true;
    const rounds = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 25; round += 1) {
        await writers.transaction(tenantId, async (tx) => {
          await tx.query("select pg_sleep(random() * 0.004)");
          const events = Array.from({ length: 1 + (round % 3) }, (_unused, index) => ({
            sourceId: "stripe-main",
            body: runStarted(`${writer}-${round}-${index}`),
          }));
          await appendEvents(tx, events);
        });
      }
    });
    const watch = async (): Promise<bigint[]> => {
      let seen: bigint[] = [];
      for (let last = false; ; last = !writing) {
        const rows = await log.database.read(tenantId, (tx) =>
          tx.query<{ seq: bigint }>("select seq from events order by seq"),
        );
        expect(rows.slice(0, seen.length).map((row) => row.seq)).toEqual(seen);
        seen = rows.map((row) => row.seq);
        if (last) return seen;
      }
    };
    const watching = watch();
    await Promise.all(rounds);
    writing = false;
    const expected = 8 * Array.from({ length: 25 }, (_, round) => 1 + (round % 3)).reduce((a, b) => a + b, 0);
    expect(await watching).toEqual(range(expected));
  });

  test("a rollback returns its numbers", async () => {
    const tenantId = "rollback";
    await log.append(tenantId, runStarted("first"));
    const failing = log.database.transaction(tenantId, async (tx) => {
      await appendEvents(tx, [{ sourceId: "stripe-main", body: runStarted("lost") }]);
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await log.append(tenantId, runStarted("second"))).toBe(2n);
    const page = await readLog(log.database, { tenantId, after: 0n, filter: {}, limit: 10 });
    expect(page).toMatchObject({ head: 2n, floor: 0n, through: 2n });
    expect(page.events.map(({ seq, body }) => [seq, body])).toEqual([
      [1n, runStarted("first")],
      [2n, runStarted("second")],
    ]);
  });

  test("another tenant's events are not returned", async () => {
    await log.append("wall-a", runStarted("a"));
    await log.append("wall-b", runStarted("b"));
    const page = await readLog(log.database, { tenantId: "wall-b", after: 0n, filter: {}, limit: 10 });
    expect(page.events.map((event) => event.body)).toEqual([runStarted("b")]);
  });

  test("an event of a kind that only a newer version knows is skipped", async () => {
    const tenantId = "newer";
    await log.append(tenantId, runStarted("known"), runStarted("unknown"), runStarted("known too"));
    await log.database.transaction(tenantId, (tx) => tx.query("update events set kind = 'Invented' where seq = 2"));
    const page = await readLog(log.database, { tenantId, after: 0n, filter: {}, limit: 10 });
    expect(page.events.map((event) => event.seq)).toEqual([1n, 3n]);
    expect(page.through).toBe(3n);
  });

  test("reading from a position uses the log's index, also when the filter passes nothing", async () => {
    const tenantId = "plans";
    await log.append(tenantId, ...Array.from({ length: 3_000 }, (_, index) => runStarted(`run-${index}`)));
    const plan = await log.database.transaction(tenantId, async (tx) => {
      await tx.query("set local enable_seqscan = off"); // a table this small would be scanned; the test is that it need not be
      return tx.query<{ "QUERY PLAN": string }>(
        "explain select * from events where seq > 2000 and seq <= 2100 and kind = 'X' order by seq limit 10",
      );
    });
    const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text).toMatch(/Index Cond: .*tenant_id = current_setting.*seq > .*seq <= /s);
  });
});

describe("retention of the event log", () => {
  test("deletes in batches from the oldest event and raises the floor with it", async () => {
    const tenantId = "retention";
    await log.append(tenantId, ...Array.from({ length: 25 }, (_, index) => runStarted(`run-${index}`)));
    await age(tenantId, 12n);
    const deleted = await log.deleteOlderThan(tenantId, 86_400_000, { batchSize: 5 });
    expect(deleted).toBe(12);
    const page = await readLog(log.database, { tenantId, after: 12n, filter: {}, limit: 100 });
    expect(page).toMatchObject({ head: 25n, floor: 12n, through: 25n });
    expect(page.events).toHaveLength(13);
  });

  test("with a clock that was set back leaves no gap above the floor", async () => {
    const tenantId = "clock-back";
    await log.append(tenantId, ...Array.from({ length: 6 }, (_, index) => runStarted(`run-${index}`)));
    await age(tenantId, 2n);
    await log.database.transaction(tenantId, (tx) =>
      tx.query("update events set at = at - interval '2 days' where seq = 4"),
    );
    expect(await log.deleteOlderThan(tenantId, 86_400_000)).toBe(2);
    const page = await readLog(log.database, { tenantId, after: 2n, filter: {}, limit: 100 });
    expect(page.floor).toBe(2n);
    expect(page.events.map((event) => event.seq)).toEqual([3n, 4n, 5n, 6n]);
  });

  test("that is aborted deletes nothing more", async () => {
    const tenantId = "aborted";
    await log.append(tenantId, runStarted("old"));
    await age(tenantId, 1n);
    const signal = AbortSignal.abort();
    expect(await log.deleteOlderThan(tenantId, 1, { signal })).toBe(0);
  });
});

/** Makes the events up to a number two days older. */
async function age(tenantId: string, through: bigint): Promise<void> {
  await log.database.transaction(tenantId, (tx) =>
    tx.query("update events set at = at - interval '2 days' where seq <= $1", [through]),
  );
}
