import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import pg from "pg";
import { ServiceError } from "../../../src/domain/error.ts";
import type { EventBody, EventKind } from "../../../src/events/event.ts";
import type { EventFilter } from "../../../src/events/filter.ts";
import { readLog } from "../../../src/events/read-log.ts";
import type { StreamItem } from "../../../src/events/stream-item.ts";
import type { Database } from "../../../src/store/database.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { take, within } from "../../helpers/take.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";

let log: EventLog;
let admin: pg.Client;
beforeAll(async () => {
  log = await useEventLog();
  admin = new pg.Client({ ...log.connection, ssl: false });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await log[Symbol.asyncDispose]();
});

const numbered = (from: number, to: number): EventBody[] =>
  Array.from({ length: to - from + 1 }, (_, index) => runStarted(`run-${from + index}`));
const seqs = (items: readonly StreamItem[]): bigint[] => items.map((item) => item.seq);
const range = (from: number, to: number): bigint[] =>
  Array.from({ length: to - from + 1 }, (_, index) => BigInt(from + index));

/** Ends the listening sessions, as a failover would. */
async function killListeners(): Promise<number> {
  const { rows } = await admin.query<{ killed: number }>(
    `select count(pg_terminate_backend(pid))::int as killed from pg_stat_activity
     where datname = current_database() and query like 'listen%'`,
  );
  return rows[0]?.killed ?? 0;
}

