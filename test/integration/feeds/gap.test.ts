import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Page, scriptedSource } from "../../fakes/scripted-connector.ts";
import { scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { at, partyMessage } from "../../helpers/messages.ts";

let world: FeedWorld;
beforeAll(async () => {
  world = await useFeedWorld();
});
afterAll(async () => world[Symbol.asyncDispose]());

const findings = () =>
  world.query<{ open: boolean; summary: string; evidence: Record<string, unknown> }>(
    "select closed_at is null as open, summary, evidence from findings where kind = 'FEED_GAP'",
  );
const runs = () => world.query("select mode, status from sync_runs where trigger = 'FEED_GAP' order by created_at, id");

test("a gap is a finding until every stream of the feed was read in full, which says what it changed (F67)", async () => {
  const script = scriptedFeed();
  const arrival = Promise.withResolvers<void>();
  let isLost = false;
  const page: Page = async () => {
    if (!isLost) return [];
    await arrival.promise;
    return [partyMessage("lost", "Ada", at(5n)), partyMessage("known", "Bob", at(1n))];
  };
  await world.open([scriptedSource({ pages: { parties: [page] }, feed: script.feed })]);
  script.send(partyMessage("known", "Bob", at(1n)), "checkpoint");
  await eventually("the first change", () => script.committed.at(-1) === 2);
  await eventually("the first run to end", async () => {
    const open = await world.query("select from sync_runs where finished_at is null");
    return open.length === 0;
  });

  isLost = true;
  script.send({ type: "gap", reason: "the slot was invalidated" }, "checkpoint");
  await eventually("the full run", async () => (await runs()).length === 1);
  expect(await findings()).toMatchObject([
    { open: true, summary: "changes of main were lost (parties): the slot was invalidated" },
  ]);
  script.send(partyMessage("later", "Eve", at(6n)), "checkpoint");
  await eventually("changes after the gap", () => script.committed.at(-1) === 6);
  expect(await findings()).toMatchObject([{ open: true }]);

  arrival.resolve();
  await eventually("the end of the run", async () => (await findings()).every(({ open }) => !open));
  expect(await runs()).toEqual([{ mode: "FULL", status: "SUCCEEDED" }]);
  expect(await findings()).toMatchObject([
    {
      summary: expect.stringMatching(/a full read of 2 records has changed 1 objects$/),
      evidence: { records: 2, changed: 1, reason: "the slot was invalidated" },
    },
  ]);
  expect(await world.query("select kind from events where kind like 'Finding%' order by seq")).toEqual([
    { kind: "FindingOpened" },
    { kind: "FindingClosed" },
  ]);
});
