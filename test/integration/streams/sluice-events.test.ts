import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import {
  type FollowOptions,
  followSyncEvents,
  type Item,
  multipart,
  sse,
  type SocketClass,
  SubscriptionFailed,
  type Transport,
  webSocket,
} from "../../../clients/sluice-events/src/index.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";
import { within } from "../../helpers/take.ts";

const TRANSPORTS: Readonly<Record<string, () => Transport>> = {
  sse: () => sse(),
  multipart: () => multipart(),
  webSocket: () => webSocket(WebSocket as unknown as SocketClass), // the same members
};

let log: EventLog;
beforeAll(async () => {
  log = await useEventLog();
});
afterAll(async () => log[Symbol.asyncDispose]());

/** Items up to the given number of events. */
async function follow(events: number, options: FollowOptions, onItem?: (item: Item) => void): Promise<readonly Item[]> {
  const items: Item[] = [];
  const read = async (): Promise<void> => {
    let count = 0;
    for await (const item of followSyncEvents({ retry: { baseMs: 1, capMs: 20 }, ...options })) {
      items.push(item);
      onItem?.(item);
      if (item.type === "event") count += 1;
      if (count === events) return;
    }
  };
  await within(WAIT_LIMIT_MS, `${events} events`, read());
  return items;
}

const cursorsOf = (items: readonly Item[]): readonly string[] =>
  items.filter(({ type }) => type === "event").map(({ cursor }) => cursor);

describe.each(Object.keys(TRANSPORTS))("sluice-events over %s", (name) => {
  const tenantId = `followed-${name.toLowerCase()}`;
  const transport = (TRANSPORTS[name] ?? sse)();
  let live: LiveGraph;
  beforeAll(async () => {
    live = await openLiveGraph(log, [tenantId]);
  });
  afterAll(async () => live[Symbol.asyncDispose]());
  const url = (base = live.server.url): string => `${base}/graphql`;
  const cursorAt = (seq: number): string => live.cursors.encodeEventCursor(tenantId, BigInt(seq));
  const cursors = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => cursorAt(from + index));

  test("has every event once and in order, while connections are cut at random and 4 connections write (F100)", async () => {
    await using proxy = await startFaultProxy(live.server.url);
    const total = 160;
    const write = async (writer: number): Promise<void> => {
      for (let index = 0; index < 20; index += 1)
        await log.append(tenantId, runStarted(`${writer}-${index}-a`), runStarted(`${writer}-${index}-b`));
    };
    let writing: Promise<unknown> = Promise.resolve();
    proxy.resetAfter(3_001, 8);
    const items = await follow(total, { url: url(proxy.url), transport, fields: "at" }, ({ type, cursor }) => {
      if (type === "position" && cursor === cursorAt(0)) writing = Promise.all([0, 1, 2, 3].map(write));
    });
    await writing;
    expect(cursorsOf(items)).toEqual(cursors(1, total));
    expect(proxy.opened()).toBeGreaterThan(4);
  });

  test("drops what a gateway repeats that connects again by itself, with the variables of long ago", async () => {
    const head = Number(await log.append(tenantId, runStarted("1"), runStarted("2"), runStarted("3")));
    let requests = 0;
    /** The client sees one stream; the gateway has lost its connection to us after each second result. */
    const gateway: Transport = async function* (connection) {
      requests += 1;
      for (let lost = 0; lost < 2; lost += 1) {
        let results = 0;
        for await (const result of transport(connection)) {
          yield result;
          results += 1;
          if (results === 3) break;
        }
      }
      yield* transport(connection);
    };
    const after = cursorAt(head - 3);
    const items = await follow(3, { url: url(), transport: gateway, after });
    expect(cursorsOf(items)).toEqual(cursors(head - 2, head));
    expect(requests).toBe(2); // it opened one of its own at the first seam
    await eventually("the release of all connections", () => live.feed.open === 0);
  });

  test("reports a reset, and continues after it", async () => {
    const head = Number(await log.append(tenantId, runStarted("1")));
    await log.deleteOlderThan(tenantId, 0);
    let written: Promise<unknown> = Promise.resolve();
    const items = await follow(1, { url: url(), transport, after: cursorAt(0) }, ({ type }) => {
      if (type === "reset") written = log.append(tenantId, runStarted("2"));
    });
    await written;
    expect(items).toMatchObject([
      { type: "reset", reason: "RETENTION", cursor: cursorAt(head) },
      { type: "event", cursor: cursorAt(head + 1) },
    ]);
  });

  test("fails for a cursor that the server refuses, and does not try again (F96)", async () => {
    const disconnects: unknown[] = [];
    const onDisconnect = (reason: unknown): void => void disconnects.push(reason);
    const failed = follow(1, { url: url(), transport, after: "made-up-cursor", onDisconnect });
    await expect(failed).rejects.toThrow(SubscriptionFailed);
    expect(disconnects).toEqual([]);
  });
});
