import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { createPoller, type Poller } from "../../../src/ingest/polling/poller.ts";
import { claimDueChecks } from "../../../src/sources/check-schedule.ts";
import { claimDuePolls, settlePolls } from "../../../src/sources/poll-schedule.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf, type SourceRegistry } from "../../../src/sources/source-registry.ts";
import type { Source } from "../../../src/sources/source.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let pollers: Poller[];
beforeEach(async () => {
  store = await useStore();
  pollers = [];
});
afterEach(async () => {
  await Promise.all(pollers.map((poller) => poller.close(5_000)));
  await store[Symbol.asyncDispose]();
});

/** Polls due sources as one process does; the ids of those that it polls are added to `polled`. */
async function open(
  sources: readonly Source[],
  polled: string[],
  options: {
    readonly room?: () => number;
    readonly pollMs?: number;
    readonly lookMs?: number;
    readonly registry?: SourceRegistry;
    readonly poll?: (source: Source) => Promise<void>;
  } = {},
): Promise<Poller> {
  await registerSources(store.db, sources);
  const poller = createPoller({
    db: store.db,
    sources: options.registry ?? registryOf(sources),
    log: pino({ level: "silent" }),
    random: Math.random,
    room: options.room ?? (() => 32),
    ...(options.pollMs !== undefined && { pollMs: options.pollMs }),
    ...(options.lookMs !== undefined && { lookMs: options.lookMs }),
    async poll(source) {
      await options.poll?.(source);
      polled.push(source.id);
    },
  });
  pollers.push(poller);
  poller.start();
  return poller;
}

const HOUR_MS = 3_600_000;
const named = (id: string, scheduleMs = HOUR_MS, tenantId = "acme") =>
  scriptedSource({ pages: { a: [] } }, { id, scheduleMs, tenantId });
const makeAllDue = () => store.db.acrossTenants("update source_schedules set poll_due_at = now()");

/** Seconds until the next poll of each source. */
async function secondsToNext(): Promise<ReadonlyMap<string, number>> {
  const rows = await store.db.acrossTenants<{ id: string; seconds: number }>(
    "select source_id as id, extract(epoch from poll_due_at - now())::float8 as seconds from source_schedules",
  );
  return new Map(rows.map(({ id, seconds }) => [id, seconds]));
}

describe("due sources", () => {
  test("are polled although a process that does not know them takes its turn (F15)", async () => {
    const sources = ["a", "b", "c", "d", "e", "f"].map((id) => named(id));
    await registerSources(store.db, sources);
    const polled: string[] = [];
    await open([], polled);
    await open(sources, polled);
    await eventually("all to be polled", () => new Set(polled).size === sources.length);
    expect(polled.toSorted()).toEqual(["a", "b", "c", "d", "e", "f"]); // by an hourly schedule: once
  });

  test("that a process does not know are not claimed by it again, and polled as soon as it knows them", async () => {
    const known = registryOf([named("a")]);
    let looks = 0;
    let isKnown = false;
    const registry: SourceRegistry = {
      ...known,
      find: (id) => ((looks += 1), isKnown ? known.find(id) : Promise.resolve(undefined)),
    };
    const polled: string[] = [];
    await open([named("a")], polled, { registry, pollMs: 10, lookMs: 0 });
    const dueAt = async () => (await store.db.acrossTenants("select poll_due_at::text from source_schedules"))[0];
    await eventually("the source to be looked for", () => looks > 1); // the first look is part of the claim
    await makeAllDue();
    const before = { looks, dueAt: await dueAt() };
    await eventually("further looks", () => looks > before.looks + 5);
    expect(await dueAt()).toEqual(before.dueAt); // each claim sets another time
    expect(polled).toEqual([]);
    isKnown = true;
    await eventually("it to be polled", () => polled.length === 1);
  });

  test("are polled by one of several processes, each once, and then after their interval", async () => {
    const sources = Array.from({ length: 150 }, (_, index) => named(`s${index}`));
    const polled: string[] = [];
    for (const _replica of [1, 2, 3]) await open(sources, polled);
    await eventually("all to be polled", () => polled.length >= sources.length);
    await eventually("the next polls to be set", async () =>
      [...(await secondsToNext()).values()].every((seconds) => seconds > 60),
    );
    expect(polled.toSorted()).toEqual(sources.map(({ id }) => id).toSorted());
    const next = [...(await secondsToNext()).values()];
    expect(Math.max(...next)).toBeLessThanOrEqual(3_600 * 1.05);
    expect(Math.min(...next)).toBeGreaterThan(3_600 * 0.45); // the first interval is shorter, and differs most
    expect(new Set(next.map(Math.round)).size).toBeGreaterThan(30); // they are spread
  });

  test("wait in the schedule while the process has no room to read", async () => {
    let room = 0;
    const polled: string[] = [];
    await open([named("a"), named("b")], polled, { room: () => room });
    const probe: string[] = [];
    await open([named("c")], probe);
    await eventually("another process to poll its own source", () => probe.length === 1);
    expect(polled).toEqual([]);
    room = 4;
    await eventually("both to be polled", () => polled.length === 2);
  });

  test("are looked for when a stream has ended and there is room again, not at the next interval", async () => {
    let room = 0;
    let looks = 0;
    const polled: string[] = [];
    const poller = await open([named("a")], polled, { pollMs: HOUR_MS, room: () => ((looks += 1), room) });
    await eventually("the first look", () => looks > 0);
    const before = looks;
    poller.streamEnded();
    expect([looks - before, polled]).toEqual([1, []]); // it looked whether there is room, and began no search
    room = 32;
    poller.streamEnded();
    await eventually("it to be polled", () => polled.length === 1);
  });

  test("whose run could not be started are tried again soon", async () => {
    let failures = 2;
    const polled: string[] = [];
    await open([named("a")], polled, {
      poll: () => ((failures -= 1) >= 0 ? Promise.reject(new Error("unavailable")) : Promise.resolve()),
    });
    await eventually("it to be polled", () => polled.length === 1);
    expect(failures).toBe(-1);
  });

  test("of a process that ended during the poll are due again after a minute", async () => {
    await registerSources(store.db, [named("a")]);
    expect(await claimDuePolls(store.db, 10, [])).toEqual([{ sourceId: "a", tenantId: "acme" }]);
    expect(await claimDuePolls(store.db, 10, [])).toEqual([]);
    expect((await secondsToNext()).get("a")).toBeGreaterThan(50);
    expect((await secondsToNext()).get("a")).toBeLessThanOrEqual(60);
  });
});

