import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readdir } from "node:fs/promises";
import { UNIT_LIMITS } from "../../../src/ingest/feeds/feed-unit.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { at, partyMessage } from "../../helpers/messages.ts";

let world: FeedWorld;
beforeAll(async () => {
  world = await useFeedWorld();
});
afterAll(async () => world[Symbol.asyncDispose]());

/** Changes that memory may have, three times and one more. */
const COUNT = 3 * UNIT_LIMITS.maxChanges + 1;
/** Where the number of parts does not matter: more than memory may have, so they are on disk too. */
const JUST_LARGE = UNIT_LIMITS.maxChanges + 1;
const countOf = async (): Promise<bigint> =>
  (await world.query<{ n: bigint }>("select count(*) as n from parties"))[0]?.n ?? 0n;
const filesOnDisk = async () =>
  (await readdir(world.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

test("a transaction larger than memory may have is stored at once with its checkpoint, and each change has its event (F70)", async () => {
  const script = scriptedFeed();
  await world.open([scriptedSource({ pages: { parties: [] }, feed: script.feed })]);
  await eventually("the begin", () => script.committed.length === 1);
  script.send(partyMessage("before", "Ada", at(1n)), "checkpoint");
  await eventually("the small transaction", () => script.committed.at(-1) === 2);
  for (let index = 0; index < COUNT; index += 1) script.send(partyMessage(`p${index}`, "Bob", at(2n)));
  await eventually("all changes on disk", () => script.requested() === COUNT + 2);
  expect(await countOf()).toBe(1n);
  expect(await filesOnDisk()).toBe(1);

  script.send("checkpoint");
  const seen = new Set<bigint>();
  await eventually("the acknowledgement", async () => {
    seen.add(await countOf());
    return script.committed.at(-1) === COUNT + 3;
  });
  seen.add(await countOf());
  expect([...seen].filter((count) => count !== 1n)).toEqual([BigInt(COUNT + 1)]);
  await eventually("the file to be removed", async () => (await filesOnDisk()) === 0);

  const [events] = await world.query(
    `select count(*) as n, count(distinct entity_id) as objects, max(seq) - min(seq) + 1 as numbers
     from events where source_id = 'main' and kind = 'EntityChanged'`,
  );
  const all = BigInt(COUNT + 1);
  expect(events).toMatchObject({ n: all, objects: all });
  const [head] = await world.query("select head = (select max(seq) from events) as whole, head from event_heads");
  expect(head?.["whole"]).toBe(true);
  expect(await world.query("select count(*) as n from events")).toEqual([{ n: head?.["head"] }]); // without a gap
  expect(await world.query("select count(*) as n from staged_events")).toEqual([{ n: 0n }]);
});

test("a large transaction whose lease is lost before its end stores nothing of it", async () => {
  const script = scriptedFeed();
  const before = await countOf();
  const reached = Promise.withResolvers<void>();
  const stolen = Promise.withResolvers<void>();
  await world.open([scriptedSource({ pages: { parties: [] }, feed: script.feed }, { id: "lost" })], {
    wrap: (db) => ({
      ...db,
      transaction: (tenantId, work) =>
        db.transaction(tenantId, (tx) =>
          work({
            ...tx,
            async query(text, values, options) {
              if (text.includes("insert into staged_events")) {
                reached.resolve();
                await stolen.promise;
              }
              return tx.query(text, values, options);
            },
          }),
        ),
    }),
  });
  await eventually("the begin", () => script.committed.length === 1);
  for (let index = 0; index < JUST_LARGE; index += 1) script.send(partyMessage(`lost-${index}`, "Eve", at(3n)));
  script.send("checkpoint");
  await reached.promise;
  await world.store.db.transaction("acme", (tx) =>
    tx.query(
      `update change_feeds set lease_owner = 'other', lease_token = lease_token + 1, lease_until = now() + interval '1 hour'
       where source_id = 'lost'`,
    ),
  );
  stolen.resolve();
  await eventually("the connection to end", () => script.connected() === 0);
  expect(await countOf()).toBe(before);
  expect(script.committed).toEqual([0]);
});

test("a process that stops within a large transaction gives the feed back without a complaint, and another one stores all of it", async () => {
  const script = scriptedFeed();
  const source = scriptedSource({ pages: { parties: [] }, feed: script.feed }, { id: "stopped" });
  const before = await countOf();
  const reached = Promise.withResolvers<void>();
  const stopping = Promise.withResolvers<void>();
  const first = await world.open([source], {
    wrap: (db) => ({
      ...db,
      transaction: (tenantId, work) =>
        db.transaction(tenantId, (tx) =>
          work({
            ...tx,
            async query(text, values, options) {
              if (text.includes("insert into staged_events")) {
                reached.resolve();
                await stopping.promise;
              }
              return tx.query(text, values, options);
            },
          }),
        ),
    }),
  });
  await eventually("the begin", () => script.committed.length === 1);
  for (let index = 0; index < JUST_LARGE; index += 1) script.send(partyMessage(`stopped-${index}`, "Eve", at(4n)));
  script.send("checkpoint");
  await reached.promise;
  const closed = first.close();
  stopping.resolve();
  await closed;
  expect(first.logged.filter(({ level }) => Number(level) > 30)).toEqual([]);
  expect(await countOf()).toBe(before);
  const [feed] = await world.query("select status, failures from change_feeds where source_id = 'stopped'");
  expect(feed).toEqual({ status: "CONNECTING", failures: 0 });

  await world.open([source]);
  await eventually("the whole transaction", async () => (await countOf()) === before + BigInt(JUST_LARGE));
});
