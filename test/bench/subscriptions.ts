import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { type Arena, startArena } from "./subscriptions/processes.ts";
import { eventTemplates } from "./webhooks/generate.ts";
import { measureLive } from "./webhooks/live.ts";

const SUBSCRIBERS = 1_000;
const EVENTS = 100;
const PER_TRANSACTION = 10;
const ROUNDS = 2;
const MANY_DOCUMENTS = 100;
const MANY_SUBSCRIBERS = 10_000;
const CATCH_UP = { events: 1_000, rounds: 5 };
const LIVE = { perSecond: 200, events: 2_000 };
const GOAL = { shared: 5, documents: 1, heapBytes: 20_000, catchUpMs: 500, liveP99Ms: 100 };

type Name = "ours" | "peer";

/** Delivered events per second, and per second of the server's processor time. */
interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly delayMaxMs: number;
}

/**
 * Events delivered to a thousand subscribers, with one document and with a hundred, by Sluice and by stock graphql-ws
 * with the same events in memory; the heap of ten thousand idle subscribers; the time to catch up on a thousand events;
 * the time from a webhook to a subscriber of the complete service.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    const rates = { shared: rounds(), documents: rounds() };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ["peer", "ours"] as const) {
        await using arena = await startArena(name, await argumentOf(name, postgres, `round_${round}`));
        rates.shared[name].push(await measureRate(arena, 1));
        rates.documents[name].push(await measureRate(arena, MANY_DOCUMENTS));
        console.log(`${name}: ${JSON.stringify([rates.shared[name].at(-1), rates.documents[name].at(-1)])}`);
      }
    }
    const heapBytes = { ours: 0, peer: 0 };
    let catchUpMs: readonly number[] = [];
    for (const name of ["peer", "ours"] as const) {
      await using arena = await startArena(name, await argumentOf(name, postgres, "heap"));
      heapBytes[name] = await measureHeap(arena);
      console.log(`${name}: ${heapBytes[name]} bytes of heap per subscriber`);
      if (name === "ours") catchUpMs = await measureCatchUp(arena);
    }
    console.log(`${CATCH_UP.events} events caught up in ${catchUpMs.map(Math.round).join(", ")} ms`);
    const [template = ""] = await eventTemplates();
    const live = await measureLive({ secret: "whsec_of_the_benchmark", template, ...LIVE });
    if (live.failed + live.missing > 0) throw new Error(`${live.failed} were refused, ${live.missing} never came`);
    return summary(rates, heapBytes, median(catchUpMs), live.p99);
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function rounds(): Record<Name, Rate[]> {
  return { ours: [], peer: [] };
}

function summary(
  rates: Record<"shared" | "documents", Record<Name, Rate[]>>,
  heapBytes: Record<Name, number>,
  catchUpMs: number,
  liveP99Ms: number,
) {
  const compare = ({ ours, peer }: Record<Name, Rate[]>) => {
    const best = (figure: keyof Rate, of: Rate[]) => Math.max(...of.map((rate) => rate[figure]));
    const ratio = (figure: keyof Rate) => Number((best(figure, ours) / best(figure, peer)).toFixed(2));
    return {
      ours: best("perSecond", ours),
      peer: best("perSecond", peer),
      ratio: ratio("perSecond"),
      cpuRatio: ratio("perCpuSecond"),
      delayMaxMs: best("delayMaxMs", ours),
    };
  };
  const [shared, documents] = [compare(rates.shared), compare(rates.documents)];
  const isFast = shared.ratio >= GOAL.shared && documents.ratio >= GOAL.documents;
  const isSmall = heapBytes.ours <= GOAL.heapBytes;
  const isPrompt = catchUpMs < GOAL.catchUpMs && liveP99Ms < GOAL.liveP99Ms;
  return {
    name: "subscriptions",
    unit: "delivered events/s",
    ...shared,
    goal: GOAL,
    met: isFast && isSmall && isPrompt,
    documents,
    heapBytes,
    catchUpMs: Math.round(catchUpMs),
    liveP99Ms: Number(liveP99Ms.toFixed(1)),
  };
}

async function measureRate({ server, clients, url }: Arena, documents: number): Promise<Rate> {
  await clients.send({ type: "open", url, subscribers: SUBSCRIBERS, documents, messages: 1 });
  const publish = async (events: number, before: number): Promise<number> => {
    const startedMs = performance.now();
    const delivered = clients.send({ type: "await", messages: before + events });
    await server.send({ type: "publish", events, perTransaction: PER_TRANSACTION });
    await delivered;
    return performance.now() - startedMs;
  };
  const warmUp = EVENTS / 10;
  await publish(warmUp, 1);
  await server.send({ type: "measure" });
  const ms = await publish(EVENTS, 1 + warmUp);
  const { cpuMs = 0, delayMaxMs = 0 } = await server.send({ type: "measure" });
  await clients.send({ type: "close" });
  const delivered = EVENTS * SUBSCRIBERS * 1_000;
  return { perSecond: Math.round(delivered / ms), perCpuSecond: Math.round(delivered / cpuMs), delayMaxMs };
}

/** Bytes per subscriber, after each has received events. */
async function measureHeap({ server, clients, url }: Arena): Promise<number> {
  const open = { type: "open", url, documents: 1, messages: 1 } as const;
  await clients.send({ ...open, subscribers: 100 });
  await clients.send({ type: "close" });
  const { heapBytes: before = 0 } = await server.send({ type: "measure" });
  await clients.send({ ...open, subscribers: MANY_SUBSCRIBERS });
  await server.send({ type: "publish", events: 3, perTransaction: 1 });
  await clients.send({ type: "await", messages: 4 });
  const { heapBytes: after = 0 } = await server.send({ type: "measure" });
  await clients.send({ type: "close" });
  return Math.round((after - before) / MANY_SUBSCRIBERS);
}

/** Milliseconds from the connection of a subscriber with an old cursor to the last of the events. */
async function measureCatchUp({ server, clients, url }: Arena): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < CATCH_UP.rounds; round += 1) {
    await server.send({ type: "publish", events: CATCH_UP.events, perTransaction: 100 });
    const seq = `${3 + round * CATCH_UP.events}`; // 3 events were published before
    const { cursor = "" } = await server.send({ type: "cursor", seq });
    const startedMs = performance.now();
    const open = { type: "open", url, subscribers: 1, documents: 1, messages: CATCH_UP.events } as const;
    await clients.send({ ...open, after: cursor });
    times.push(performance.now() - startedMs);
    await clients.send({ type: "close" });
  }
  return times;
}

async function argumentOf(name: Name, { connection }: EmbeddedPostgres, database: string): Promise<string> {
  if (name === "peer") return "";
  const admin = new pg.Client(connection);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  return JSON.stringify({ ...connection, database });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}
