import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { useCdcServer, useOlderCdcServer } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, type LedgerServer, useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { amountOf } from "../../helpers/length.ts";
import { olderBinaries } from "../../helpers/installed-postgres.ts";
import { runLedgerProcess } from "../../helpers/ledger-process.ts";

/** Four chunks of a read. */
const ROWS = 3_500;
const CHUNK = 1_000;
/** Far less than a chunk takes. Without a pause, the looks take most of the machine from what they look at. */
const BETWEEN_LOOKS_MS = 20;
/** Payments that are in the database from the beginning to the end. */
const LASTING = 100;

const SERVERS: readonly (readonly [name: string, start: () => Promise<LedgerServer>])[] = [
  ["PostgreSQL 18", useCdcServer],
  // older-server.test.ts reads and follows it in each run.
  ...amountOf({ short: [], long: olderBinaries === undefined ? [] : [["PostgreSQL 15", useOlderCdcServer] as const] }),
];

describe.each(SERVERS)("a read of a table of %s", (_name, start) => {
  let core: LedgerDatabase;
  let world: FeedWorld;
  beforeAll(async () => {
    [core, world] = await Promise.all([useLedgerDatabase(start), useFeedWorld()]);
  }, 240_000);
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
  });

  const source = "main";
  const stored = () =>
    world.query<{ id: string; state: string; minor: bigint }>(
      `select external_id as id, raw_status as state, amount_minor as minor from payments
       where source_id = '${source}' and deleted_at is null order by external_id collate "C"`,
    );
  const truth = async () =>
    (
      await core.sql(`select id, state, (amount * 100)::bigint as minor from core.payments order by id collate "C"`)
    ).map(({ id, state, minor }) => ({ id, state, minor: BigInt(minor ?? "") }));
  const insert = (name: string, rows: number) =>
    core.sql(`insert into core.payments (id, state, amount, ccy)
      select '${name}-' || lpad(n::text, 6, '0'), 'open', n + 0.25, 'EUR' from generate_series(1, ${rows}) as n`);
  /** Changes before, behind and at the place where the read is. */
  const change = (round: number) =>
    core.sql(`
      update core.payments set state = 'done' where id like 'p-%' and right(id, 1) = '${round}';
      delete from core.payments where id like 'p-%' and right(id, 2) = '${round}7';
      update core.payments set id = 'moved-${round}' where id = 'p-00${round}005';
      insert into core.payments (id, state, amount, ccy) values ('a-new-${round}', 'open', 1, 'EUR'), ('z-new-${round}', 'open', 2, 'EUR')`);
  const kill = async (killAt: "COMMIT" | "COMMITTED", fullRead?: string) => {
    await runLedgerProcess({
      connection: world.store.connection,
      sourceId: source,
      config: core.config,
      fullRead,
      killAt,
    });
    await world.expireLeases();
  };
  const read = async (mode: string) => {
    const [row] = await world.query<{ status: string; records: bigint; after: string | null }>(
      `select streams.status, streams.records, coalesce(streams.cursor, states.cursor)->'after'->>0 as after
       from sync_run_streams as streams join sync_runs as runs on runs.id = streams.run_id
       left join stream_states as states on states.source_id = runs.source_id and states.stream = streams.stream
       where runs.source_id = '${source}' and runs.mode = $1 and streams.stream = 'payments'`,
      [mode],
    );
    return row;
  };
  const isLike = async () => isDeepStrictEqual(await stored(), await truth());

  test("that is killed before and after the commit of a chunk goes on from its last chunk, while changes arrive: equal to the table (F72)", async () => {
    await insert("p", ROWS);
    await insert("lasting", LASTING);
    await kill("COMMIT");
    const first = await read("INCREMENTAL");
    expect(first).toMatchObject({ records: BigInt(CHUNK) });
    await change(1);
    await kill("COMMITTED");
    const second = await read("INCREMENTAL");
    expect(second).toMatchObject({ records: BigInt(3 * CHUNK) });
    expect((second?.after ?? "") > (first?.after ?? "")).toBe(true);
    await change(2);
    const process = await world.open([core.source(source)], { refetches: true });
    await eventually("the read to end", async () => (await read("INCREMENTAL"))?.status === "SUCCEEDED");
    await eventually("the stored payments to be those of the table", isLike).catch(() => undefined);
    expect(await stored()).toEqual(await truth());
    // A read that starts again from the beginning would count the first chunks twice.
    expect(Number((await read("INCREMENTAL"))?.records)).toBeLessThan(ROWS + LASTING + CHUNK);
    await process.close();
  }, 600_000);

  test("in full, beside the slot that goes on, never lets a reader miss a payment, although it is killed (F72)", async () => {
    // What the store has wrong, because somebody has changed it: only a new read can find it.
    await world.store.db.transaction("acme", (tx) =>
      tx.query(
        "update payments set amount_minor = 1, version_from = 0, version_until = 0 where external_id like 'p-%4'",
      ),
    );
    const looking = new AbortController();
    const seen = new Set<bigint>();
    const readers = (async () => {
      while (!looking.signal.aborted) {
        const [row] = await world.query<{ n: bigint }>(
          "select count(*) as n from payments where external_id like 'lasting-%' and deleted_at is null",
        );
        seen.add(row?.n ?? 0n);
        await pause(BETWEEN_LOOKS_MS);
      }
    })();
    await kill("COMMIT", "again");
    await change(3);
    await kill("COMMITTED", "again");
    await change(5);
    const process = await world.open([core.source(source)], { refetches: true });
    await eventually("the full read to end", async () => (await read("FULL"))?.status === "SUCCEEDED");
    await eventually("the stored payments to be those of the table", isLike).catch(() => undefined);
    looking.abort();
    await readers;
    expect(await stored()).toEqual(await truth());
    expect([...seen]).toEqual([BigInt(LASTING)]);
    expect(Number((await read("FULL"))?.records)).toBeLessThan(ROWS + LASTING + CHUNK);
    const slots = await core.sql("select slot_name from pg_replication_slots");
    expect(slots).toEqual([{ slot_name: "sluice_main" }]);
    await process.close();
  }, 600_000);
});
