import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SourcesOptions } from "./options.ts";
import { cpuSecondsOf, memoryOf } from "./processes.ts";
import { sourcesOf } from "./settings-file.ts";
import { startWorld, type World } from "./world.ts";

/** One line of the table of processes that have nothing to do. Figures are of one process. */
export interface IdleRow {
  readonly sources: number;
  /** Start of a service whose sources are registered. */
  readonly readyMs: number;
  readonly rssMb: number;
  readonly transactionsPerSecond: number;
  /** In the busiest of the intervals. */
  readonly busiestTransactionsPerSecond: number;
  readonly cpuPercent: number;
}

/** The hourly deletion of old rows begins a minute after the first start: it is part of it. */
const INTERVALS = 16;
const INTERVAL_MS = 5_000;
/** The first searches of all loops end. */
const SETTLE_MS = 5_000;
const NO_POLL = "20d";
/** Statements whose counts are printed. */
const PRINTED = 20;

/** Starts two processes whose sources were all polled before, and measures them for a while. */
export async function measureIdle(size: number, options: SourcesOptions): Promise<IdleRow> {
  const sources = sourcesOf(size, Math.max(1, Math.round(size / 10)), options.connector);
  await using world = await startWorld({ sources, schedule: NO_POLL, watch: options, arePolled: "idle" });
  const pids = world.services.map(({ pid }) => pid);
  const cpuOfAll = async () => (await Promise.all(pids.map(cpuSecondsOf))).reduce((sum, seconds) => sum + seconds, 0);
  await pause(SETTLE_MS);
  const [cpu, startMs, before] = [await cpuOfAll(), performance.now(), await statementsOf(pids, options)];
  const rates: number[] = [];
  for (let interval = 0; interval < INTERVALS; interval += 1) rates.push(await transactionsDuring(world, INTERVAL_MS));
  const seconds = (performance.now() - startMs) / 1_000;
  const [cpuAfter, after] = [await cpuOfAll(), await statementsOf(pids, options)];
  printStatements(before, after, seconds * pids.length);
  const memory = await Promise.all(pids.map(memoryOf));
  const perProcess = (rate: number) => Number((rate / pids.length).toFixed(1));
  return {
    sources: size,
    readyMs: Math.max(...world.services.map(({ readyMs }) => readyMs)),
    rssMb: Math.max(...memory.map(({ rssMb }) => rssMb)),
    transactionsPerSecond: perProcess(rates.reduce((sum, rate) => sum + rate, 0) / rates.length),
    busiestTransactionsPerSecond: perProcess(Math.max(...rates)),
    cpuPercent: Number((((cpuAfter - cpu) / seconds / pids.length) * 100).toFixed(1)),
  };
}

/** Transactions per second of the database, without the first of these two queries. */
async function transactionsDuring(world: World, durationMs: number): Promise<number> {
  const [before, startMs] = [await transactionsOf(world), performance.now()];
  await pause(durationMs);
  return ((await transactionsOf(world)) - before - 1) / ((performance.now() - startMs) / 1_000);
}

async function transactionsOf(world: World): Promise<number> {
  const [row] = await world.query(
    "select (xact_commit + xact_rollback)::float8 as count from pg_stat_database where datname = current_database()",
  );
  return Number(row?.["count"]);
}

/** Counts of the statements of both processes, by text; none unless they are recorded. */
async function statementsOf(
  pids: readonly number[],
  { statements }: SourcesOptions,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  if (statements === undefined) return counts;
  const files = (await readdir(statements)).filter((file) => pids.includes(Number.parseInt(file, 10)));
  for (const file of files) {
    const own = JSON.parse(await readFile(join(statements, file), "utf8")) as Record<string, number>; // count-statements.ts
    for (const [text, count] of Object.entries(own)) counts.set(text, (counts.get(text) ?? 0) + count);
  }
  return counts;
}

function printStatements(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  processSeconds: number,
): void {
  const rows = [...after]
    .map(([text, count]) => ({ perSecond: (count - (before.get(text) ?? 0)) / processSeconds, text }))
    .filter(({ perSecond }) => perSecond > 0)
    .toSorted((a, b) => b.perSecond - a.perSecond);
  for (const { perSecond, text } of rows.slice(0, PRINTED)) console.log(perSecond.toFixed(2), text.slice(0, 120));
}
