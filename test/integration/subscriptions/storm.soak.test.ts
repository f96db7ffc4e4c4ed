import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { eventually } from "../../helpers/eventually.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { amountOf } from "../../helpers/length.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";

const TENANT = "acme";
/** A third of the subscribers uses each transport. */
const { subscribers, events } = amountOf({
  short: { subscribers: 15, events: 1_000 },
  long: { subscribers: 600, events: 1_500 },
});
/** Events of one commit: they are committed far faster than they can be delivered to all. */
const COMMIT = 250;
const QUERY = "subscription { syncEvents { cursor ... on RunStarted { run { id } } } }";
const HEADERS = { "x-sluice-tenant": TENANT };

let log: EventLog;
let live: LiveGraph;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  log = await useEventLog();
  live = await openLiveGraph(log, [TENANT]);
});
afterAll(async () => {
  for (const end of ends) end();
  await live[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
});

/** Cursors that a subscriber has received, in order. */
interface Received {
  readonly cursors: string[];
}

/** Adds the cursors in a text that contains whole messages. */
function collect({ cursors }: Received, text: string): void {
  for (const [, cursor = ""] of text.matchAll(/"cursor":"([^"]+)"/g)) cursors.push(cursor);
}

function subscribeByWebSocket(): Received {
  const received: Received = { cursors: [] };
  const url = `${live.server.url.replace("http", "ws")}/graphql/ws`;
  const socket = new WebSocket(url, "graphql-transport-ws", { headers: HEADERS });
  ends.push(() => socket.terminate());
  socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
  socket.on("message", (data: Buffer) => {
    const text = data.toString();
    if (!text.includes('"connection_ack"')) return collect(received, text);
    socket.send(JSON.stringify({ type: "subscribe", id: "1", payload: { query: QUERY } }));
  });
  return received;
}

function subscribeByStream(accept: string): Received {
  const received: Received = { cursors: [] };
  const end = new AbortController();
  ends.push(() => end.abort());
  void readLines(accept, end.signal, (text) => collect(received, text)).catch(() => undefined); // ended by the test
  return received;
}

async function readLines(accept: string, signal: AbortSignal, onLines: (text: string) => void): Promise<void> {
  const headers = { ...HEADERS, accept, "content-type": "application/json" };
  const body = JSON.stringify({ query: QUERY });
  const response = await fetch(`${live.server.url}/graphql`, { method: "POST", headers, body, signal });
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const end = chunk.lastIndexOf("\n") + 1;
    if (end > 0) onLines(rest + chunk.slice(0, end));
    rest = end > 0 ? chunk.slice(end) : rest + chunk;
  }
}

const SUBSCRIBE = [
  subscribeByWebSocket,
  () => subscribeByStream("text/event-stream"),
  () => subscribeByStream('multipart/mixed;subscriptionSpec="1.0", application/json'),
];

/** Sends queries one after the other until it is stopped; resolves with the statuses of the answers. */
function keepQuerying(): { stop(): Promise<readonly number[]>; readonly statuses: readonly number[] } {
  const statuses: number[] = [];
  let isOver = false;
  const work = async (): Promise<void> => {
    while (!isOver) {
      const headers = { ...HEADERS, "content-type": "application/json" };
      const body = JSON.stringify({ query: "{ payments(first: 1) { nodes { id } } }" });
      const response = await fetch(`${live.server.url}/graphql`, { method: "POST", headers, body });
      statuses.push(response.status);
      await response.text();
    }
  };
  const ended = work();
  return {
    statuses,
    async stop() {
      isOver = true;
      await ended;
      return statuses;
    },
  };
}

test("a storm of events reaches every subscriber of every transport once and in order, and queries are answered meanwhile (F102)", async () => {
  const all = Array.from({ length: subscribers }, (_, index) => SUBSCRIBE[index % SUBSCRIBE.length]?.());
  const received = all.filter((one) => one !== undefined);
  await eventually("the first position of all", () => received.every(({ cursors }) => cursors.length === 1));
  const queries = keepQuerying();
  await eventually("a query", () => queries.statuses.length > 0);
  const before = queries.statuses.length;
  for (let from = 0; from < events; from += COMMIT)
    await log.append(TENANT, ...Array.from({ length: COMMIT }, (_, index) => runStarted(`${from + index}`)));
  const last = live.cursors.encodeEventCursor(TENANT, BigInt(events));
  const hasAll = ({ cursors }: Received): boolean => cursors.at(-1) === last;
  await eventually("a query after the commits", () => queries.statuses.length > before);
  await eventually("the last event at all", () => received.every(hasAll), 600_000);
  expect(new Set(await queries.stop())).toEqual(new Set([200]));
  const expected = Array.from({ length: events + 1 }, (_, seq) => live.cursors.encodeEventCursor(TENANT, BigInt(seq)));
  for (const { cursors } of received) expect(cursors).toEqual(expected);
}, 900_000);
