import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { UNIT_LIMITS } from "../../../src/ingest/feeds/feed-unit.ts";
import type { Database } from "../../../src/store/database.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { type FeedScript, scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { at, EMPTY_PAYLOAD, partyMessage, partyTombstone } from "../../helpers/messages.ts";

let world: FeedWorld;
beforeAll(async () => {
  world = await useFeedWorld();
});
afterAll(async () => world[Symbol.asyncDispose]());

const sourceOf = (id: string, script: FeedScript, tenantId = "acme") =>
  scriptedSource({ pages: { parties: [] }, feed: script.feed }, { id, tenantId });

const names = (sourceId: string, tenantId = "acme") =>
  world.query<{ name: string }>(
    "select name from parties where source_id = $1 and deleted_at is null order by name",
    [sourceId],
    tenantId,
  );
const named = (sourceId: string, count: number, tenantId = "acme") =>
  eventually(`${count} parties`, async () => {
    const rows = await names(sourceId, tenantId);
    return rows.length === count && rows.map(({ name }) => name);
  });
const positionOf = async (sourceId: string) =>
  (await world.query("select position from change_feeds where source_id = $1", [sourceId]))[0]?.["position"];

test("changes are stored with the position after them, and the position is acknowledged only then", async () => {
  const positions: unknown[] = [];
  const script = scriptedFeed({ onCommitted: () => void positions.push(positionOf("plain")) });
  await world.open([sourceOf("plain", script)]);
  await eventually("the begin", () => script.committed.length === 1);
  script.send(partyMessage("p1", "Ada", at(1n)), partyMessage("p2", "Bob", at(2n)), "checkpoint");
  expect(await named("plain", 2)).toEqual(["Ada", "Bob"]);
  script.send(partyTombstone("p1", at(3n)), "checkpoint");
  expect(await named("plain", 1)).toEqual(["Bob"]);
  await eventually("the acknowledgement", () => script.committed.at(-1) === 5);
  expect(await Promise.all(positions)).toEqual(script.committed.map((index) => ({ index })));
  expect(await world.query("select distinct via from parties where source_id = 'plain'")).toEqual([{ via: "CDC" }]);
});

test("the changes of a unit are sent without waiting for the savepoint before them", async () => {
  const script = scriptedFeed();
  /** The response to the savepoint arrives only after another statement was sent. */
  const wrap = (db: Database): Database => ({
    ...db,
    transaction: (tenantId, work, options) =>
      db.transaction(
        tenantId,
        (tx) => {
          let sentNext = (): void => undefined;
          return work({
            ...tx,
            async query(text, values, statement) {
              sentNext();
              const next = new Promise<void>((resolve) => (sentNext = resolve));
              const sent = tx.query(text, values, statement);
              if (text === "savepoint changes") await next;
              return await (sent as Promise<never>); // the rows of the caller's statement
            },
          });
        },
        options,
      ),
  });
  await world.open([sourceOf("together", script)], { wrap });
  await eventually("the begin", () => script.committed.length === 1);
  script.send(partyMessage("p1", "Ada", at(1n)), "checkpoint");
  expect(await named("together", 1)).toEqual(["Ada"]);
});

test("a malformed change is quarantined, and the feed goes on", async () => {
  const script = scriptedFeed();
  await world.open([sourceOf("malformed", script)]);
  await eventually("the begin", () => script.committed.length === 1);
  script.send(
    {
      type: "malformed",
      entity: "Party",
      externalId: "bad",
      path: "name",
      problem: "must be a string, got number",
      raw: { payload: EMPTY_PAYLOAD, path: "" },
    },
    partyMessage("good", "Ada", at(1n)),
    "checkpoint",
  );
  expect(await named("malformed", 1)).toEqual(["Ada"]);
  expect(await world.query("select external_id, path from quarantined_records where source_id = 'malformed'")).toEqual([
    { external_id: "bad", path: "name" },
  ]);
});

test("a change that the database rejects is quarantined alone, and its object is applied when it is valid again (F64)", async () => {
  const script = scriptedFeed();
  await world.open([sourceOf("poison", script)]);
  await eventually("the begin", () => script.committed.length === 1);
  // PostgreSQL rejects U+0000, which the raw bytes do not show.
  const poison = partyMessage("p2", "Bob\0", at(1n));
  script.send(partyMessage("p1", "Ada", at(1n)), poison, partyMessage("p3", "Eve", at(1n)), "checkpoint");
  expect(await named("poison", 2)).toEqual(["Ada", "Eve"]);
  const quarantined = "select external_id, problem, status from quarantined_records where source_id = 'poison'";
  const problem = "could not be applied: the database rejects it (SQLSTATE 22021)";
  expect(await world.query(quarantined)).toEqual([{ external_id: "p2", problem, status: "OPEN" }]);
  await eventually("the acknowledgement", () => script.committed.at(-1) === 4);
  script.send(partyMessage("p2", "Bob", at(2n)), "checkpoint");
  expect(await named("poison", 3)).toEqual(["Ada", "Bob", "Eve"]);
  expect(await world.query(quarantined)).toEqual([{ external_id: "p2", problem, status: "RESOLVED" }]);
});

