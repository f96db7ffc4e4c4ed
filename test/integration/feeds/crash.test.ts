import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { runFeedProcess } from "../../helpers/feed-process.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
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