test("with more due than can be claimed, every tenant has its share, even if the others were due first (F54)", async () => {
  const many = Array.from({ length: 500 }, (_, index) => named(`big-${index}`, HOUR_MS, "big"));
  await registerSources(store.db, [...many, named("small", HOUR_MS, "small"), named("other", HOUR_MS, "other")]);
  await store.db.acrossTenants(
    "update source_schedules set poll_due_at = now() - interval '1 hour' where tenant_id = 'big'",
  );
  const claimed = await claimDuePolls(store.db, 10, []);
  expect(claimed).toHaveLength(10);
  expect(claimed.map(({ sourceId }) => sourceId)).toEqual(expect.arrayContaining(["small", "other"]));
});

test("each of hundreds of sources is polled within its schedule and a tenth, also those of a tenant beside a large one", async () => {
  const SCHEDULE_S = 60;
  const sources = Array.from({ length: 400 }, (_, index) =>
    named(`s${index}`, SCHEDULE_S * 1_000, index < 200 ? "large" : `tenant-${index % 50}`),
  );
  await registerSources(store.db, sources);
  const rounds = new Map(sources.map(({ id }): [string, number[]] => [id, []]));
  const claimed: number[] = [];
  // A round is a second of the database's time: the schedule is moved instead of the clock.
  for (let round = 0; round < 4 * SCHEDULE_S; round += 1) {
    const due = (await claimDuePolls(store.db, 64, [])).map(({ sourceId }) => sourceId);
    await settlePolls(store.db, due);
    claimed.push(due.length);
    for (const id of due) rounds.get(id)?.push(round);
    await store.db.acrossTenants("update source_schedules set poll_due_at = poll_due_at - interval '1 second'");
  }
  const gaps = [...rounds.values()].flatMap((own) => own.slice(1).map((round, index) => round - (own[index] ?? 0)));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(SCHEDULE_S * 1.1);
  expect([...rounds.values()].filter((own) => own.length < 3)).toEqual([]);
  // After the first polls, which begin at once, they come evenly: never half of all sources in one tenth of the schedule.
  const tenths = Array.from({ length: 30 }, (_, tenth) =>
    claimed.slice(SCHEDULE_S + tenth * 6, SCHEDULE_S + tenth * 6 + 6).reduce((sum, count) => sum + count, 0),
  );
  expect(Math.max(...tenths)).toBeLessThan(sources.length / 2);
});

test("due polls and checks are found by an index among ten thousand sources, and registering them takes ten statements", async () => {
  const statements: string[] = [];
  const db = createDatabase({
    connection: store.connection,
    max: 2,
    onStatement: (text) => void statements.push(text),
  });
  await using closers = new AsyncDisposableStack();
  closers.defer(() => db.close());
  const sources = Array.from({ length: 10_000 }, (_, index) => named(`s${index}`, HOUR_MS, `tenant-${index % 500}`));
  await registerSources(db, sources);
  expect(statements).toHaveLength(10);
  await db.acrossTenants(
    "update source_schedules set poll_due_at = now() + interval '1 hour', check_due_at = now() + interval '1 hour'",
  );
  await db.acrossTenants(
    "update source_schedules set poll_due_at = now(), check_due_at = now() where source_id < 's2'",
  );
  statements.length = 0;
  expect(await claimDuePolls(db, 20, [])).toHaveLength(20);
  expect(await claimDueChecks(db, 20, 1_000)).toHaveLength(20);
  const values = [
    [21, []],
    [20, []],
    [20, 1_000],
  ];
  for (const [index, text] of statements.slice().entries()) {
    const plan = await db.acrossTenants(`explain (format text) ${text}`, values[index]);
    expect([text, JSON.stringify(plan).match(/Seq Scan on \w+/g)]).toEqual([text, null]);
  }
});

test("a shortened schedule counts from the next start, and a manual one ends the polling", async () => {
  const before: string[] = [];
  const first = await open([named("short"), named("manual")], before);
  await eventually("both to be polled", () => before.length === 2);
  await first.close(5_000);
  const after: string[] = [];
  await open([named("short", 1_000), scriptedSource({ pages: { a: [] } }, { id: "manual" })], after);
  await eventually("three polls by the shorter schedule", () => after.length >= 3);
  expect(new Set(after)).toEqual(new Set(["short"]));
});

test("a restart polls nothing before it is due, and registers unchanged sources without writing", async () => {
  const sources = [named("a"), named("b")];
  await registerSources(store.db, sources);
  await settlePolls(store.db, ["a", "b"]);
  const versions = () =>
    store.db.acrossTenants("select source_id, version, xmin::text from source_schedules order by 1");
  const before = await versions();
  await registerSources(store.db, sources);
  expect(await versions()).toEqual(before);
  expect(await claimDuePolls(store.db, 10, [])).toEqual([]);
  await makeAllDue();
  expect(await claimDuePolls(store.db, 10, [])).toHaveLength(2);
});