test("two tenants follow feeds of their own, and neither stores a change of the other", async () => {
  const [own, other] = [scriptedFeed(), scriptedFeed({ via: "STREAM" })];
  const stream = { name: "scripted-stream", pages: { parties: [] }, feed: other.feed };
  await world.open([sourceOf("own", own), scriptedSource(stream, { id: "other", tenantId: "umbrella" })]);
  own.send(partyMessage("p1", "Ada", at(1n)), "checkpoint");
  other.send(partyMessage("p1", "Bob", at(1n)), "checkpoint");
  await eventually("both acknowledgements", () => own.committed.includes(2) && other.committed.includes(2));
  expect(await names("own")).toEqual([{ name: "Ada" }]);
  expect(await names("other", "umbrella")).toEqual([{ name: "Bob" }]);
  expect(await names("other")).toEqual([]);
  expect(await world.query("select source_id from change_feeds where source_id in ('own', 'other')")).toEqual([
    { source_id: "own" },
  ]);
});

test("the streams of a feed that begins are read from where they were, because it carries no earlier change", async () => {
  const script = scriptedFeed();
  const pages = { parties: [() => [partyMessage("early", "Ada", at(1n))]], other: [] };
  await world.open([scriptedSource({ pages, feed: script.feed }, { id: "begin" })]);
  expect(await named("begin", 1)).toEqual(["Ada"]);
  const runs = await world.query(
    `select trigger, mode, (select array_agg(stream) from sync_run_streams where run_id = id) as streams
     from sync_runs where source_id = 'begin'`,
  );
  expect(runs).toEqual([{ trigger: "FEED_START", mode: "INCREMENTAL", streams: ["parties"] }]);
});

test("while nothing can be committed, only a bounded number of changes is requested", async () => {
  const script = scriptedFeed();
  const free = Promise.withResolvers<void>();
  const isBusy = { now: false };
  const blocked = (db: Database): Database => ({
    ...db,
    async transaction(tenantId, work) {
      if (isBusy.now) await free.promise;
      return db.transaction(tenantId, work);
    },
  });
  await world.open([sourceOf("busy", script)], { wrap: blocked });
  await eventually("the begin", () => script.committed.length === 1);
  isBusy.now = true;
  const count = 6_000;
  for (let index = 0; index < count; index += 1) script.send(partyMessage(`p${index}`, "Ada", at(1n)), "checkpoint");
  const limit = 6 * UNIT_LIMITS.maxChanges; // changes and checkpoints of units that are committed, prepared and read
  let before = -1;
  await eventually("no further requests", () => {
    const isStill = script.requested() === before;
    before = script.requested();
    return isStill;
  });
  expect(script.requested()).toBeGreaterThan(UNIT_LIMITS.maxChanges);
  expect(script.requested()).toBeLessThanOrEqual(limit);
  free.resolve();
  await eventually("the last acknowledgement", () => script.committed.at(-1) === 2 * count);
  expect(await world.query("select count(*) as n from parties where source_id = 'busy'")).toEqual([
    { n: BigInt(count) },
  ]);
  expect(script.committed.length).toBeLessThan(count / 10); // many transactions of the upstream in each of ours
});

test("units are committed one at a time and in order, and one that is prepared meanwhile is dropped when the one before it fails (F63)", async () => {
  const script = scriptedFeed();
  const committing = { now: 0, most: 0, count: 0 };
  const watched = (db: Database): Database => ({
    ...db,
    async transaction(tenantId, work) {
      committing.now += 1;
      committing.count += 1;
      committing.most = Math.max(committing.most, committing.now);
      try {
        if (committing.count === 3) throw new ServiceError("STORE_UNAVAILABLE", "the database did not answer in time");
        return await db.transaction(tenantId, work);
      } finally {
        committing.now -= 1;
      }
    },
  });
  await world.open([sourceOf("ordered", script)], { wrap: watched });
  await eventually("the begin", () => script.committed.length === 1);
  const count = 6_000;
  script.send(
    ...Array.from(
      { length: count },
      (_, index) => [partyMessage(`p${index}`, "Ada", at(1n)), "checkpoint"] as const,
    ).flat(),
  );
  await eventually("the last acknowledgement", () => script.committed.at(-1) === 2 * count);
  expect(committing.most).toBe(1);
  expect(script.committed).toEqual(script.committed.toSorted((a, b) => a - b));
  expect(script.opened).toHaveLength(2);
  expect(script.opened[1]).toEqual({ index: script.committed[1] });
  const [events] = await world.query(
    "select count(*) as n, count(distinct entity_id) as objects from events where source_id = 'ordered' and kind = 'EntityChanged'",
  );
  expect(events).toEqual({ n: BigInt(count), objects: BigInt(count) });
});
