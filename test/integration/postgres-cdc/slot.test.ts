import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { LagEvent, SlotEvent } from "../../../src/protocols/postgres-cdc/events.ts";
import { formatLsn, parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";
import type { SlotPosition } from "../../../src/protocols/postgres-cdc/database/position.ts";
import { type CdcServer, useCdcServer, useEmbeddedCdcServer, useStandby } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { follow, type Follower } from "../../helpers/follow-changes.ts";

let server: CdcServer;
let id = 0;

beforeAll(async () => {
  server = await useCdcServer({ max_wal_size: "48MB", min_wal_size: "32MB" });
  await server.sql(`
    create table entries (id int primary key, note text);
    create publication changes for table entries`);
});
afterAll(async () => await server[Symbol.asyncDispose]());

const isCommit = ({ type }: SlotEvent): boolean => type === "commit";

async function insert(): Promise<string> {
  id += 1;
  await server.sql(`insert into entries values (${id})`);
  return String(id);
}

function insertedIds(events: readonly SlotEvent[]): readonly unknown[] {
  return events.flatMap((event) => (event.type === "insert" ? [event.row[0]] : []));
}

/** Creates a slot, commits its beginning, and resolves with the stored position. */
async function createdSlot(slot: string): Promise<SlotPosition> {
  await using follower = follow(server, { slot });
  const { position } = await follower.until("position");
  follower.slot.committed(position);
  return position;
}

async function slotField(slot: string, field: string): Promise<string | undefined> {
  const [row] = await server.sql(`select ${field} as value from pg_replication_slots where slot_name = '${slot}'`);
  return row?.["value"] ?? undefined;
}

test("the slot of an idle database follows the log of a busy one, so that the server can free it (F66)", async () => {
  const slot = "idle";
  await using follower = follow(server, { slot });
  await follower.until("position");
  await server.sql("create database busy");
  const busy = await server.connect("busy");
  await busy.query("create table noise (n int)");
  const before = parseLsn((await slotField(slot, "confirmed_flush_lsn")) ?? "");
  const retainedBefore = parseLsn((await slotField(slot, "restart_lsn")) ?? "");
  let written = 0n;
  const write = async (): Promise<void> => {
    await busy.query("insert into noise select generate_series(1, 50000); checkpoint");
    const [row] = await server.sql("select pg_current_wal_lsn() as lsn");
    written = parseLsn(row?.["lsn"] ?? "");
  };
  await write();
  await follower.take((event) => event.type === "position" && parseLsn(event.position.lsn) >= written);
  expect(parseLsn((await slotField(slot, "confirmed_flush_lsn")) ?? "")).toBe(before); // nothing without `committed`
  for (let round = 0; round < 5; round += 1) {
    await write();
    await follower.take((event) => event.type === "position" && parseLsn(event.position.lsn) >= written);
    follower.slot.committed(follower.position!);
    await eventually(
      "the slot is confirmed",
      async () => parseLsn((await slotField(slot, "confirmed_flush_lsn")) ?? "") >= written,
    );
  }
  const retainedFrom = parseLsn((await slotField(slot, "restart_lsn")) ?? "");
  const inAll = written - retainedBefore;
  expect(inAll).toBeGreaterThan(15_000_000n);
  expect(written - retainedFrom).toBeLessThan(inAll / 2n); // the log of the last rounds, whatever was written before
  await busy.end();
});

test("the last position of a log that is no longer written is delivered, although another one was delivered shortly before (F66)", async () => {
  await using follower = follow(server, { slot: "silent", idlePositionIntervalMs: 2_000 });
  await follower.until("position");
  await server.sql("create database silent");
  const other = await server.connect("silent");
  await other.query("create table noise (n int)");
  // Whatever the server writes by itself meanwhile causes a later position.
  const [end, last] = await eventually("the position at the end of the log", async () => {
    await other.query("insert into noise values (1)");
    await follower.takeAll();
    await other.query("insert into noise values (2)");
    const [row] = await server.sql("select pg_current_wal_flush_lsn() as lsn");
    const { lsn } = (await follower.until("position")).position;
    return lsn === row?.["lsn"] && [row["lsn"], lsn];
  });
  expect(last).toBe(end);
  await other.end();
});

test("lag and retained log are reported, and a limit of the server with the time that is left", async () => {
  await server.sql("alter system set max_slot_wal_keep_size = '1GB'; ");
  await server.sql("select pg_reload_conf()");
  await using follower = follow(server, { slot: "lagging", reportIntervalMs: 50 });
  await follower.until("position");
  const lag = await eventually("the rate of the log is known", async () => {
    await insert();
    const event = await follower.until("lag");
    return event.retention?.timeLeftMs !== undefined && event;
  });
  expect(lag.retention?.safeBytes).toBeGreaterThan(0n);
  expect(lag.retention?.retainedBytes).toBeGreaterThanOrEqual(0n);
  await eventually("nothing is left to be received", async () => (await follower.until("lag")).lagBytes === 0n);
  await server.sql("alter system reset max_slot_wal_keep_size");
  await server.sql("select pg_reload_conf()");
});

test("changes that have not arrived are reported as a lag in time, also over a connection that never brought anything", async () => {
  const reported: LagEvent[] = [];
  await using proxy = await startFaultProxy({ path: server.socketPath });
  const address = { ...server.address, host: "127.0.0.1", port: proxy.port };
  await using follower = follow(server, {
    address,
    slot: "late",
    reportIntervalMs: 50,
    onLag: (lag) => reported.push(lag),
  });
  await follower.until("position");
  await eventually("nothing is left to be received", () => reported.at(-1)?.lagBytes === 0n);
  proxy.throttleOnly("replication", 1); // the connection by which the lag is looked up is another one
  await insert();
  await eventually("a lag of half a second", () => (reported.at(-1)?.lagMs ?? 0) > 500);
  expect(reported.at(-1)?.lagBytes).toBeGreaterThan(0n);
  await proxy.heal();
  await eventually("nothing is left to be received", () => reported.at(-1)?.lagMs === 0);
});

test("what has been received since the last report is no lag any more, although no other report can be made", async () => {
  const reported: LagEvent[] = [];
  await using proxy = await startFaultProxy({ path: server.socketPath });
  const address = { ...server.address, host: "127.0.0.1", port: proxy.port };
  const onLag = (lag: LagEvent): void => void reported.push(lag);
  await using follower = follow(server, { address, slot: "unreported", reportIntervalMs: 50, onLag });
  await follower.until("position");
  await eventually("nothing is left to be received", () => reported.at(-1)?.lagBytes === 0n);
  proxy.throttleOnly("replication", 1);
  await insert();
  await eventually("a lag", () => (reported.at(-1)?.lagBytes ?? 0n) > 0n);
  proxy.refuse();
  const ended = await server.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sluice' and backend_type = 'client backend'",
  );
  expect(ended).toHaveLength(1);
  await eventually("the connection of the reports to be closed", () => proxy.connections() === 1);
  proxy.throttleOnly("replication", Infinity);
  await eventually("the lag to be over", () => reported.at(-1)?.lagBytes === 0n);
});

