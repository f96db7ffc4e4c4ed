import { setTimeout as pause } from "node:timers/promises";
import type { SourcesOptions } from "./options.ts";
import { memoryOf, quantile } from "./processes.ts";
import { sourcesOf } from "./settings-file.ts";
import { startWorld, type World } from "./world.ts";

/** One line of the table. Figures with two values are of the two processes. */
export interface StartRow {
  readonly sources: number;
  readonly readyMs: number;
  readonly rssMbAtStart: number;
  readonly rssMbAfterPolls: number;
  /** Of both processes together. */
  readonly pssMbOfBoth: number;
  /** Sources whose first poll had begun when we stopped waiting. */
  readonly begun: number;
  readonly firstPollsPerSecond: number;
  readonly secondsToLastFirstPoll: number;
  readonly queryP50Ms: number;
  readonly queryP99Ms: number;
  readonly metricsKb: number;
}

const QUERIES = 100;
const QUERIES_PER_SECOND = 10;
/** A schedule that no poll reaches within the benchmark. */
const NO_SECOND_POLL = "20d";
/** Time without a call after which the first polls count as ended. */
const QUIET_MS = 4_000;

/** Starts two processes with that many sources, waits for the first polls, and measures both after them. */
export async function measureStart(size: number, options: SourcesOptions): Promise<StartRow> {
  const sources = sourcesOf(size, Math.max(1, Math.round(size / 10)), options.connector);
  await using world = await startWorld({ sources, schedule: NO_SECOND_POLL, watch: options });
  return await measureWorld(world, size, options); // the world ends with this scope
}

/** The same on a world that is used further. */
export async function measureWorld(world: World, size: number, { giveUpMs }: SourcesOptions): Promise<StartRow> {
  const pids = world.services.map(({ pid }) => pid);
  const atStart = await Promise.all(pids.map(memoryOf));
  await untilPolled(world, size, giveUpMs);
  const firsts = await firstPolls(world);
  const after = await Promise.all(pids.map(memoryOf));
  const queries = await measureQueries(world, Math.max(1, Math.round(size / 10)));
  const seconds = ((firsts.at(-1) ?? Number.NaN) - (firsts[0] ?? 0)) / 1_000;
  return {
    sources: size,
    readyMs: Math.max(...world.services.map(({ readyMs }) => readyMs)),
    rssMbAtStart: Math.max(...atStart.map(({ rssMb }) => rssMb)),
    rssMbAfterPolls: Math.max(...after.map(({ rssMb }) => rssMb)),
    pssMbOfBoth: after.reduce((sum, { pssMb }) => sum + pssMb, 0),
    begun: firsts.length,
    firstPollsPerSecond: Number((firsts.length / Math.max(seconds, 1)).toFixed(1)),
    secondsToLastFirstPoll: Number((((firsts.at(-1) ?? Number.NaN) - world.startedAtMs) / 1_000).toFixed(1)),
    queryP50Ms: quantile(queries, 0.5),
    queryP99Ms: quantile(queries, 0.99),
    metricsKb: await metricsKilobytes(world),
  };
}

/** Resolves when every source was polled and the upstream has no more calls, or after the limit. */
async function untilPolled(world: World, size: number, limitMs: number): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs) {
    const { begun, lastCallMs } = await world.upstream.totals();
    if (begun >= size && Date.now() - lastCallMs > QUIET_MS) return;
    await pause(500);
  }
}

/** Times of the first polls, ascending. */
async function firstPolls(world: World): Promise<readonly number[]> {
  const accounts = await world.upstream.accounts();
  return accounts.flatMap(({ polls }) => polls.slice(0, 1)).toSorted((a, b) => a - b);
}

/** Durations of a query for two rows, by tenant after tenant. */
async function measureQueries(world: World, tenants: number): Promise<readonly number[]> {
  const durations: Promise<number>[] = [];
  for (let index = 0; index < QUERIES; index += 1) {
    const startMs = performance.now();
    const service = world.services[index % 2 === 0 ? 0 : 1];
    const answered = world.graphql(service, `tenant-${index % tenants}`, "{ accounts(first: 2) { nodes { id } } }");
    durations.push(answered.then(() => performance.now() - startMs));
    await pause(1_000 / QUERIES_PER_SECOND);
  }
  return Promise.all(durations);
}

async function metricsKilobytes(world: World): Promise<number> {
  const text = await (await fetch(`${world.services[0].url}/metrics`)).text();
  return Math.round(text.length / 1_024);
}
