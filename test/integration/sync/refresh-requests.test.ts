import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { pino } from "pino";
import { requestStreamRefresh } from "../../../src/ingest/runs/refresh-requests.ts";
import type { Webhook } from "../../../src/connector-api/webhook.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { pollSource } from "../../../src/ingest/polling/poll.ts";
import { startRequestedReads } from "../../../src/ingest/polling/start-requested-reads.ts";
import { type Page, type Script, scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";

const log = pino({ level: "silent" });
const webhook: Webhook<unknown> = {
  trust: "HINT",
  identify: () => ({ deliveryId: "", eventType: "" }),
  parse: () => [],
};

let engines: SyncEngines;
beforeEach(async () => {
  engines = await useSyncEngines();
});
afterEach(async () => {
  await engines[Symbol.asyncDispose]();
});

/** Like a process that has just started: it has tried no credentials yet. */
const follow = (script: Script, nowMs = () => 0, pace = new Map<string, number>()) =>
  startRequestedReads({ db: engines.store.db, source: scriptedSource(script), log, nowMs, pace });
const open = (script: Script) => engines.open(scriptedSource(script));
const hint = (...streams: string[]) =>
  engines.store.db.transaction(TENANT, (tx) => requestStreamRefresh(tx, "main", streams));
const page =
  (name: string): Page =>
  () => [partyMessage(name, name, at(1n))];
const hinted = async () =>
  (await engines.query<{ stream: string }>("select stream from stream_refresh_requests order by stream")).map(
    (row) => row.stream,
  );
const names = async () =>
  (await engines.query<{ name: string }>("select name from parties order by name")).map((row) => row.name);
const runs = () =>
  engines.query<{ id: string; status: string; streams: string[] }>(
    `select id, runs.status, array_agg(stream order by stream) as streams
     from sync_runs runs join sync_run_streams on run_id = id where trigger = 'WEBHOOK'
     group by id, runs.status order by id`,
  );

test("a hint makes its stream be read, and no other one", async () => {
  const pages: Record<string, Page[]> = { a: [page("a1")], b: [page("b1")] };
  const engine = await open({ pages, webhook });
  await hint("a");
  engine.wakeUps.refreshRequested({ id: "main", tenantId: "acme" });
  const run = await eventually("the run", async () => (await runs())[0]);
  expect(await engines.finished(run.id)).toBe("SUCCEEDED");
  expect([await names(), await hinted(), (await runs())[0]?.streams]).toEqual([["a1"], [], ["a"]]);
});

test("many hints cause one run, and one that arrives while its stream is read causes another read", async () => {
  const gate = Promise.withResolvers<void>();
  const reading = Promise.withResolvers<void>();
  const pages: Record<string, Page[]> = {
    a: [
      async (signal) => {
        reading.resolve();
        await gate.promise;
        return page("a1")(signal);
      },
    ],
    b: [],
  };
  const script = { pages, webhook };
  await open(script); // registers the source; its own loop competes with the calls below, as another process does
  await hint("a", "b");
  await hint("b", "a");
  const started = await Promise.all([follow(script), follow(script), follow(script)]);
  expect(started.filter(Boolean).length).toBeLessThanOrEqual(1);
  await reading.promise;
  expect(await runs()).toHaveLength(1);
  pages["a"]?.push(page("a2")); // the hint's change: the first read may have passed it
  await hint("a");
  expect(await follow(script)).toBe(false);
  expect(await hinted()).toEqual(["a"]);
  gate.resolve();
  await eventually("the second read", async () => (await hinted()).length === 0 && (await runs()).length === 2);
  for (const { id } of await runs()) expect(await engines.finished(id)).toBe("SUCCEEDED");
  expect(await names()).toEqual(["a1", "a2"]);
});

test("a request that cannot be started is kept, and one for an unknown stream is deleted", async () => {
  const script = { pages: { a: [] }, webhook };
  const engine = await open({ pages: script.pages });
  await engine.close();
  await engines.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
     select $1, 'run' || n, 'main', 'FULL', 'REQUEST', 'QUEUED', now(), 0 from generate_series(1, 101) n`,
    [TENANT],
  );
  await hint("a", "gone");
  await expect(follow(script)).rejects.toMatchObject({ code: "OVERLOADED" });
  expect(await hinted()).toEqual(["a", "gone"]);
  await engines.query("delete from sync_runs");
  expect(await follow(script)).toBe(true);
  expect([await hinted(), (await runs())[0]?.streams]).toEqual([[], ["a"]]);
});

test("a paused source keeps its hints, and runs that webhooks requested delay no poll", async () => {
  const script = { pages: { a: [page("a1")] }, webhook };
  const engine = await open({ pages: script.pages });
  await engine.pauseSource(TENANT, "main");
  await hint("a");
  expect([await follow(script), await hinted()]).toEqual([false, ["a"]]);
  await engine.close();
  await engines.query("update sources set status = 'ACTIVE'");
  expect([await follow(script), await hinted()]).toEqual([true, []]);
  expect(await pollSource(engines.store.db, scriptedSource(script), log, () => 0)).toBe(true);
});

test("refused credentials are tried once a minute, for any number of hints", async () => {
  let checks = 0;
  let works = false;
  const script: Script = {
    pages: { a: [page("a1")] },
    webhook,
    async check() {
      checks += 1;
      if (!works) throw new ServiceError("UPSTREAM_UNAUTHORIZED", "the upstream refused the credentials");
    },
  };
  await (await open({ pages: script.pages })).close();
  await engines.query("update sources set status = 'NEEDS_CREDENTIALS'");
  await hint("a");
  const pace = new Map<string, number>();
  expect(await follow(script, () => 0, pace)).toBe(false);
  expect(await follow(script, () => 59_999, pace)).toBe(false);
  expect([checks, await hinted()]).toEqual([1, ["a"]]);
  works = true;
  expect(await follow(script, () => 60_000, pace)).toBe(true);
  expect(await engines.query("select status from sources")).toEqual([{ status: "ACTIVE" }]);
});

test("a stream that could not be read is requested again later", async () => {
  const rejected: Page = () => {
    throw new ServiceError("UPSTREAM_REJECTED", "the upstream said no");
  };
  await open({ pages: { a: [rejected], b: [rejected] }, webhook });
  await hint("a");
  const run = await eventually("the run", async () => (await runs())[0]);
  expect(await engines.finished(run.id)).toBe("FAILED");
  const rows = await engines.query(
    "select stream, requested_at > now() + interval '4 minutes' as later from stream_refresh_requests",
  );
  expect(rows).toEqual([{ stream: "a", later: true }]);
  const engine = await open({ pages: { b: [rejected] } });
  expect(await engines.finished((await startRun(engine, { streams: ["b"] })).runId)).toBe("FAILED");
  expect(await hinted()).toEqual(["a"]); // a run that no webhook requested has no effect on hints
});

test("a hint for a stream that could not be read shortens its pause, and does not end it", async () => {
  const gate = Promise.withResolvers<void>();
  const refused: Page = async () => {
    await gate.promise;
    throw new ServiceError("UPSTREAM_REJECTED", "the upstream said no");
  };
  await open({ pages: { a: [refused], b: [refused] }, webhook });
  await hint("a", "b");
  const run = await eventually("the run", async () => (await runs())[0]);
  await hint("a"); // during the read
  gate.resolve();
  expect(await engines.finished(run.id)).toBe("FAILED");
  const pauses = () =>
    engines.query(
      `select stream, requested_at > started.at as paused, requested_at > now() + interval '6 seconds' as long
       from stream_refresh_requests, (select finished_at as at from sync_runs where id = $1) as started order by stream`,
      [run.id],
    );
  expect(await pauses()).toEqual([
    { stream: "a", paused: true, long: false },
    { stream: "b", paused: true, long: true },
  ]);
  await hint("b");
  expect(await pauses()).toContainEqual({ stream: "b", paused: true, long: false });
});