test("lag and retained log are reported while no event is taken (F67)", async () => {
  const reported: LagEvent[] = [];
  await using follower = follow(server, { slot: "untaken", reportIntervalMs: 50, onLag: (lag) => reported.push(lag) });
  await follower.until("position");
  await server.sql(
    `insert into entries select n, repeat(md5(n::text), 30) from generate_series(1000000, 1009999) as n`,
  );
  await eventually("the log of changes that nobody has taken", () => {
    const retained = reported.at(-1)?.retention?.retainedBytes;
    return retained !== undefined && retained > 9_000_000n;
  });
  const events = await follower.takeAll();
  expect(events.filter(({ type }) => type === "insert")).toHaveLength(10_000);
  expect(events.filter(({ type }) => type === "lag")).toEqual([]);
});

test("log that is confirmed and belongs to no open transaction does not count as retained, although the server has not freed it (F67)", async () => {
  await using follower = follow(server, { slot: "confirmed", reportIntervalMs: 50 });
  await follower.until("position");
  // Of several lists of open transactions the server remembers only the first one until it is confirmed.
  const note = `repeat('x', ${2 ** 21})`;
  await server.sql("alter table entries alter note set storage external");
  const [reported, kept] = await eventually("a report with less than what the server retains", async () => {
    for (let round = 0; round < 2; round += 1) {
      await server.sql(`insert into entries values (${(id += 1)}, ${note})`);
      await server.sql("checkpoint");
    }
    await follower.takeAll();
    follower.slot.committed(follower.position!);
    const { lsn } = follower.position!;
    await eventually(
      "the confirmation",
      async () => parseLsn((await slotField("confirmed", "confirmed_flush_lsn")) ?? "") >= parseLsn(lsn),
    );
    await follower.until("lag"); // may be older
    const { retention } = await follower.until("lag");
    const retainedFrom = parseLsn((await slotField("confirmed", "restart_lsn")) ?? "");
    const [row] = await server.sql("select pg_current_wal_lsn() as lsn");
    const bytes = parseLsn(row?.["lsn"] ?? "") - retainedFrom;
    return retention !== undefined && retention.retainedBytes + 2n ** 20n < bytes && [retention.retainedBytes, bytes];
  });
  expect(reported).toBeLessThan(kept!);
});

