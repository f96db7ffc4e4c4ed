import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { RecordMessage, TombstoneMessage } from "../../../src/connector-api/messages.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { type Page, scriptedSource } from "../../fakes/scripted-connector.ts";
import { scriptedFeed } from "../../fakes/scripted-feed.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { packOfFinding } from "../../helpers/finding-pack.ts";
import { euro, paymentRecord } from "../../helpers/ledger-world.ts";
import { at, EMPTY_PAYLOAD, partyMessage, partyTombstone } from "../../helpers/messages.ts";

let world: FeedWorld;
beforeEach(async () => {
  world = await useFeedWorld();
});
afterEach(async () => world[Symbol.asyncDispose]());

const findings = () =>
  world.query<{ open: boolean; summary: string; evidence: Record<string, unknown> }>(
    "select closed_at is null as open, summary, evidence from findings where kind = 'FEED_GAP'",
  );
const firstRunsToEnd = () =>
  eventually("the first run to end", async () => {
    const open = await world.query("select from sync_runs where finished_at is null");
    return open.length === 0;
  });
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
  await firstRunsToEnd();

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

test("a gap stays open until all that the full read did not list was fetched, counts it and names the first 20 (F67)", async () => {
  const script = scriptedFeed();
  const names = Array.from({ length: 25 }, (_, n) => `p${n}`);
  const answer = Promise.withResolvers<void>();
  let isLost = false;
  const source = scriptedSource({
    pages: { parties: [() => (isLost ? [partyMessage("new", "Eve", at(5n))] : [])] },
    feed: script.feed,
    fetchable: ["Party"],
    async fetchMany({ externalIds }) {
      await answer.promise;
      if (externalIds.includes("p7")) throw new ServiceError("UPSTREAM_REJECTED", "the id is refused");
      return externalIds.map((id) => partyTombstone(id, at(6n)));
    },
  });
  await world.open([source], { refetches: true });
  script.send(...names.map((name) => partyMessage(name, "Ada", at(1n))), "checkpoint");
  await eventually("the first changes", () => script.committed.length > 0);
  await firstRunsToEnd();

  isLost = true;
  const seen = { before: { lsn: "0/2", timeline: 1 }, after: { lsn: "0/3", timeline: 2 } };
  script.send({ type: "gap", reason: "the slot was invalidated", seen }, "checkpoint");
  await eventually("the full run", async () => (await runs()).some(({ status }) => status === "SUCCEEDED"));
  expect(await findings()).toMatchObject([
    {
      open: true,
      summary: expect.stringMatching(/has changed 1 objects; 25 that it did not list are fetched again$/),
      evidence: { ...seen, created: 1, updated: 0, deleted: 0, waiting: 25 },
    },
  ]);

  answer.resolve();
  await eventually("the end of the gap", async () => (await findings()).every(({ open }) => !open));
  const [finding] = await findings();
  expect(finding).toMatchObject({
    summary: expect.stringMatching(/a full read of 1 records has changed 25 objects$/),
    evidence: { ...seen, created: 1, updated: 0, deleted: 24, waiting: 0, changed: 25 },
  });
  const changed = await world.query<{ id: string; change: string }>(
    `select id, case when deleted_at is null then 'CREATED' else 'DELETED' end as change from parties
     where external_id <> 'p7' order by id collate "C"`,
  );
  expect(finding?.evidence["objects"]).toEqual(changed.slice(0, 20).map((one) => ({ entity: "Party", ...one })));
  // One that the upstream refuses to return has its own finding.
  expect(await world.query("select evidence ->> 'externalId' as id from findings where closed_at is null")).toEqual([
    { id: "p7" },
  ]);
  expect(await world.query("select gap_at, gap_run_id from change_feeds")).toEqual([
    { gap_at: null, gap_run_id: null },
  ]);
});

test("a pack about a failover that has lost changes has exactly the repaired objects, and the verifier accepts it (F77)", async () => {
  const raw = { payload: EMPTY_PAYLOAD, path: "" };
  const payment = (n: number, minor: bigint, moment: bigint): RecordMessage => ({
    type: "record",
    record: paymentRecord(n, { amount: euro(minor), capturedMinor: minor }),
    version: at(moment),
    raw,
    unknowns: [],
  });
  const deleted = (externalId: string): TombstoneMessage => ({
    type: "tombstone",
    entity: "Payment",
    externalId,
    version: at(6n),
    raw,
  });
  const script = scriptedFeed({ streams: ["payments"] });
  let isLost = false;
  // Of the payments 1 to 6, the new primary has another 1, has 2 and 3 as they were, 4 fetched as another one, and not 5
  // and 6. It has 7 as well, and more than the finding itself names.
  const more = Array.from({ length: 25 }, (_, n) => n + 10);
  const source = scriptedSource({
    pages: {
      payments: [
        () =>
          isLost
            ? [
                payment(1, 900n, 5n),
                payment(2, 100n, 1n),
                payment(7, 100n, 5n),
                ...more.map((n) => payment(n, 100n, 5n)),
              ]
            : [],
      ],
    },
    entities: ["Payment"],
    feed: script.feed,
    fetchable: ["Payment"],
    fetchMany: ({ externalIds }) =>
      Promise.resolve(
        externalIds.map((id) => {
          if (id === "pi_3") return payment(3, 100n, 1n);
          return id === "pi_4" ? payment(4, 800n, 6n) : deleted(id);
        }),
      ),
  });
  await world.open([source], { refetches: true });
  script.send(...[1, 2, 3, 4, 5, 6].map((n) => payment(n, 100n, 1n)), "checkpoint");
  await eventually("the first changes", () => script.committed.at(-1) === 7);
  await firstRunsToEnd();
  isLost = true;
  const seen = { before: { lsn: "0/2", timeline: 1 }, after: { lsn: "0/3", timeline: 2 } };
  script.send({ type: "gap", reason: "a replica was promoted", seen }, "checkpoint");
  await eventually("the end of the gap", async () => (await findings()).some(({ open }) => !open));

  const [finding] = await world.query<{ id: string; closedAt: string }>(
    `select id, closed_at as "closedAt" from findings where kind = 'FEED_GAP'`,
  );
  if (finding === undefined) throw new Error("there is no finding");
  const pack = await packOfFinding(world, finding);
  expect(pack.problems).toEqual([]);
  const repaired = [1, 4, 5, 6, 7, ...more].map((n) => entityId("acme", "main", "Payment", `pi_${n}`)).toSorted();
  expect(pack.objectIds).toEqual(repaired);
  expect(pack.findings).toMatchObject([
    {
      id: finding.id,
      evidence: {
        ...seen,
        created: 26,
        updated: 2,
        deleted: 2,
        waiting: 0,
        objects: repaired.slice(0, 20).map((id) => ({ id })),
      },
    },
  ]);
});
