import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { endFeedOfSource } from "../../../src/ingest/feeds/register-feeds.ts";
import { recordDisconnect } from "../../../src/sources/connected/register-connected.ts";
import { beginErasure } from "../../../src/sources/erasure/erasure-rows.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { type FeedScript, scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedProcess, type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";

let world: FeedWorld;
let graph: GraphServer;
beforeAll(async () => {
  world = await useFeedWorld();
  graph = await useGraphServer({}, { connection: world.store.connection, close: () => Promise.resolve() });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const sourceOf = (id: string, script: FeedScript) =>
  scriptedSource({ pages: { parties: [] }, feed: script.feed }, { id });
const feedOf = async (id: string) => {
  const { data } = await graph.query(
    `{ source(id: "${id}") { status feed { streams state positionAt lagMs lagBytes waitsFor error { code message } } } }`,
  );
  return data.source;
};
const inState = (id: string, state: string) =>
  eventually(`${id} ${state}`, async () => {
    const source = await feedOf(id);
    return source.feed?.state === state && source.feed;
  });
const warnings = ({ logged }: FeedProcess) => logged.filter(({ level }) => level === 40);
const partiesOf = (id: string) => world.query("select external_id from parties where source_id = $1", [id]);

test("a paused source's feed ends, and continues at its position when the source is resumed", async () => {
  const script = scriptedFeed();
  const { engine } = await world.open([sourceOf("paused", script)]);
  script.send(partyMessage("p1", "Ada", at(1n)), "checkpoint");
  await eventually("the first change", () => script.committed.at(-1) === 2);
  await engine.pauseSource("acme", "paused");
  await eventually("the connection to end", () => script.connected() === 0);
  expect(await inState("paused", "PAUSED")).toMatchObject({ streams: ["parties"], error: null });
  script.send(partyMessage("p2", "Bob", at(1n)), "checkpoint");
  await engine.resumeSource("acme", "paused");
  await eventually("the second change", () => script.committed.at(-1) === 4);
  expect(script.opened.at(-1)).toEqual({ index: 2 });
  expect(await partiesOf("paused")).toHaveLength(2);
});

test("a connection that fails is opened again at the stored position, and the log and the graph say so once", async () => {
  const script = scriptedFeed();
  const process = await world.open([sourceOf("failing", script)]);
  await inState("failing", "FOLLOWING");
  script.fail(new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream closed the connection"));
  const attempts = script.opened.length;
  expect((await inState("failing", "FAILED")).error).toEqual({
    code: "UPSTREAM_UNAVAILABLE",
    message: "the upstream closed the connection",
  });
  await eventually("some attempts", () => script.opened.length > attempts + 2);
  script.accept();
  expect(await inState("failing", "FOLLOWING")).toMatchObject({ error: null });
  expect(script.opened.slice(1).every((position) => position !== undefined)).toBe(true);
  expect(warnings(process).filter(({ msg }) => msg === "change feed failed, trying again")).toHaveLength(1);
});

test("credentials that a feed's upstream refuses are the source's status, until a check succeeds", async () => {
  const script = scriptedFeed();
  await world.open([sourceOf("refused", script)]);
  await inState("refused", "FOLLOWING");
  script.fail(new ServiceError("UPSTREAM_UNAUTHORIZED", "the key was revoked"));
  await eventually("the status", async () => (await feedOf("refused")).status === "NEEDS_CREDENTIALS");
  script.accept();
  await inState("refused", "FOLLOWING");
  expect((await feedOf("refused")).status).toBe("ACTIVE");
});

test("lag and what the upstream waits for are visible in the graph", async () => {
  const script = scriptedFeed();
  const { feeds } = await world.open([sourceOf("lagging", script)]);
  await inState("lagging", "FOLLOWING");
  script.send({ type: "lag", lagMs: 1_500, lagBytes: 2n ** 40n, waitsFor: "a transaction that has been open for 3 h" });
  expect(await inState("lagging", "WAITING")).toMatchObject({
    lagMs: "1500",
    lagBytes: String(2n ** 40n),
    waitsFor: "a transaction that has been open for 3 h",
  });
  expect(feeds.stats().following).toEqual([
    { connector: "scripted", lagMs: 1_500, lagBytes: 2n ** 40n, sourceId: "lagging", tenantId: "acme" },
  ]);
  script.send({ type: "lag", lagMs: 3, lagBytes: 0n, waitsFor: undefined });
  expect(await inState("lagging", "FOLLOWING")).toMatchObject({ waitsFor: null });
});

test("an upstream that keeps too much of its log for a feed is a finding with the time that is left, until it keeps less (F67)", async () => {
  const script = scriptedFeed();
  await world.open([sourceOf("retained", script)]);
  await inState("retained", "FOLLOWING");
  const lag = (retainedBytes: bigint, safeBytes: bigint, timeLeftMs: number) =>
    script.send({
      type: "lag",
      lagMs: 1,
      lagBytes: 0n,
      waitsFor: undefined,
      retention: { retainedBytes, safeBytes, timeLeftMs },
    });
  const found = () =>
    world.query<{ summary: string; open: boolean }>(
      "select summary, closed_at is null as open from findings where source_id = 'retained'",
    );
  lag(49n, 51n, 60_000);
  lag(62n, 38n, 3 * 3_600_000);
  const [finding] = await eventually("the finding", async () => (await found())[0]?.open && (await found()));
  expect(finding?.summary).toContain(
    "62 % of the limit is used: at the present rate the upstream forgets changes in about 3 hours",
  );
  lag(45n, 55n, 60_000);
  await eventually("the other share", async () => (await found())[0]?.summary.includes("45 %"));
  expect((await found())[0]?.open).toBe(true);
  lag(39n, 61n, 60_000);
  await eventually("the end of it", async () => !(await found())[0]?.open);
});

test("of two processes one follows a feed, and the other one continues when it stops (F75)", async () => {
  const script = scriptedFeed();
  const source = sourceOf("shared", script);
  const processes = [await world.open([source]), await world.open([source])] as const;
  await inState("shared", "FOLLOWING");
  const following = () => processes.filter(({ feeds }) => feeds.stats().following.length > 0);
  script.send(partyMessage("p1", "Ada", at(1n)), "checkpoint");
  await eventually("the first change", () => script.committed.at(-1) === 2);
  expect([script.connected(), following().length, script.opened.length]).toEqual([1, 1, 1]);
  await following()[0]?.close();
  script.send(partyMessage("p2", "Bob", at(1n)), "checkpoint");
  await eventually("the second change", () => script.committed.at(-1) === 4);
  expect(script.opened).toEqual([undefined, { index: 2 }]);
});

test("a source that is disconnected has no feed, and nothing more of it is written", async () => {
  const script = scriptedFeed();
  const arrived = Promise.withResolvers<void>();
  const disconnected = Promise.withResolvers<void>();
  await world.open([sourceOf("disconnected", script)], {
    wrap: (db) => ({
      ...db,
      async transaction(tenantId, work) {
        if (script.requested() > 0) {
          arrived.resolve();
          await disconnected.promise;
        }
        return db.transaction(tenantId, work);
      },
    }),
  });
  await eventually("the begin", () => script.committed.length === 1);
  script.send(partyMessage("late", "Ada", at(1n)), "checkpoint");
  await arrived.promise;
  await world.store.db.transaction("acme", async (tx) => {
    await recordDisconnect(tx, "disconnected");
    await endFeedOfSource(tx, "disconnected");
  });
  disconnected.resolve();
  await eventually("the connection to end", () => script.connected() === 0);
  expect(await partiesOf("disconnected")).toEqual([]);
  expect((await feedOf("disconnected")).feed).toBeNull();
});

test("of a source whose data is erased nothing is written, even by a process that does not know yet", async () => {
  const script = scriptedFeed();
  await world.open([sourceOf("erased", script)]);
  await eventually("the begin", () => script.committed.length === 1);
  await world.store.db.transaction("acme", async (tx) => {
    await recordDisconnect(tx, "erased");
    await beginErasure(tx, "erased");
  });
  script.send(partyMessage("late", "Ada", at(1n)), "checkpoint");
  await eventually("the connection to end", () => script.connected() === 0);
  expect(await partiesOf("erased")).toEqual([]);
  expect(script.committed).toEqual([0]);
});

test("a feed is opened again with the changed settings of its source", async () => {
  const [old, changed] = [scriptedFeed(), scriptedFeed()];
  let current = sourceOf("changed", old);
  const known = [current];
  await world.open(known, {
    registry: {
      find: () => Promise.resolve(current),
      findOfPlatform: () => Promise.resolve(undefined),
      findByAccount: () => Promise.resolve(undefined),
    },
  });
  await eventually("the begin", () => old.connected() === 1 && old.committed.length === 1);
  current = sourceOf("changed", changed);
  await eventually("the new connection", () => changed.connected() === 1 && old.connected() === 0);
  expect(changed.opened).toEqual([{ index: 0 }]);
});
