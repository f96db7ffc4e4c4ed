import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { z } from "zod";
import { createBatchSize } from "../../../src/ingest/refetch/batch-size.ts";
import { refetchDue } from "../../../src/ingest/refetch/refetch-due.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startStripe, type StripeProcess } from "../../helpers/stripe-process.ts";
import { startRun, type SyncEngines, useSyncEngines } from "../../helpers/sync-engines.ts";
import { type WatchedStripe, watchStripe } from "../../helpers/watched-stripe.ts";

const ACCOUNTS = ["acct_one", "acct_two", "acct_three"];
/** The own account has 25 pages of payments and each connected one 3. */
const PAGE_SIZE = 20;
const OWN_PAYMENTS = 500;

let stripe: StripeProcess;
let engines: SyncEngines;
let watched: WatchedStripe;
beforeAll(async () => {
  stripe = await startStripe(OWN_PAYMENTS, 7);
  for (const id of ACCOUNTS) await stripe.control("POST", "accounts", { id, payments: 50 });
});
afterAll(async () => stripe[Symbol.asyncDispose]());
beforeEach(async () => {
  engines = await useSyncEngines();
  watched = watchStripe(stripe, { pageSize: PAGE_SIZE, settings: { connectedAccounts: "all" } });
});
afterEach(async () => {
  await stripe.control("DELETE", "faults");
  await engines[Symbol.asyncDispose]();
  await watched[Symbol.asyncDispose]();
});

const listed = z.object({ objects: z.array(z.object({ id: z.string() })) });
async function truth(): Promise<readonly string[]> {
  const of = async (account: string | undefined): Promise<readonly string[]> => {
    const query = account === undefined ? "" : `&account=${account}`;
    const { objects } = listed.parse(await stripe.control("GET", `objects?type=charge${query}`));
    return objects.map(({ id }) => (account === undefined ? id : `${account}/${id}`));
  };
  return (await Promise.all([undefined, ...ACCOUNTS].map(of))).flat().toSorted();
}

const stored = async () =>
  (await engines.query<{ id: string }>("select external_id as id from payment_attempts where deleted_at is null"))
    .map(({ id }) => id)
    .toSorted();
const finish = async (runId: string) => engines.finished(runId);
const CHARGES = { streams: ["charges"] };

test.each(["INCREMENTAL", "FULL"] as const)(
  "C11: a first %s read splits the own account's history among readers, and lists each connected account once",
  async (mode) => {
    const engine = await engines.open(watched.source);
    expect(await finish((await startRun(engine, { ...CHARGES, mode })).runId)).toBe("SUCCEEDED");
    expect(await stored()).toEqual(await truth());
    const lists = watched.calls.filter(({ url }) => url.pathname === "/v1/charges");
    const ranges = new Set(lists.map(({ url }) => url.searchParams.get("created[lt]")));
    expect(ranges.size).toBeGreaterThan(1);
    const ofAccounts = lists.filter(({ account }) => account !== undefined);
    expect(ofAccounts.every(({ url }) => !url.searchParams.has("created[lt]"))).toBe(true);
    expect(new Set(ofAccounts.map(({ account, url }) => `${account} ${url.search}`)).size).toBe(ofAccounts.length);
  },
);

test("C11: a first read that is stopped repeatedly ends with every object of every account", async () => {
  await stripe.control("POST", "faults", { latencyMs: 60, path: "/v1/" });
  const count = async () => (await stored()).length;
  const isOver = async () => (await engines.query("select 1 from sync_runs where finished_at is null")).length === 0;
  let engine = await engines.open(watched.source);
  await startRun(engine, CHARGES);
  let stops = 0;
  for (; !(await isOver()); stops += 1) {
    const more = (await count()) + 50;
    await eventually("more to be stored", async () => (await count()) > more || (await isOver()));
    await engine.close();
    engine = await engines.open(watched.source);
  }
  expect(stops).toBeGreaterThan(1);
  expect(await stored()).toEqual(await truth());
  const [state] = await engines.query<{ cursor: unknown }>("select cursor from stream_states where stream = 'charges'");
  expect(state?.cursor).toMatchObject({
    phase: "accounts",
    own: { phase: "incremental" },
    connected: Object.fromEntries(ACCOUNTS.map((id) => [id, { phase: "incremental" }])),
  });
});

test("C11: a new account's history is read after the changes of the others", async () => {
  await using before = watchStripe(stripe, { pageSize: PAGE_SIZE, settings: { connectedAccounts: ["acct_one"] } });
  const first = await engines.open(before.source);
  expect(await finish((await startRun(first, CHARGES)).runId)).toBe("SUCCEEDED");
  await first.close();
  const engine = await engines.open(watched.source);
  expect(await finish((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
  expect(await stored()).toEqual(await truth());
  const lanesOf = (path: string) =>
    new Set(
      watched.calls
        .filter(({ url }) => url.pathname === path)
        .map(({ lane, account }) => `${account ?? "own"} ${lane}`),
    );
  expect(lanesOf("/v1/events")).toEqual(new Set(["own incremental", "acct_one incremental"]));
  expect(lanesOf("/v1/charges")).toEqual(new Set(["acct_two backfill", "acct_three backfill"]));
});

test("C11: a full read keeps the objects of an account that revoked access, with one finding", async () => {
  const engine = await engines.open(watched.source);
  expect(await finish((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
  await stripe.control("POST", "accounts/acct_two", { access: false });
  await using named = watchStripe(stripe, { pageSize: PAGE_SIZE, settings: { connectedAccounts: ACCOUNTS } });
  const later = await engines.open(named.source);
  await engine.close();
  expect(await finish((await startRun(later, { ...CHARGES, mode: "FULL" })).runId)).toBe("SUCCEEDED");
  const size = createBatchSize();
  const refetch = () =>
    refetchDue({
      db: engines.store.db,
      source: named.source,
      owner: "test",
      random: () => 0,
      size,
      signal: AbortSignal.timeout(60_000),
    });
  while ((await refetch()) > 0);
  await stripe.control("POST", "accounts/acct_two", { access: true });
  expect(
    await engines.query("select kind, evidence ->> 'account' as account from findings where closed_at is null"),
  ).toEqual([{ kind: "CONNECTED_ACCOUNT_INACCESSIBLE", account: "acct_two" }]);
  expect(await engines.query("select 1 from refetches")).toEqual([]);
  expect(await stored()).toEqual(await truth());
});
