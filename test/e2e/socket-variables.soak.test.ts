import { expect, test } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askGraph } from "../helpers/graphql.ts";
import { amountOf } from "../helpers/length.ts";
import { openRawSocket, type RawSocket } from "../helpers/raw-socket.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { startService } from "../helpers/service.ts";

const SOCKETS = 10;
/** The text and the parsed variables of all operations together are larger than the heap, in both forms. */
const { operations: OPERATIONS, heapMegabytes: HEAP_MEGABYTES } = amountOf({
  short: { operations: 15, heapMegabytes: 192 },
  long: { operations: 100, heapMegabytes: 1_024 },
});
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

test("ten sockets, each with operations of 0.9 MB of undeclared variables, do not end a process with a bounded heap (F118)", async () => {
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
    const url = `${service.url.replace("http", "ws")}/graphql/ws`;
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => openReady(url)));
    await Promise.all(sockets.map(subscribeWithUndeclared));
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(new RegExp(`^sluice_websocket_operations ${SOCKETS * OPERATIONS}$`, "m"));
    expect(await askGraph(service.url, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
    for (const { socket } of sockets) socket.terminate();
  } finally {
    expect(await service.stop()).toBe(0);
  }
});
