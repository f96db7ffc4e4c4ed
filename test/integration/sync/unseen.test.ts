import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { MalformedMessage, RecordMessage } from "../../../src/connector-api/messages.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { type Page, type Script, scriptedSource } from "../../fakes/scripted-connector.ts";
import { accountRecord, balanceRecord } from "../../helpers/ledger-world.ts";
import { at, EMPTY_PAYLOAD, partyMessage } from "../../helpers/messages.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";

let engines: SyncEngines;
beforeEach(async () => {
  engines = await useSyncEngines();
});
afterEach(async () => {
  await engines[Symbol.asyncDispose]();
});

const page =
  (...messages: Awaited<ReturnType<Page>>): Page =>
  () =>
    messages;
const shown = (name: string, version = 1n): RecordMessage => partyMessage(name, name, at(version));
const unreadable = (externalId: string | undefined): MalformedMessage => ({
  type: "malformed",
  entity: "Party",
  externalId,
  path: "name",
  problem: "must be text",
  raw: { payload: EMPTY_PAYLOAD, path: "" },
});

/** A source that was read once, and is then as `later` says. */
async function readOnce(first: Record<string, Page[]>, more: Partial<Script> = {}) {
  const script: Script = { pages: first, showsAll: true, ...more };
  const engine = await engines.open(scriptedSource(script));
  const run = async (input: Parameters<typeof startRun>[1]) => engines.finished((await startRun(engine, input)).runId);
  expect(await run({})).toBe("SUCCEEDED");
  return {
    run,
    fullRun(later: Record<string, Page[]>) {
      Object.assign(script.pages, later);
      return run({ mode: "FULL" });
    },
  };
}

const alive = async () =>
  (
    await engines.query<{ id: string }>(
      "select external_id as id from parties where deleted_at is null and content_hash is not null order by 1",
    )
  ).map(({ id }) => id);
const changes = () =>
  engines.query<{ change: string; id: string }>(
    "select data->>'change' as change, entity_id as id from events where kind = 'EntityChanged' order by seq",
  );

test("what a full run does not show, and nobody can be asked for, is gone until it is shown again", async () => {
  const source = await readOnce({ a: [page(shown("kept"), shown("lost"))], b: [page(shown("other"))] });
  // A part of the streams proves nothing: another one may have shown it.
  expect(await source.run({ mode: "FULL", streams: ["b"] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "lost", "other"]);
  expect(await source.fullRun({ a: [page(shown("kept"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "other"]);
  expect((await changes()).at(-1)).toEqual({ change: "DELETED", id: entityId(TENANT, "main", "Party", "lost") });
  expect(await engines.query("select external_id from refetches")).toEqual([]);
  const told = await changes();
  expect(await source.fullRun({})).toBe("SUCCEEDED");
  expect(await changes()).toEqual(told);
  expect(await source.fullRun({ a: [page(shown("kept"), shown("lost", 1n))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "other"]); // what was said before counts no more
  expect(await source.fullRun({ a: [page(shown("kept"), shown("lost", 3n))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "lost", "other"]);
});

test("an object of which something newer is known than the run shows, or something as new, is there", async () => {
  const source = await readOnce({ a: [page(shown("newer", 9n), shown("doubtful", 5n), shown("lost"))] });
  const stale = shown("newer", 2n);
  const doubtful = partyMessage("doubtful", "another name", at(5n));
  expect(await source.fullRun({ a: [page(stale, doubtful)] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["doubtful", "newer"]);
  expect(await engines.query("select * from run_sightings")).toEqual([]);
});

test("a run that failed tells nothing, nor does a stream that showed nothing", async () => {
  const source = await readOnce({ a: [page(shown("one"))], b: [page(shown("two"))] });
  const refuse: Page = () => {
    throw new ServiceError("UPSTREAM_REJECTED", "no");
  };
  expect(await source.fullRun({ a: [page(shown("new"))], b: [page(shown("newer")), refuse] })).toBe("FAILED");
  expect(await source.fullRun({ b: [] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["new", "newer", "one", "two"]);
});

test.each<[string, string | undefined, readonly string[]]>([
  ["whose id cannot be read may be any of them", undefined, ["kept", "lost", "unread"]],
  ["with an id is not gone", "unread", ["kept", "unread"]],
])("an object that cannot be read, %s", async (_what, externalId, expected) => {
  const source = await readOnce({ a: [page(shown("kept"), shown("lost"), shown("unread"))] });
  expect(await source.fullRun({ a: [page(shown("kept"), unreadable(externalId))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(expected);
  // What was quarantined before has no part in it.
  expect(await source.fullRun({ a: [page(shown("kept"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept"]);
  const open = await engines.query("select external_id from quarantined_records where status = 'OPEN'");
  expect(open).toEqual(externalId === undefined ? [{ external_id: null }] : []);
});

test("objects that change their ids are known by those in use, and one under a new id that cannot be read may be any", async () => {
  const renamed: RecordMessage = { ...shown("second", 2n), replaces: "first" };
  const source = await readOnce({ a: [page(shown("first"), shown("lost")), page(renamed)] }, { renames: ["Party"] });
  expect(await source.fullRun({ a: [page(renamed, unreadable("third"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["first", "lost"]);
  expect(await source.fullRun({ a: [page(unreadable("second"), shown("other"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["first", "other"]);
  expect(await source.fullRun({ a: [page(shown("other"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["other"]);
});

test("a balance that is gone is a change of its account, and one of an account that cannot be read is not gone", async () => {
  const record = (one: RecordMessage["record"]): RecordMessage => ({ ...shown(""), record: one });
  const account = record(accountRecord(1));
  const source = await readOnce(
    { a: [page(account, record(balanceRecord(1)))] },
    { entities: ["Account", "Balance"], fetchable: ["Account"] },
  );
  const broken: MalformedMessage = { ...unreadable("acct_1"), entity: "Account" };
  const balances = () => engines.query("select deleted_at is null as alive from balances");
  expect(await source.fullRun({ a: [page(broken)] })).toBe("SUCCEEDED");
  expect(await balances()).toEqual([{ alive: true }]);
  expect(await source.fullRun({ a: [page(account)] })).toBe("SUCCEEDED");
  expect(await balances()).toEqual([{ alive: false }]);
  expect((await changes()).at(-1)).toEqual({
    change: "UPDATED",
    id: entityId(TENANT, "main", "Account", "acct_1"),
  });
});