async function listeners(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and query like 'listen%'`,
  );
  return rows[0]?.count ?? 0;
}

describe("a subscription to the event log", () => {
  test("without a cursor begins with the current position, then receives each event once", async () => {
    const tenantId = "now";
    await log.append(tenantId, ...numbered(1, 3));
    const feed = log.openFeed();
    const stream = feed.subscribe({ tenantId, after: undefined, filter: {} });
    expect(await take(stream, 1)).toMatchObject([{ type: "position", seq: 3n }]);
    await log.append(tenantId, ...numbered(4, 5));
    await log.append(tenantId, ...numbered(6, 6));
    const items = await take(stream, 3);
    expect(items).toMatchObject([
      { type: "event", seq: 4n, event: { body: runStarted("run-4"), sourceId: "stripe-main" } },
      { type: "event", seq: 5n, event: { body: runStarted("run-5") } },
      { type: "event", seq: 6n, event: { body: runStarted("run-6") } },
    ]);
    await feed.close();
  });

  test("with a cursor replays page by page and continues live", async () => {
    const tenantId = "replay";
    await log.append(tenantId, ...numbered(1, 1_000));
    const feed = log.openFeed({ ringSize: 10, subscriberPageSize: 64 });
    const stream = feed.subscribe({ tenantId, after: 0n, filter: {} });
    const replayed = await take(stream, 1_000);
    await log.append(tenantId, ...numbered(1_001, 1_005));
    expect(seqs([...replayed, ...(await take(stream, 5))])).toEqual(range(1, 1_005));
    await feed.close();
  });

  test("at the end of the log costs the database the same for one subscriber as for 200", async () => {
    const tenantId = "shared";
    const statements: string[] = [];
    const database = log.openDatabase({ onStatement: (text) => statements.push(text) });
    const feed = log.openFeed({ database, pollIntervalMs: 60_000 });
    const streams = Array.from({ length: 200 }, () => feed.subscribe({ tenantId, after: undefined, filter: {} }));
    await Promise.all(streams.map((stream) => take(stream, 1)));
    const before = statements.length;
    await log.append(tenantId, ...numbered(1, 20));
    const all = await Promise.all(streams.map((stream) => take(stream, 20)));
    for (const items of all) expect(seqs(items)).toEqual(range(1, 20));
    expect(statements.length - before).toBeLessThanOrEqual(3);
    await feed.close();
  });

  test("replays of many subscribers read a few pages at a time", async () => {
    const tenantId = "crowd";
    await log.append(tenantId, ...numbered(1, 200));
    let reads = 0;
    let most = 0;
    const database: Database = {
      ...log.database,
      async read(tenant, work) {
        reads += 1;
        most = Math.max(most, reads);
        return await log.database.read(tenant, work).finally(() => (reads -= 1));
      },
    };
    const feed = log.openFeed({ database, pollIntervalMs: 60_000, subscriberPageSize: 50, maxReads: 3 });
    const streams = Array.from({ length: 40 }, () => feed.subscribe({ tenantId, after: 0n, filter: {} }));
    const all = await Promise.all(streams.map((stream) => take(stream, 200)));
    for (const items of all) expect(seqs(items)).toEqual(range(1, 200));
    expect(most).toBeLessThanOrEqual(4); // three pages and the tail's own
    await feed.close();
  });

  test("reads nothing for a subscriber that requests nothing (F99)", async () => {
    const tenantId = "stalled";
    const statements: string[] = [];
    const database = log.openDatabase({ onStatement: (text) => statements.push(text) });
    const feed = log.openFeed({ database, pollIntervalMs: 60_000, ringSize: 100, subscriberPageSize: 50 });
    const stalled = feed.subscribe({ tenantId, after: undefined, filter: {} });
    const other = feed.subscribe({ tenantId, after: undefined, filter: {} });
    await Promise.all([take(stalled, 1), take(other, 1)]);
    for (let block = 0; block < 10; block += 1) {
      await log.append(tenantId, ...numbered(block * 500 + 1, block * 500 + 500));
      expect(seqs(await take(other, 500))).toEqual(range(block * 500 + 1, block * 500 + 500));
    }
    // What the tail and the other subscriber need: the 5,000 events of the stalled one were not read.
    const before = statements.length;
    expect(seqs(await take(stalled, 120))).toEqual(range(1, 120));
    expect(statements.length - before).toBe(3);
    await feed.close();
  });

  test("is released at once when its client leaves while no events arrive", async () => {
    const tenantId = "quiet";
    const feed = log.openFeed();
    const stream = feed.subscribe({ tenantId, after: undefined, filter: {} });
    await take(stream, 1);
    const pending = stream.next();
    expect(feed.open).toBe(1);
    const returned = stream.return();
    expect(feed.open).toBe(0);
    expect(await within(WAIT_LIMIT_MS, "return", returned)).toEqual({ done: true, value: undefined });
    expect(await within(WAIT_LIMIT_MS, "the waiting next", pending)).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    await feed.close();
  });

  test("ends with its signal, and with the feed", async () => {
    const tenantId = "signal";
    const feed = log.openFeed();
    const controller = new AbortController();
    const first = feed.subscribe({ tenantId, after: undefined, filter: {}, signal: controller.signal });
    const second = feed.subscribe({ tenantId, after: undefined, filter: {} });
    await Promise.all([take(first, 1), take(second, 1)]);
    const pending = [first.next(), second.next()];
    controller.abort();
    expect(await within(WAIT_LIMIT_MS, "first", pending[0] ?? first.next())).toEqual({ done: true, value: undefined });
    expect(feed.open).toBe(1);
    await feed.close();
    expect(await within(WAIT_LIMIT_MS, "second", pending[1] ?? second.next())).toEqual({
      done: true,
      value: undefined,
    });
    expect(() => feed.subscribe({ tenantId, after: undefined, filter: {} })).toThrow(ServiceError);
  });

  test("does not receive another tenant's events", async () => {
    const feed = log.openFeed();
    const mine = feed.subscribe({ tenantId: "wall-one", after: undefined, filter: {} });
    const theirs = feed.subscribe({ tenantId: "wall-two", after: undefined, filter: {} });
    await Promise.all([take(mine, 1), take(theirs, 1)]);
    await log.append("wall-two", runStarted("theirs"));
    await log.append("wall-one", runStarted("mine"));
    expect(await take(mine, 1)).toMatchObject([{ event: { tenantId: "wall-one", body: runStarted("mine") } }]);
    await feed.close();
  });
});

describe("a reset of a subscription", () => {
  test("comes first when the cursor is older than retention, and the stream continues live (F101)", async () => {
    const tenantId = "expired";
    await log.append(tenantId, ...numbered(1, 10));
    await log.deleteOlderThan(tenantId, -60_000, { batchSize: 10 });
    await log.append(tenantId, ...numbered(11, 12));
    const feed = log.openFeed();
    const stream = feed.subscribe({ tenantId, after: 9n, filter: {} });
    const fits = feed.subscribe({ tenantId, after: 10n, filter: {} });
    expect(await take(stream, 1)).toMatchObject([{ type: "reset", reason: "RETENTION", seq: 12n, floor: 10n }]);
    await log.append(tenantId, ...numbered(13, 13));
    expect(await take(stream, 1)).toMatchObject([{ type: "event", seq: 13n }]);
    expect(seqs(await take(fits, 3))).toEqual([11n, 12n, 13n]);
    await feed.close();
  });

  test("comes when retention overtakes a slow subscriber during its replay (F101)", async () => {
    const tenantId = "overtaken";
    await log.append(tenantId, ...numbered(1, 100));
    const feed = log.openFeed({ ringSize: 5, subscriberPageSize: 10 });
    const stream = feed.subscribe({ tenantId, after: 0n, filter: {} });
    expect(seqs(await take(stream, 10))).toEqual(range(1, 10));
    await log.deleteOlderThan(tenantId, -60_000, { batchSize: 1_000 });
    expect(await take(stream, 1)).toMatchObject([{ type: "reset", reason: "RETENTION", seq: 100n, floor: 100n }]);
    await feed.close();
  });

  test("comes when the log ends before the cursor, and for live subscribers when the log is set back", async () => {
    const tenantId = "restored";
    await log.append(tenantId, ...numbered(1, 8));
    const feed = log.openFeed({ pollIntervalMs: 20 });
    const live = feed.subscribe({ tenantId, after: undefined, filter: {} });
    const ahead = feed.subscribe({ tenantId, after: 50n, filter: {} });
    expect(await take(live, 1)).toMatchObject([{ type: "position", seq: 8n }]);
    expect(await take(ahead, 1)).toMatchObject([{ type: "reset", reason: "UNKNOWN_POSITION", seq: 8n }]);
    await log.database.transaction(tenantId, async (tx) => {
      await tx.query("delete from events where seq > 5");
      await tx.query("update event_heads set head = 5");
    });
    expect(await take(live, 1)).toMatchObject([{ type: "reset", reason: "UNKNOWN_POSITION", seq: 5n }]);
    await log.append(tenantId, runStarted("again"));
    expect(await take(live, 1)).toMatchObject([{ type: "event", seq: 6n, event: { body: runStarted("again") } }]);
    await feed.close();
  });
});

describe("the tail of the event log", () => {
  test("listens again after its session was killed, and nothing is missed", async () => {
    const tenantId = "listen";
    const feed = log.openFeed({ pollIntervalMs: 60_000 });
    const stream = feed.subscribe({ tenantId, after: undefined, filter: {} });
    await take(stream, 1);
    await eventually("a listener", async () => (await listeners()) === 1);
    expect(await killListeners()).toBe(1);
    await log.append(tenantId, runStarted("while deaf"));
    expect(await take(stream, 1)).toMatchObject([{ event: { body: runStarted("while deaf") } }]);
    await eventually("a listener again", async () => (await listeners()) === 1);
    await log.append(tenantId, runStarted("heard"));
    expect(await take(stream, 1)).toMatchObject([{ event: { body: runStarted("heard") } }]);
    await feed.close();
    await eventually("no listener", async () => (await listeners()) === 0);
  });

  test("polls: a feed that is never notified receives every event", async () => {
    const tenantId = "deaf";
    const failingListen = () => Promise.reject(new ServiceError("STORE_UNAVAILABLE", "the database is not available"));
    const problems: ServiceError[] = [];
    const database = { ...log.database, listen: failingListen };
    const feed = log.openFeed({ database, pollIntervalMs: 20, onProblem: (problem) => problems.push(problem) });
    const stream = feed.subscribe({ tenantId, after: undefined, filter: {} });
    await take(stream, 1);
    await log.append(tenantId, ...numbered(1, 3));
    expect(seqs(await take(stream, 3))).toEqual([1n, 2n, 3n]);
    expect(problems.map((problem) => problem.code)).toContain("STORE_UNAVAILABLE");
    await feed.close();
  });

  test("whose sessions are killed repeatedly ends no subscription and loses nothing, in replay or live", async () => {
    const tenantId = "killed";
    await log.append(tenantId, ...numbered(1, 300));
    const database = log.openDatabase({ max: 4 });
    const feed = log.openFeed({ database, pollIntervalMs: 30, ringSize: 20, subscriberPageSize: 20 });
    const streams = [0n, 150n, 290n].map((after) => feed.subscribe({ tenantId, after, filter: {} }));
    const reading = streams.map((stream, index) => take(stream, 400 - [0, 150, 290][index]!));
    for (let round = 0; round < 10; round += 1) {
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'sluice'`,
      );
      const first = 301 + round * 10;
      const bodies = numbered(first, first + 9);
      // The writer's session may be among the killed ones: then it was not committed, so it is sent again.
      await eventually("an append", () =>
        log.append(tenantId, ...bodies).then(
          () => true,
          () => false,
        ),
      );
    }
    const [all, half, few] = await Promise.all(reading);
    expect(seqs(all ?? [])).toEqual(range(1, 400));
    expect(seqs(half ?? [])).toEqual(range(151, 400));
    expect(seqs(few ?? [])).toEqual(range(291, 400));
    await feed.close();
  });
});

