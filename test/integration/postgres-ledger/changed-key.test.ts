import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";

let core: LedgerDatabase;
let world: FeedWorld;
beforeAll(async () => {
  [core, world] = await Promise.all([useLedgerDatabase(), useFeedWorld()]);
}, 240_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

/** Tables of payments with an id of type `int`, and how its type is changed. */
const CHANGES = [
  ["int", "bigint", "bigint", "id", "5"],
  ["int", "text", "text", "id::text", "'5'"],
  ["int", "uuid", "uuid", "lpad(id::text, 32, '0')::uuid", "'00000000-0000-0000-0000-000000000005'"],
] as const;

describe.each(CHANGES)("an id of type %s that becomes %s", (_from, to, type, using, fifth) => {
  const sourceId = `key-${to}`;
  const table = `core.keyed_${to}`;
  const stored = () =>
    world.query<{ id: string; state: string }>(
      `select external_id as id, raw_status as state from payments where source_id = $1 and deleted_at is null
       order by external_id collate "C"`,
      [sourceId],
    );
  const truth = () => core.sql(`select id::text as id, state from ${table} order by id::text collate "C"`);
  const findings = async () =>
    (
      await world.query<{ text: string }>(
        `select kind || ' ' || (evidence ->> 'path') || ' ' || (closed_at is null) as text from findings
         where source_id = $1 and evidence ->> 'subject' = $2 order by text`,
        [sourceId, table],
      )
    ).map(({ text }) => text);
  const untilLike = async () => {
    await eventually("the rows of the table", async () => isDeepStrictEqual(await stored(), await truth())).catch(
      () => undefined,
    );
    expect(await stored()).toEqual(await truth());
  };

  test("is a finding, and no object is lost or stored twice, by changes, by fetches and by a full read (F73)", async () => {
    await core.sql(`
      create table ${table} (id int primary key, state text not null, amount numeric(12, 2) not null, ccy char(3) not null,
        created timestamptz not null default now(), memo text);
      grant select on ${table} to follower;
      alter publication sluice add table ${table};
      insert into ${table} (id, state, amount, ccy) select n, 'open', n, 'EUR' from generate_series(1, 10) as n`);
    const tables = { payments: { ...(core.config["tables"] as { payments: object }).payments, table } };
    const process = await world.open([core.source(sourceId, { tables, slot: `slot_${to}` })], { refetches: true });
    await untilLike();
    expect(await findings()).toEqual([]);

    await core.sql(`alter table ${table} alter column id type ${type} using ${using}`);
    await core.sql(`update ${table} set state = 'done' where id = ${fifth}; delete from ${table} where amount = 7`);
    await eventually("the finding", async () => (await findings()).includes("CHANGED_FIELD id true"));
    await eventually("the change", async () => (await stored()).some(({ state }) => state === "done"));
    await world.store.db.transaction("acme", (tx) =>
      tx.query(
        `insert into refetches (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
         select 'acme', id, source_id, 'Payment', external_id, now() from payments where source_id = $1`,
        [sourceId],
      ),
    );
    await eventually(
      "the fetches",
      async () => (await world.query("select 1 as found from refetches where source_id = $1", [sourceId])).length === 0,
    );
    const full = { streams: undefined, mode: "FULL", range: undefined, idempotencyKey: undefined } as const;
    await process.engine.startSync("acme", sourceId, full);
    await eventually("the finding to close", async () =>
      isDeepStrictEqual(await findings(), ["CHANGED_FIELD id false"]),
    );
    await untilLike();
    expect(await stored()).toHaveLength(9);
    const [quarantined] = await world.query("select count(*)::int as n from quarantined_records where source_id = $1", [
      sourceId,
    ]);
    expect(quarantined).toEqual({ n: 0 });
    await process.close();
  }, 600_000);
});
