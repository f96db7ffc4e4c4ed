import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { LogicalReplicationService, PgoutputPlugin } from "pg-logical-replication";
import { z } from "zod";
import type { SlotEvent } from "../../../src/protocols/postgres-cdc/events.ts";
import { parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { follow } from "../../helpers/follow-changes.ts";

let server: CdcServer;

beforeAll(async () => {
  server = await useCdcServer();
  await server.sql("create table entries (id int primary key); create publication changes for table entries");
});
afterAll(async () => await server[Symbol.asyncDispose]());

const isCommit = ({ type }: SlotEvent): boolean => type === "commit";

/**
 * Commits two transactions that overlapped, the second one immediately after the first one: its commit record begins
 * where the first one's ends, unless the server writes a record of its own between them.
 */
async function commitTwo(first: number, second: number): Promise<void> {
  const [a, b] = [await server.connect(), await server.connect()];
  await a.query(`begin; insert into entries values (${first})`);
  await b.query(`begin; insert into entries values (${second})`);
  await a.query("commit");
  await b.query("commit");
  await Promise.all([a.end(), b.end()]);
}

/** Resolves when the server knows that everything before the position was committed by the consumer. */
async function confirmed(slot: string, lsn: bigint): Promise<void> {
  await eventually(`slot ${slot} is confirmed`, async () => {
    const [row] = await server.sql(
      `select confirmed_flush_lsn as lsn from pg_replication_slots where slot_name = '${slot}' and confirmed_flush_lsn is not null`,
    );
    return row !== undefined && parseLsn(row["lsn"] ?? "") >= lsn;
  });
}

test("of two transactions with adjacent commit records, the second one arrives after only the first one was acknowledged (F116)", async () => {
  const slot = "ours";
  let position = await (async () => {
    await using follower = follow(server, { slot });
    return (await follower.until("position")).position;
  })();
  let id = 0;
  await eventually("two commit records are adjacent", async () => {
    await using first = follow(server, { slot, position });
    await commitTwo((id += 1), (id += 1));
    const [a] = (await first.take(isCommit)).slice(-1);
    first.slot.committed(first.position!);
    await confirmed(slot, parseLsn(first.position!.lsn));
    await first.slot.close(); // without the second one, which it may have received
    await using second = follow(server, { slot, position: first.position! });
    const events = await second.take(isCommit);
    expect(events.flatMap((event) => (event.type === "insert" ? [event.row] : []))).toEqual([[String(id)]]);
    position = second.position!;
    const b = events.at(-1);
    return a?.type === "commit" && b?.type === "commit" && a.endLsn === b.commitLsn;
  });
});

const change = z.looseObject({ tag: z.string(), new: z.looseObject({ id: z.number() }).optional() });

/** Reads with the other client until an event for which `isLast` is true; resolves with the ids of inserted rows. */
async function readWithOther(
  slot: string,
  isLast: (tag: string, id: number | undefined) => boolean,
  acknowledge: boolean,
) {
  const { host, port, user, database } = server.address;
  const service = new LogicalReplicationService(
    { host, port, user, database },
    { acknowledge: { auto: false, timeoutSeconds: 0 } },
  );
  const done = Promise.withResolvers<string>();
  const ids: number[] = [];
  service.on("error", done.reject);
  service.on("data", (lsn, log) => {
    const { tag, new: row } = change.parse(log);
    if (row !== undefined) ids.push(row.id);
    if (isLast(tag, row?.id)) done.resolve(lsn);
  });
  service.subscribe(new PgoutputPlugin({ protoVersion: 1, publicationNames: ["changes"] }), slot).catch(done.reject);
  const lsn = await done.promise;
  if (acknowledge) {
    await service.acknowledge(lsn);
    await confirmed(slot, parseLsn(lsn));
  }
  await service.stop();
  await eventually(`slot ${slot} is free`, async () => {
    const rows = await server.sql(`select from pg_replication_slots where slot_name = '${slot}' and not active`);
    return rows.length > 0;
  });
  return ids;
}

test("a client that acknowledges one byte more than it was given loses the second transaction: the test above can fail (F116)", async () => {
  const slot = "theirs";
  await server.sql(`select pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
  let id = 1_000;
  const isLost = await eventually("the second transaction is lost", async () => {
    await commitTwo((id += 1), (id += 1));
    const second = id;
    await readWithOther(slot, (tag) => tag === "commit", true);
    const sentinel = (id += 1);
    await server.sql(`insert into entries values (${sentinel})`);
    const ids = await readWithOther(slot, (_, last) => last === sentinel, false);
    await server.sql(`select pg_replication_slot_advance('${slot}', pg_current_wal_lsn())`);
    return !ids.includes(second);
  });
  expect(isLost).toBe(true);
});