describe("a subscription filter", () => {
  const kinds: readonly EventKind[] = ["EntityChanged", "RunStarted", "RunFinished", "DeliveryParked"];
  const bodies = fc.oneof(
    fc.record({
      kind: fc.constant("EntityChanged" as const),
      change: fc.constantFrom("CREATED" as const, "UPDATED" as const, "DELETED" as const),
      entityType: fc.constantFrom("Payment" as const, "Refund" as const),
      entityId: fc.constantFrom("pay_1", "ref_1"),
    }),
    fc.record({ kind: fc.constant("RunStarted" as const), runId: fc.constantFrom("run_1", "run_2") }),
    fc.record({
      kind: fc.constant("RunFinished" as const),
      runId: fc.constantFrom("run_1", "run_2"),
      status: fc.constant("SUCCEEDED" as const),
    }),
    fc.record({ kind: fc.constant("DeliveryParked" as const), deliveryId: fc.constant("dlv_1") }),
  );
  const lists = <T>(...values: T[]) => fc.option(fc.subarray(values), { nil: undefined });
  const filters: fc.Arbitrary<EventFilter> = fc.record({
    sourceIds: lists("stripe-main", "other", "\0"),
    kinds: lists(...kinds),
    entityTypes: lists("Payment" as const, "Refund" as const),
    entityIds: lists("pay_1", "ref_1", "pay_\0"),
    runIds: lists("run_1", "run_2"),
  });

  test("passes the same events live as from the log", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(bodies, { minLength: 1, maxLength: 12 }), filters, async (events, filter) => {
        round += 1;
        const tenantId = `filter-${round}`;
        const feed = log.openFeed({ pollIntervalMs: 60_000, positionIntervalMs: 0 });
        const live = feed.subscribe({ tenantId, after: undefined, filter });
        await take(live, 1);
        const head = await log.append(tenantId, ...events);
        const page = await readLog(log.database, { tenantId, after: 0n, filter, limit: 100 });
        const received: StreamItem[] = [];
        while (received.at(-1)?.seq !== head) received.push(...(await take(live, 1)));
        await feed.close();
        expect(received.flatMap((item) => (item.type === "event" ? [item.event] : []))).toEqual(page.events);
        expect(page.through).toBe(head);
      }),
      { numRuns: 60 },
    );
  });

  test("passes each matching event among others that it does not, live, at once and later", async () => {
    const tenantId = "among-others";
    const feed = log.openFeed({ pollIntervalMs: 60_000 });
    const live = feed.subscribe({ tenantId, after: undefined, filter: { runIds: ["wanted"] } });
    await take(live, 1);
    const mixed = ["other", "wanted", "other", "other", "wanted"].map(runStarted);
    await log.append(tenantId, ...mixed);
    expect(seqs(await take(live, 2))).toEqual([2n, 5n]);
    await log.append(tenantId, ...mixed);
    await log.append(tenantId, ...mixed);
    expect(seqs(await take(live, 4))).toEqual([7n, 10n, 12n, 15n]);
    await feed.close();
  });

  test("that passes nothing still sends newer positions, so that a resume does not start far back", async () => {
    const tenantId = "nothing";
    await log.append(tenantId, ...numbered(1, 2_500));
    let nowMs = 1_000_000;
    const feed = log.openFeed({ ringSize: 50, positionIntervalMs: 30, clock: () => nowMs });
    const stream = feed.subscribe({ tenantId, after: 0n, filter: { kinds: ["FindingOpened"] } });
    expect(await take(stream, 1)).toMatchObject([{ type: "position", seq: 2_500n }]);
    await log.append(tenantId, ...numbered(2_501, 2_510));
    const pending = take(stream, 1);
    nowMs += 30;
    expect(await pending).toMatchObject([{ type: "position", seq: 2_510n }]);
    await feed.close();
  });

  test("with too many values is refused", () => {
    const feed = log.openFeed();
    const entityIds = Array.from({ length: 1_001 }, (_, index) => `pay_${index}`);
    expect(() => feed.subscribe({ tenantId: "many", after: undefined, filter: { entityIds } })).toThrow(
      /filter.entityIds must have at most 1000 values/,
    );
    expect(feed.open).toBe(0);
  });
});

