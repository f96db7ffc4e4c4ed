import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import type { SlotEvent } from "../../../src/protocols/postgres-cdc/events.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../../helpers/fault-proxy.ts";
import { follow } from "../../helpers/follow-changes.ts";
import { amountOf } from "../../helpers/length.ts";
import { memoryAfterCollection } from "../../helpers/memory.ts";

/**
 * Bytes that may be in use while a transaction of any size is received: a megabyte in the queue, what the socket has
 * read, and what the runtime itself adds. 100 MB and 300 MB of changes were measured with less than 5 MB,
 * beside other tests 13 MB.
 */
const MOST_GROWTH = 32 * 1_048_576;

let server: CdcServer;
let proxy: FaultProxy;

beforeAll(async () => {
  server = await useCdcServer();
  await server.sql(`
    create table entries (id int primary key, note text);
    create publication changes for table entries`);
  proxy = await startFaultProxy({ path: server.socketPath });
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const throughProxy = () => ({ ...server.address, host: "127.0.0.1", port: proxy.port });

/** Sockets that a test looks into, in the order of their creation: the first one carries the changes. */
function useOwnSockets() {
  const sockets: Socket[] = [];
  const createSocket = (): Socket => {
    const socket = new Socket();
    sockets.push(socket);
    return socket;
  };
  return { sockets, createSocket };
}

/** Process of the server that sends from a slot. */
async function senderPid(slot: string): Promise<string | null | undefined> {
  const [row] = await server.sql(`select active_pid from pg_replication_slots where slot_name = '${slot}'`);
  return row?.["active_pid"];
}

test("a consumer that is slower than the server's timeout keeps its connection (F65)", async () => {
  const slot = "slow";
  await using follower = follow(server, { slot, walSenderTimeoutMs: 1_500 });
  await follower.until("position");
  // more than is received before the socket is paused, so that the server waits to send
  await server.sql("insert into entries select n, repeat('x', 1000) from generate_series(1, 20000) n");
  await follower.until("begin");
  const pid = await senderPid(slot);
  await pause(4_000); // this is the slowness, nothing is awaited
  const events = await follower.take(({ type }) => type === "commit");
  expect(events.filter(({ type }) => type === "insert")).toHaveLength(20_000);
  expect(await senderPid(slot)).toBe(pid);
});

test("a connection that carries nothing any more is given up, and the changes arrive over the next one (F76)", async () => {
  await proxy.heal();
  const slot = "half_dead";
  const options = { slot, address: throughProxy(), walSenderTimeoutMs: 1_500 };
  const follower = follow(server, options);
  const { position } = await follower.until("position");
  await follower.until("position"); // of the stream: it has begun
  proxy.swallow();
  await server.sql("insert into entries values (100001, 'sent into the dead connection')");
  await expect(follower.until("commit")).rejects.toThrow(/nothing arrived on the replication connection/);
  await proxy.heal();
  await follower.slot.close();
  await using next = follow(server, { ...options, position });
  const events = await next.take(({ type }) => type === "commit");
  expect(events.flatMap((event) => (event.type === "insert" ? [event.row[0]] : []))).toEqual(["100001"]);
});

test("silence while we do not read is no sign of a dead connection (F76)", async () => {
  await proxy.heal();
  await using follower = follow(server, { slot: "paused", address: throughProxy(), walSenderTimeoutMs: 1_500 });
  await follower.until("position");
  await server.sql("update entries set note = repeat('y', 1000)");
  await follower.until("begin");
  await pause(4_000); // longer than the limit of silence
  const events = await follower.take(({ type }) => type === "commit");
  expect(events.filter(({ type }) => type === "update").length).toBeGreaterThan(20_000);
});

test("a socket that its creator destroys is the failure, with the reason that it gave", async () => {
  const createSocket = (): Socket => {
    const socket = new Socket();
    socket.once("connect", () => socket.destroy(new ServiceError("UPSTREAM_REJECTED", "this address is not allowed")));
    return socket;
  };
  await using follower = follow(server, { slot: "refused", address: { ...server.address, createSocket } });
  await expect(follower.until("position")).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
});

test("the socket is the one that the caller created", async () => {
  const opened: string[] = [];
  await using follower = follow(server, {
    slot: "own_socket",
    address: {
      ...server.address,
      createSocket: () => {
        const socket = new Socket();
        socket.once("connect", () => opened.push("connected"));
        return socket;
      },
    },
  });
  await follower.until("position");
  expect(opened.length).toBeGreaterThan(0);
});

test("an aborted signal ends the iteration at once with its reason", async () => {
  const stopping = new AbortController();
  await using follower = follow(server, { slot: "aborted", signal: stopping.signal });
  await follower.until("position");
  const waiting = follower.take(({ type }) => type === "begin");
  stopping.abort(new Error("the lease was lost"));
  await expect(waiting).rejects.toThrow("the lease was lost");
});

test("what nobody requests is not read, and memory stays flat over a large transaction (F70)", async () => {
  const rows = amountOf({ short: 100_000, long: 1_000_000 });
  const { sockets, createSocket } = useOwnSockets();
  // a slow machine that collects garbage must not look like a consumer that is lost
  const options = { slot: "large", address: { ...server.address, createSocket }, walSenderTimeoutMs: 60_000 };
  await using follower = follow(server, options);
  await follower.until("position");
  await server.sql("truncate entries");
  await server.sql(`insert into entries select n, repeat('z', 1000) from generate_series(1, ${rows}) n`);
  await follower.take(({ type }) => type === "truncate");
  await follower.until("commit");
  await follower.until("begin");
  await eventually("the server waits until we read", async () => {
    const found = await server.sql(`
      select 1 from pg_stat_activity a join pg_replication_slots s on s.active_pid = a.pid
      where s.slot_name = 'large' and a.wait_event = 'WalSenderWriteData'`);
    return found.length > 0;
  });
  expect(Math.max(...sockets.map(({ bytesRead }) => bytesRead))).toBeLessThan(4 * 1_048_576);
  const before = memoryAfterCollection();
  let [most, received, isCommitted] = [0, 0, false];
  while (!isCommitted) {
    const isLast = ({ type }: SlotEvent): boolean => {
      if (type === "insert") received += 1;
      isCommitted = type === "commit";
      return isCommitted || received % 50 === 0;
    };
    await follower.take(isLast, false);
    await nextTurn(); // slower than what arrives, so that there is always something left
    if (received % (rows / 4) === 0) most = Math.max(most, memoryAfterCollection());
  }
  expect(received).toBe(rows);
  expect(most - before).toBeLessThan(MOST_GROWTH);
});

test("changes that arrive faster than they are decoded leave turns of the event loop to other work", async () => {
  await proxy.heal();
  const slot = "small";
  const { sockets, createSocket } = useOwnSockets();
  await using follower = follow(server, { slot, address: { ...throughProxy(), createSocket } });
  await follower.until("position");
  await server.sql("insert into entries select n from generate_series(2000001, 2050000) n");
  const [end] = await server.sql("select pg_current_wal_lsn() as lsn");
  await follower.until("begin");
  await eventually("all changes are on their way to us, so that whole pieces are read", async () => {
    const found = await server.sql(`
      select 1 from pg_stat_replication r join pg_replication_slots s on s.active_pid = r.pid
      where s.slot_name = '${slot}' and r.sent_lsn >= '${end?.["lsn"]}'`);
    return found.length > 0;
  });
  let [pieces, piecesOfTurn, most] = [0, 0, 0];
  sockets[0]?.on("data", () => {
    pieces += 1;
    most = Math.max(most, (piecesOfTurn += 1));
  });
  let isMeasured = true;
  const onTurn = (): void => {
    piecesOfTurn = 0;
    if (isMeasured) setImmediate(onTurn);
  };
  onTurn();
  await follower.take(({ type }) => type === "commit", false);
  isMeasured = false;
  expect(pieces).toBeGreaterThan(10);
  expect(most).toBe(1);
});
