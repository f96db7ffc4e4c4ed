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
const listed = (name: string, version = 1n): RecordMessage => partyMessage(name, name, at(version));
const unreadable = (externalId: string | undefined): MalformedMessage => ({
  type: "malformed",
  entity: "Party",
  externalId,
  path: "name",
  problem: "must be text",
  raw: { payload: EMPTY_PAYLOAD, path: "" },
});

/** A source that was read once, and then has the content of `later`. */
async function readOnce(first: Record<string, Page[]>, more: Partial<Script> = {}) {
  const script: Script = { pages: first, listsEverything: true, ...more };
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

test("an object that a full run does not list and that cannot be fetched is deleted until it is listed again", async () => {
  const source = await readOnce({ a: [page(listed("kept"), listed("lost"))], b: [page(listed("other"))] });
  // A part of the streams proves nothing: another one may have listed it.
  expect(await source.run({ mode: "FULL", streams: ["b"] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "lost", "other"]);
  expect(await source.fullRun({ a: [page(listed("kept"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "other"]);
  expect((await changes()).at(-1)).toEqual({ change: "DELETED", id: entityId(TENANT, "main", "Party", "lost") });
  expect(await engines.query("select external_id from refetches")).toEqual([]);
  const before = await changes();
  expect(await source.fullRun({})).toBe("SUCCEEDED");
  expect(await changes()).toEqual(before);
  expect(await source.fullRun({ a: [page(listed("kept"), listed("lost", 1n))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "other"]); // earlier observations do not count any more
  expect(await source.fullRun({ a: [page(listed("kept"), listed("lost", 3n))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept", "lost", "other"]);
});

test("every change that a run makes names the run, and that of an object which it did not list has no bytes", async () => {
  const source = await readOnce({ a: [page(listed("kept"), listed("lost"))], b: [page(listed("other"))] });
  const renamed = partyMessage("kept", "renamed", at(3n));
  expect(await source.fullRun({ a: [page(renamed)] })).toBe("SUCCEEDED");
  const caused = await engines.query(
    `select change, fields ? 'name' as renamed, caused.mode, entity_changes.raw_hash is not null as "hasBytes",
       (select mode from sync_runs where id = created->>'causedBy') as "createdBy"
     from entity_changes join sync_runs as caused on caused.id = caused_by order by change`,
  );
  expect(caused).toEqual([
    { change: "DELETED", renamed: false, mode: "FULL", hasBytes: false, createdBy: "INCREMENTAL" },
    { change: "UPDATED", renamed: true, mode: "FULL", hasBytes: true, createdBy: "INCREMENTAL" },
  ]);
});

test("an object with a newer or equally new state than the run is not deleted", async () => {
  const source = await readOnce({ a: [page(listed("newer", 9n), listed("ambiguous", 5n), listed("lost"))] });
  const stale = listed("newer", 2n);
  const ambiguous = partyMessage("ambiguous", "another name", at(5n));
  expect(await source.fullRun({ a: [page(stale, ambiguous)] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["ambiguous", "newer"]);
  expect(await engines.query("select * from run_listed_objects")).toEqual([]);
});

test("a failed run deletes nothing, nor does a stream that listed nothing", async () => {
  const source = await readOnce({ a: [page(listed("one"))], b: [page(listed("two"))] });
  const refuse: Page = () => {
    throw new ServiceError("UPSTREAM_REJECTED", "no");
  };
  expect(await source.fullRun({ a: [page(listed("new"))], b: [page(listed("newer")), refuse] })).toBe("FAILED");
  expect(await source.fullRun({ b: [] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["new", "newer", "one", "two"]);
});

test.each<[string, string | undefined, readonly string[]]>([
  ["without a readable id may be any of them", undefined, ["kept", "lost", "unread"]],
  ["with an id is not deleted", "unread", ["kept", "unread"]],
])("an object that cannot be read, %s", async (_what, externalId, expected) => {
  const source = await readOnce({ a: [page(listed("kept"), listed("lost"), listed("unread"))] });
  expect(await source.fullRun({ a: [page(listed("kept"), unreadable(externalId))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(expected);
  // Records that were quarantined before have no effect.
  expect(await source.fullRun({ a: [page(listed("kept"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["kept"]);
  const open = await engines.query("select external_id from quarantined_records where status = 'OPEN'");
  expect(open).toEqual(externalId === undefined ? [{ external_id: null }] : []);
});

test("objects with changing ids are identified by the id in use, and an unreadable one under a new id may be any", async () => {
  const renamed: RecordMessage = { ...listed("second", 2n), replaces: "first" };
  const source = await readOnce({ a: [page(listed("first"), listed("lost")), page(renamed)] }, { renames: ["Party"] });
  expect(await source.fullRun({ a: [page(renamed, unreadable("third"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["first", "lost"]);
  expect(await source.fullRun({ a: [page(unreadable("second"), listed("other"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["first", "other"]);
  expect(await source.fullRun({ a: [page(listed("other"))] })).toBe("SUCCEEDED");
  expect(await alive()).toEqual(["other"]);
});

test("a deleted balance is a change of its account, and one of an unreadable account is not deleted", async () => {
  const record = (one: RecordMessage["record"]): RecordMessage => ({ ...listed(""), record: one });
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
