import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { pino } from "pino";
import { requestReads } from "../../../src/apply/request-reads.ts";
import type { Webhook } from "../../../src/connector-api/webhook.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { pollSource } from "../../../src/sync/poll.ts";
import { followHints } from "../../../src/sync/read-hints.ts";
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

/** As a process that has just begun: it has tried no credentials yet. */
const follow = (script: Script, nowMs = () => 0, pace = new Map<string, number>()) =>
  followHints({ db: engines.store.db, source: scriptedSource(script), log, nowMs, pace });
const open = (script: Script) => engines.open(scriptedSource(script));
const hint = (...streams: string[]) => engines.store.db.transaction(TENANT, (tx) => requestReads(tx, "main", streams));
const page =
  (name: string): Page =>
  () => [partyMessage(name, name, at(1n))];
const hinted = async () =>
  (await engines.query<{ stream: string }>("select stream from read_hints order by stream")).map((row) => row.stream);
const names = async () =>
  (await engines.query<{ name: string }>("select name from parties order by name")).map((row) => row.name);
const runs = () =>
  engines.query<{ id: string; status: string; streams: string[] }>(
    `select id, runs.status, array_agg(stream order by stream) as streams
     from sync_runs runs join sync_run_streams on run_id = id where trigger = 'WEBHOOK'
     group by id, runs.status order by id`,
  );

test("a hint reads its stream on, and no other one", async () => {
  const pages: Record<string, Page[]> = { a: [page("a1")], b: [page("b1")] };
  const engine = await open({ pages, webhook });
  await hint("a");
  engine.readsAsked("main");
  const run = await eventually("the run", async () => (await runs())[0]);
  expect(await engines.finished(run.id)).toBe("SUCCEEDED");
  expect([await names(), await hinted(), (await runs())[0]?.streams]).toEqual([["a1"], [], ["a"]]);
});

test("many hints are one run; one that comes while its stream is read leads to another read", async () => {
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
  await open(script); // registers the source; its own loop races with the calls below, as another process does
  await hint("a", "b");
  await hint("b", "a");
  const started = await Promise.all([follow(script), follow(script), follow(script)]);
  expect(started.filter(Boolean).length).toBeLessThanOrEqual(1);
  await reading.promise;
  expect(await runs()).toHaveLength(1);
  pages["a"]?.push(page("a2")); // what the hint is about: the first read may have passed by it
  await hint("a");
  expect(await follow(script)).toBe(false);
  expect(await hinted()).toEqual(["a"]);
  gate.resolve();
  await eventually("the second read", async () => (await hinted()).length === 0 && (await runs()).length === 2);
  for (const { id } of await runs()) expect(await engines.finished(id)).toBe("SUCCEEDED");
  expect(await names()).toEqual(["a1", "a2"]);
});

test("what cannot be started stays asked for, and a stream that is not there is forgotten", async () => {
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

test("a paused source keeps its hints, and runs that webhooks asked for hold up no poll", async () => {
  const script = { pages: { a: [page("a1")] }, webhook };
  const engine = await open({ pages: script.pages });
  await engine.pauseSource(TENANT, "main");
  await hint("a");
  expect([await follow(script), await hinted()]).toEqual([false, ["a"]]);
  await engine.close();
  await engines.query("update sources set paused = false, status = 'ACTIVE'");
  expect([await follow(script), await hinted()]).toEqual([true, []]);
  expect(await pollSource(engines.store.db, scriptedSource(script), log, () => 0)).toBe(true);
});

test("refused credentials are tried once a minute, however many hints there are", async () => {
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

test("a stream that could not be read is asked for again, later", async () => {
  const rejected: Page = () => {
    throw new ServiceError("UPSTREAM_REJECTED", "the upstream said no");
  };
  await open({ pages: { a: [rejected], b: [rejected] }, webhook });
  await hint("a");
  const run = await eventually("the run", async () => (await runs())[0]);
  expect(await engines.finished(run.id)).toBe("FAILED");
  const rows = await engines.query("select stream, asked_at > now() + interval '4 minutes' as later from read_hints");
  expect(rows).toEqual([{ stream: "a", later: true }]);
  const engine = await open({ pages: { b: [rejected] } });
  expect(await engines.finished((await startRun(engine, { streams: ["b"] })).runId)).toBe("FAILED");
  expect(await hinted()).toEqual(["a"]); // a run that no webhook asked for says nothing of hints
});

test("news of a stream that could not be read shorten its pause, and do not end it", async () => {
  const gate = Promise.withResolvers<void>();
  const refused: Page = async () => {
    await gate.promise;
    throw new ServiceError("UPSTREAM_REJECTED", "the upstream said no");
  };
  await open({ pages: { a: [refused], b: [refused] }, webhook });
  await hint("a", "b");
  const run = await eventually("the run", async () => (await runs())[0]);
  await hint("a"); // while it is read
  gate.resolve();
  expect(await engines.finished(run.id)).toBe("FAILED");
  const pauses = () =>
    engines.query(
      `select stream, asked_at > started.at as paused, asked_at > now() + interval '6 seconds' as long
       from read_hints, (select finished_at as at from sync_runs where id = $1) as started order by stream`,
      [run.id],
    );
  expect(await pauses()).toEqual([
    { stream: "a", paused: true, long: false },
    { stream: "b", paused: true, long: true },
  ]);
  await hint("b");
  expect(await pauses()).toContainEqual({ stream: "b", paused: true, long: false });
});