describe("reconnecting with the cursor", () => {
  test("after random disconnects while 4 connections write: no gap, no duplicate (F100)", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ taken: fc.nat({ max: 40 }), pending: fc.boolean() }), { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        async (sessions, ringSize, subscriberPageSize) => {
          round += 1;
          const tenantId = `reconnect-${round}`;
          const feed = log.openFeed({ ringSize, subscriberPageSize, pageSize: 7, pollIntervalMs: 50 });
          const writers = Array.from({ length: 4 }, async (_, writer) => {
            for (let index = 0; index < 15; index += 1) {
              await log.append(tenantId, ...numbered(writer * 100 + index, writer * 100 + index + (index % 4)));
            }
          });
          const total = 4 * Array.from({ length: 15 }, (_, index) => 1 + (index % 4)).reduce((a, b) => a + b, 0);
          const received: bigint[] = [];
          for (const { taken, pending } of [...sessions, { taken: total, pending: false }]) {
            const stream = feed.subscribe({ tenantId, after: received.at(-1) ?? 0n, filter: {} });
            received.push(...seqs(await take(stream, Math.min(taken, total - received.length))));
            if (pending) void stream.next(); // lost with its session: the cursor did not advance
            await stream.return();
          }
          await Promise.all(writers);
          await feed.close();
          expect(received).toEqual(range(1, total));
        },
      ),
      { numRuns: 15 },
    );
  });
});
