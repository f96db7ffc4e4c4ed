import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { runFeedProcess, runGapProcess } from "../../helpers/feed-process.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { AFTER_GAP, gapSource } from "../../helpers/gap-source.ts";
import { at, partyMessage } from "../../helpers/messages.ts";

let world: FeedWorld;
beforeAll(async () => {
  world = await useFeedWorld();
});
afterAll(async () => world[Symbol.asyncDispose]());

test.each([
  ["before a commit", "COMMIT", 0],
  ["between a commit and its acknowledgement", "ACKNOWLEDGE", 3],
] as const)(
  "a process that is killed %s is succeeded by another one, and each change is applied once (F63)",
  async (_when, killAt, storedIndex) => {
    const sourceId = `killed-at-${killAt.toLowerCase()}`;
    const { connection } = world.store;
    await runFeedProcess({ connection, sourceId, killAt });
    const rows = () => world.query("select position from change_feeds where source_id = $1", [sourceId]);
    expect(await rows()).toEqual([{ position: { index: storedIndex } }]);

    const script = scriptedFeed();
    script.send(partyMessage("p1", "Ada", at(1n)), partyMessage("p2", "Bob", at(1n)), "checkpoint");
    script.send(partyMessage("p3", "Eve", at(1n)), "checkpoint");
    await world.open([scriptedSource({ pages: { parties: [] }, feed: script.feed }, { id: sourceId })]);
    await eventually("the takeover", () => script.committed.at(-1) === 5);
    expect(script.opened).toEqual([{ index: storedIndex }]);
    const events = await world.query(
      `select external_id, data ->> 'change' as change from events join parties on parties.id = entity_id
       where events.source_id = $1 and events.kind = 'EntityChanged' order by external_id`,
      [sourceId],
    );
    expect(events).toEqual(["p1", "p2", "p3"].map((id) => ({ external_id: id, change: "CREATED" })));
  },
);

test.each([
  ["before the commit of", "COMMIT", 20],
  ["just after the commit of", "COMMITTED", 10],
] as const)(
  "a process that is killed %s a batch that it has fetched for a gap is succeeded by another one: the finding lists exactly the repaired objects and closes (F67)",
  async (_when, killAt, left) => {
    const sourceId = `gap-killed-at-${killAt.toLowerCase()}`;
    await runGapProcess({ connection: world.store.connection, sourceId, killAt });
    const finding = async () => {
      const [found] = await world.query<{ isOpen: boolean; evidence: Record<string, unknown> }>(
        `select closed_at is null as "isOpen", evidence from findings where kind = 'FEED_GAP' and source_id = $1`,
        [sourceId],
      );
      return found;
    };
    /** Parties that are not as they were before the gap, with those that the finding lists. */
    const changed = async () => {
      const rows = await world.query<{ id: string; name: string; change: string }>(
        `select id, external_id as name,
         case when deleted_at is not null then 'DELETED' when revision > 1 then 'UPDATED' else 'CREATED' end as change
       from parties where source_id = $1 and (deleted_at is not null or revision > 1 or external_id = 'new')
       order by id collate "C"`,
        [sourceId],
      );
      const listed = rows.map(({ id, change }) => ({ entity: "Party", id, change }));
      return { listed, names: Object.fromEntries(rows.map(({ name, change }) => [name, change])) };
    };
    const waiting = () => world.query("select id from refetches where source_id = $1", [sourceId]);

    // What was committed is reported, and nothing else.
    expect(await waiting()).toHaveLength(left);
    expect(await finding()).toMatchObject({
      isOpen: true,
      evidence: { waiting: left, objects: (await changed()).listed },
    });
    expect(Object.keys((await changed()).names).length).toBeLessThan(Object.keys(AFTER_GAP).length + 1);

    await world.expireLeases();
    await world.open([gapSource(sourceId, scriptedFeed(), () => true)], { refetches: true });
    await eventually("the gap to be repaired", async () => (await finding())?.isOpen === false);
    expect(await waiting()).toEqual([]);
    const { listed, names } = await changed();
    expect(names).toEqual({ new: "CREATED", ...AFTER_GAP });
    expect((await finding())?.evidence).toMatchObject({
      waiting: 0,
      created: 1,
      updated: 3,
      deleted: 4,
      objects: listed,
    });
    expect(await world.query("select gap_at from change_feeds where source_id = $1", [sourceId])).toEqual([
      { gap_at: null },
    ]);
  },
);
