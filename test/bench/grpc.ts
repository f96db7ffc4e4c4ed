import { createOurs } from "./grpc/ours.ts";
import { createPeer } from "./grpc/peer.ts";
import { startServer } from "./grpc/server.ts";
import { type Client, CONCURRENT, PAGE } from "./grpc/task.ts";

const ROUNDS = 4;
const ROUND_MS = 2_500;
const STREAMED = 50_000;
const GOAL = { ratio: 1 };

/** Messages per second that a client reads and maps: of unary lists of 100, and of one server stream. */
export async function run(): Promise<Record<string, unknown>> {
  const server = await startServer();
  const clients = { ours: await createOurs(server.url), peer: createPeer(server.url) };
  const lists: Rates = { ours: [], peer: [] };
  const streams: Rates = { ours: [], peer: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of ["ours", "peer"] as const) {
        lists[name].push(await listRate(clients[name]));
        streams[name].push(await streamRate(clients[name]));
        console.log(`round ${round}, ${name}: ${lists[name].at(-1)} in lists, ${streams[name].at(-1)} in a stream`);
      }
    }
  } finally {
    await Promise.all([clients.ours.close(), clients.peer.close()]);
    server.stop();
  }
  // the first round of each is its warm-up
  const [unary, stream] = [resultOf(lists), resultOf(streams)];
  return {
    name: "grpc",
    unit: "messages/s",
    ours: unary.ours,
    peer: unary.peer,
    ratio: unary.ratio,
    stream,
    goal: GOAL,
    met: unary.ratio >= GOAL.ratio && stream.ratio >= GOAL.ratio,
  };
}

type Rates = Record<"ours" | "peer", number[]>;

async function listRate(client: Client): Promise<number> {
  const startedMs = performance.now();
  let read = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() - startedMs < ROUND_MS) read += await client.page();
  };
  await Promise.all(Array.from({ length: CONCURRENT }, caller));
  if (read % PAGE !== 0) throw new Error("a page was incomplete");
  return (read / (performance.now() - startedMs)) * 1_000;
}

async function streamRate(client: Client): Promise<number> {
  const startedMs = performance.now();
  await client.stream(STREAMED);
  return (STREAMED / (performance.now() - startedMs)) * 1_000;
}

function resultOf({ ours, peer }: Rates) {
  const median = (rates: readonly number[]): number =>
    Math.round(rates.slice(1).toSorted((a, b) => a - b)[Math.floor((rates.length - 1) / 2)] ?? 0);
  const [mine, other] = [median(ours), median(peer)];
  return { ours: mine, peer: other, ratio: Number((mine / other).toFixed(2)) };
}
