import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type Result, resultSchema, type Task } from "./budget/task.ts";

const REPLICAS = 4;
const READERS = 16;
const LIMITS = [25, 100, 1_000];
const SECONDS = 8;
/** Excluded at the beginning: connections are opened, shares are distributed. */
const WARM_UP_MS = 2_000;
const GOAL = { usedShare: 0.98, worstSecondShare: 1.05 };

interface Round {
  readonly limit: number;
  /** Maximum number of calls that the upstream received in any second, wherever it began. */
  readonly worstSecond: number;
  /** Fraction of the allowed calls that was made. */
  readonly usedShare: number;
  readonly storeCallsPerPermit: number;
}

/**
 * Four replicas that read as fast as one shared limit allows, ours and the peer's alternately, on one PostgreSQL: the
 * calls that the upstream received, and the cost of a permit. `ours`, `peer` and `ratio` are store calls per permit at
 * 100 a second.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    const rounds: Record<"ours" | "peer", Round[]> = { ours: [], peer: [] };
    for (const limit of LIMITS) {
      for (const name of ["peer", "ours"] as const) {
        const round = await measure(name, limit, postgres);
        rounds[name].push(round);
        console.log(`${name} at ${limit}/s: ${JSON.stringify(round)}`);
      }
    }
    const cost = (all: readonly Round[]) => all.find(({ limit }) => limit === 100)?.storeCallsPerPermit ?? NaN;
    const [ours, peer] = [cost(rounds.ours), cost(rounds.peer)];
    return {
      name: "budget",
      unit: "store calls per permit at 100/s",
      ours,
      peer,
      ratio: Number((peer / ours).toFixed(2)),
      goal: GOAL,
      met: rounds.ours.every(isMet) && ours < peer,
      rounds,
    };
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function isMet({ limit, worstSecond, usedShare }: Round): boolean {
  return worstSecond <= Math.floor(limit * GOAL.worstSecondShare) && usedShare >= GOAL.usedShare;
}

async function measure(name: "ours" | "peer", limit: number, postgres: EmbeddedPostgres): Promise<Round> {
  const connection = { ...postgres.connection, database: await createDatabase(postgres, `${name}_${limit}`) };
  if (name === "ours") await migrate(connection);
  const upstream = await start("upstream.ts", undefined);
  const task: Task = { connection, baseUrl: upstream.line, limit, readers: READERS };
  const replicas = await Promise.all(Array.from({ length: REPLICAS }, () => start(`${name}.ts`, task)));
  await pause(WARM_UP_MS);
  await arrivals(upstream.line);
  await pause(SECONDS * 1_000);
  const times = await arrivals(upstream.line);
  const results = await Promise.all(replicas.map((replica) => replica.stop()));
  upstream.child.stdin?.end();
  const sent = results.reduce((sum, result) => sum + result.sent, 0);
  const storeCalls = results.reduce((sum, result) => sum + result.storeCalls, 0);
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return {
    limit,
    worstSecond: worstSecond(times),
    usedShare: round((times.length - 1) / ((limit * spanMs) / 1_000)),
    storeCallsPerPermit: round(storeCalls / sent),
  };
}

const round = (value: number): number => Number(value.toFixed(3));

/** Maximum number of the times within any half-open second. */
function worstSecond(times: readonly number[]): number {
  let [first, worst] = [0, 0];
  for (const [index, atMs] of times.entries()) {
    while ((times[first] ?? atMs) <= atMs - 1_000) first += 1;
    worst = Math.max(worst, index - first + 1);
  }
  return worst;
}

async function arrivals(url: string): Promise<readonly number[]> {
  return z.array(z.number()).parse(await (await fetch(`${url}/arrivals`)).json());
}

async function createDatabase(postgres: EmbeddedPostgres, database: string): Promise<string> {
  const admin = new pg.Client(postgres.connection);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  return database;
}

interface Started {
  readonly child: ChildProcess;
  /** The first line of its output. */
  readonly line: string;
  stop(): Promise<Result>;
}

/** Starts a process of the benchmark and waits for its first line; `stop` ends its input and reads its last. */
async function start(file: string, task: Task | undefined): Promise<Started> {
  const child = spawn(process.execPath, [`test/bench/budget/${file}`, ...(task ? [JSON.stringify(task)] : [])], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 60_000,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw new Error(`${file} ended before it was ready`);
  return {
    child,
    line: first.value,
    async stop() {
      child.stdin.end();
      const last = await lines.next();
      await once(child, "close");
      return resultSchema.parse(JSON.parse(last.value ?? ""));
    },
  };
}
