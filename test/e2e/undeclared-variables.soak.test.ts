import { expect, test } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { ACCEPTS, STREAM_FORMATS, type StreamKind } from "../helpers/http-stream.ts";
import { amountOf } from "../helpers/length.ts";
import { readUntil, sendRaw } from "../helpers/raw-request.ts";
import { openRawSocket, type RawSocket } from "../helpers/raw-socket.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { startService } from "../helpers/service.ts";

const CONNECTIONS = 10;
/** The text and the parsed variables of all operations together are larger than the heap, in both forms. */
const { operations: OPERATIONS, heapMegabytes: HEAP_MEGABYTES } = amountOf({
  short: { operations: 15, heapMegabytes: 192 },
  long: { operations: 100, heapMegabytes: 1_024 },
});
/** In the short form those of `test/integration/streams` measure streams, at a tenth of the cost. */
const STREAMS = amountOf<readonly StreamKind[]>({ short: [], long: STREAM_FORMATS });
const UNDECLARED = "x".repeat(900_000);
const QUERY = "subscription { syncEvents { __typename } }";

async function openReady(url: string): Promise<RawSocket> {
  const socket = await openRawSocket({ url });
  socket.send({ type: "connection_init" });
  expect(await socket.message()).toEqual({ type: "connection_ack" });
  return socket;
}

async function subscribeWithUndeclared(socket: RawSocket): Promise<void> {
  for (let id = 1; id <= OPERATIONS; id += 1) {
    const payload = { query: QUERY, variables: { undeclared: `${id}${UNDECLARED}` } };
    socket.send({ type: "subscribe", id: `${id}`, payload });
    expect(await socket.message()).toMatchObject({ type: "next", id: `${id}` });
  }
}

async function streamWithUndeclared(url: string, accept: string): Promise<readonly Socket[]> {
  const streams: Socket[] = [];
  for (let number = 1; number <= OPERATIONS; number += 1) {
    const body = { query: QUERY, variables: { undeclared: `${number}${UNDECLARED}` } };
    const stream = sendRaw({ url, headers: { accept }, body });
    streams.push(stream);
    await readUntil(stream, "StreamPosition");
  }
  return streams;
}

const connections = <T>(open: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: CONNECTIONS }, open));

const metricsOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();

async function expectOpen(url: string, metric: string): Promise<void> {
  expect(await metricsOf(url)).toMatch(new RegExp(`^${metric} ${CONNECTIONS * OPERATIONS}$`, "m"));
  expect(await askGraph(url, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
}

test("ten clients, each with operations of 0.9 MB of undeclared variables, do not end a process with a bounded heap (F118)", async () => {
  await using dataDir = await useReadyDataDir();
  const settings = join(dataDir.path, "sluice.yaml");
  await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources: [] })); // JSON is YAML
  const service = await startService({
    env: {
      SLUICE_CONFIG: settings,
      DATA_DIR: dataDir.path,
      PORT: "0",
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}`,
    },
  });
  try {
    const sockets = await connections(() => openReady(`${service.url.replace("http", "ws")}/graphql/ws`));
    await Promise.all(sockets.map(subscribeWithUndeclared));
    await expectOpen(service.url, "sluice_websocket_operations");
    for (const { socket } of sockets) socket.terminate();
    for (const kind of STREAMS) {
      const streams = (await connections(() => streamWithUndeclared(service.url, ACCEPTS[kind]))).flat();
      await expectOpen(service.url, "sluice_http_streams");
      for (const stream of streams) stream.destroy();
      await eventually("the release", async () => /^sluice_http_streams 0$/m.test(await metricsOf(service.url)));
    }
  } finally {
    expect(await service.stop()).toBe(0);
  }
});