test("a slot that was dropped is a gap, and is created again (F68)", async () => {
  const slot = "dropped";
  const position = await createdSlot(slot);
  await server.sql(`select pg_drop_replication_slot('${slot}')`);
  await insert();
  await using follower = follow(server, { slot, position });
  expect((await follower.until("gap")).reason).toBe('the replication slot "dropped" was dropped');
  expect(parseLsn((await follower.until("position")).position.lsn)).toBeGreaterThan(parseLsn(position.lsn));
  const last = await insert();
  expect(insertedIds(await follower.take(isCommit))).toEqual([last]);
});

test("a slot that was dropped and made again by somebody else is a gap, although nothing looks wrong (F68)", async () => {
  const slot = "recreated";
  const position = await createdSlot(slot);
  await server.sql(`select pg_drop_replication_slot('${slot}')`);
  await server.sql(`select pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
  await using follower = follow(server, { slot, position });
  expect((await follower.until("gap")).reason).toMatch(/after the stored position .*: it was recreated/);
});

test("a publication that was altered is a gap, also while it is followed (F68)", async () => {
  const slot = "altered";
  const position = await createdSlot(slot);
  await server.sql("alter publication changes drop table entries");
  await insert(); // is never sent
  await server.sql("alter publication changes add table entries");
  await using follower = follow(server, { slot, position, reportIntervalMs: 50 });
  expect((await follower.until("gap")).reason).toMatch(/^the publication, or the columns/);
  const { position: after } = await follower.until("position");
  expect(after.catalog).not.toBe(position.catalog);
  await follower.until("lag");
  await server.sql("alter table entries add state text not null default 'new'"); // no row is sent for it
  await follower.until("gap");
});

test("a slot that the server gave up is a gap, and is created again (F67)", async () => {
  const slot = "lost";
  const position = await createdSlot(slot);
  await server.sql("create table noise (n int)"); // in no publication
  await server.sql("alter system set max_slot_wal_keep_size = '1MB'");
  await server.sql("select pg_reload_conf()");
  await eventually("the slot is lost", async () => {
    await server.sql("insert into noise select generate_series(1, 50000)");
    await server.sql("select pg_switch_wal()");
    await server.sql("checkpoint");
    return (await slotField(slot, "wal_status")) === "lost";
  });
  await server.sql("alter system reset max_slot_wal_keep_size");
  await server.sql("select pg_reload_conf()");
  await using follower = follow(server, { slot, position });
  expect((await follower.until("gap")).reason).toMatch(/^the replication slot "lost" was invalidated by the server/);
  await follower.until("position");
  const last = await insert();
  expect(insertedIds(await follower.take(isCommit))).toEqual([last]);
});

test("a slot of another program is left alone", async () => {
  await server.sql("select pg_create_physical_replication_slot('foreign_slot')");
  await using follower = follow(server, { slot: "foreign_slot" });
  await expect(follower.until("position")).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
});

test("a publication that does not exist is an error that names it", async () => {
  await using follower = follow(server, { slot: "unpublished", publications: ["absent"] });
  await expect(follower.until("position")).rejects.toThrow(/"absent" does not exist/);
});

test("a second consumer waits visibly, and takes over when the first one is killed (F75)", async () => {
  const slot = "shared";
  const script = fileURLToPath(new URL("../../helpers/cdc-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, server.address.host, String(server.address.port), slot]);
  const exit = once(child, "exit");
  await Promise.race([once(createInterface({ input: child.stdout }), "line"), exit]); // its first position
  await eventually("the first consumer streams", () => slotField(slot, "active_pid"));
  await using second = follow(server, { slot });
  expect((await second.until("lag")).waitsFor).toMatch(/replication slot "shared" is active for PID \d+/);
  child.kill("SIGKILL");
  await exit;
  const last = await insert();
  expect(insertedIds(await second.take(isCommit))).toContain(last);
});

test("a second consumer takes over from one whose connection is dead without a sign (F75)", async () => {
  const slot = "vanished";
  await using proxy = await startFaultProxy({ path: server.socketPath });
  await using first = follow(server, { slot, address: { ...server.address, host: "127.0.0.1", port: proxy.port } });
  const { position } = await first.until("position");
  await eventually("the first consumer streams", () => slotField(slot, "active_pid"));
  proxy.swallow();
  await using second = follow(server, { slot, position });
  const last = await insert();
  expect(insertedIds(await second.take(isCommit))).toEqual([last]);
});

test("a slot waits for a transaction that is open, which is reported, and can be given up (F78)", async () => {
  const open = await server.connect();
  await open.query("begin; insert into entries values (900001)");
  const given = follow(server, { slot: "given_up", reportIntervalMs: 50 });
  expect((await given.until("lag")).waitsFor).toMatch(/^transaction \d+ of the database is not finished/);
  await given.slot.close();
  await using waiting = follow(server, { slot: "waiting", reportIntervalMs: 50 });
  await waiting.until("lag");
  await open.query("rollback");
  await open.end();
  await waiting.until("position");
  await eventually(
    "the other slot was not created",
    async () => (await slotField("given_up", "slot_name")) === undefined,
  );
});

test("after a crash that forgets what was confirmed, nothing is delivered twice (F69)", async () => {
  const slot = "crashed";
  let position = await createdSlot(slot);
  await eventually("a crash forgets what was confirmed", async () => {
    await using follower = follow(server, { slot, position });
    for (let n = 0; n < 3; n++) {
      const inserted = await insert();
      expect(insertedIds(await follower.take(isCommit))).toEqual([inserted]);
      position = follower.position!;
      follower.slot.committed(position);
      await eventually("it is confirmed", async () => (await slotField(slot, "confirmed_flush_lsn")) === position.lsn);
    }
    await server.crash();
    return parseLsn((await slotField(slot, "confirmed_flush_lsn")) ?? "") < parseLsn(position.lsn);
  });
  const last = await insert();
  await using follower = follow(server, { slot, position });
  expect(insertedIds(await follower.take(isCommit))).toEqual([last]);
});

test("a position of another cluster whose log is shorter is refused, because its changes could not be ordered", async () => {
  const slot = "other_cluster";
  const position = await createdSlot(slot);
  const elsewhere = { ...position, systemId: "1", lsn: formatLsn(parseLsn(position.lsn) + (1n << 40n)) };
  await using follower = follow(server, { slot, position: elsewhere });
  await expect(follower.until("gap")).rejects.toThrow(/Connect it as a new source/);
  await using shorter = follow(server, { slot, position: { ...position, systemId: "1" } });
  expect((await shorter.until("gap")).reason).toMatch(/^the database is another cluster/);
});

test("a promoted replica that has everything is followed on, one that lacks a part is a gap (F77)", async () => {
  const slot = "promoted";
  const position = await createdSlot(slot);
  const signalFile = join(server.pgData, "standby.signal");
  await writeFile(signalFile, "");
  await chmod(signalFile, 0o666); // the server may run as another user
  await server.crash(); // it starts again as a replica
  await server.sql("select pg_promote()");
  await eventually(
    "it is promoted",
    async () => (await server.sql("select pg_is_in_recovery() as r"))[0]?.["r"] === "f",
  );
  const last = await insert();
  {
    await using follower = follow(server, { slot, position });
    const events = await follower.take(isCommit);
    expect(insertedIds(events)).toEqual([last]);
    expect(events.some(({ type }) => type === "gap")).toBe(false);
    expect(follower.position?.timeline).toBe(position.timeline + 1);
  }
  const [row] = await server.sql("select pg_current_wal_flush_lsn() as lsn");
  await using ahead = follow(server, { slot, position: { ...position, lsn: row?.["lsn"] ?? "" } });
  expect((await ahead.until("gap")).reason).toMatch(/^a replica was promoted \(timeline 1 to 2\)/);
});

test("a standby with a synchronized slot continues after the failover, and one without it is a gap (F77)", async () => {
  const standbySlot = "standby";
  await using primary = await useEmbeddedCdcServer();
  await primary.sql(`
    create table entries (id int primary key, note text);
    create publication changes for table entries;
    select pg_create_physical_replication_slot('${standbySlot}')`);
  await using standby = await useStandby(primary, standbySlot);
  /** Stores a change, and what the server needs to free the log before it. */
  const store = async (follower: Follower): Promise<SlotPosition> => {
    await primary.sql(`insert into entries values (${(id += 1)})`);
    await primary.sql("checkpoint");
    await follower.takeAll();
    follower.slot.committed(follower.position!);
    return follower.position!;
  };
  const synced = follow(primary, { slot: "synced" });
  await synced.until("position");
  await eventually("the slot is synchronized", async () => {
    await store(synced);
    await standby.sql("select pg_sync_replication_slots()");
    const [row] = await standby.sql("select 1 as found from pg_replication_slots where synced and not temporary");
    return row !== undefined;
  });
  const unsynced = follow(primary, { slot: "unsynced" });
  await unsynced.until("position");
  const positions = { synced: await store(synced), unsynced: await store(unsynced) };
  for (const follower of [synced, unsynced]) await follower.slot.close();
  const missed = (id += 1);
  await primary.sql(`insert into entries values (${missed})`);
  const [end] = await primary.sql("select pg_current_wal_flush_lsn() as lsn");
  await eventually("the standby has everything", async () => {
    const [row] = await standby.sql(`select pg_last_wal_replay_lsn() >= '${end?.["lsn"]}' as everything`);
    return row?.["everything"] === "t";
  });
  await standby.sql("select pg_promote()");
  await using continued = follow(standby, { slot: "synced", position: positions.synced });
  const events = await continued.takeAll();
  expect(events.some(({ type }) => type === "gap")).toBe(false);
  expect(insertedIds(events)).toEqual([String(missed - 1), String(missed)]); // after what was stored, once each
  expect(continued.position?.timeline).toBe(positions.synced.timeline + 1);
  await using lost = follow(standby, { slot: "unsynced", position: positions.unsynced });
  expect((await lost.until("gap")).reason).toBe('the replication slot "unsynced" was dropped');
});
