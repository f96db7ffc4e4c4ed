import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { eventTemplates, generate } from "./webhooks/generate.ts";
import { measureLive } from "./webhooks/live.ts";
import { firstLine } from "./webhooks/run-script.ts";
import type { LoadResult, SubscriberResult } from "./webhooks/task.ts";

const SECRET = "whsec_of_the_benchmark";
const CONNECTIONS = 64;
const WARM_UP_EVENTS = 3_000;
const EVENTS = 15_000;
const ROUNDS = 3;
const GOAL = 2;
const OPEN_LOOP = { perSecond: 1_500, events: 15_000, goalP99Ms: 50 };
/** From the sending of a webhook to the event at a subscriber of the complete service. */
const LIVE = { perSecond: 200, events: 2_000, goalP99Ms: 100 };

/**
 * Webhooks verified, stored and answered per second over 64 connections, for Sluice and the peer, on one PostgreSQL
 * with fsync on, alternately; then the latency of ours at a fixed rate, and the time of an event to a subscriber of
 * the complete service. Three processes and the database share the machine's cores.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    const templates = await eventTemplates();
    const rates: Record<"ours" | "peer", number[]> = { ours: [], peer: [] };
    const applied: number[] = [];
    let latency: LoadResult | undefined;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ["peer", "ours"] as const) {
        const database = await createDatabase(postgres, `${name}_${round}`);
        await using contestant = await startContestant(name, { ...postgres.connection, database });
        const load = { url: contestant.url, secret: SECRET, templates, connections: CONNECTIONS };
        await generate({ ...load, prefix: "warm", events: WARM_UP_EVENTS }, dataDir);
        const backlog = async () => (name === "ours" ? drained(postgres, database) : undefined);
        await backlog();
        const result = await generate({ ...load, prefix: "main", events: EVENTS }, dataDir);
        const drainMs = (await backlog()) ?? 0;
        rates[name].push(perSecond(result, result.ms));
        if (name === "ours") applied.push(perSecond(result, result.ms + drainMs));
        console.log(`${name}: ${describe(result)}; ${Math.round(drainMs)} ms later all were applied`);
        if (name === "ours" && round === ROUNDS - 1) {
          latency = await generate({ ...load, prefix: "open", ...OPEN_LOOP }, dataDir);
          console.log(`ours at ${OPEN_LOOP.perSecond}/s: ${describe(latency)}`);
        }
      }
    }
    const [template = ""] = templates;
    const live = await measureLive({ secret: SECRET, template, ...LIVE });
    console.log(`a subscriber at ${LIVE.perSecond}/s: p50 ${live.p50.toFixed(1)} ms, p99 ${live.p99.toFixed(1)} ms`);
    return summary(rates, applied, latency, live);
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function summary(
  rates: Record<"ours" | "peer", number[]>,
  applied: number[],
  latency: LoadResult | undefined,
  live: SubscriberResult,
) {
  if (live.failed + live.missing > 0) throw new Error(`${live.failed} were refused, ${live.missing} events never came`);
  const [ours, peer] = [Math.max(...rates.ours), Math.max(...rates.peer)];
  const ratio = Number((ours / peer).toFixed(2));
  const p99Ms = Number((latency?.p99 ?? Infinity).toFixed(1));
  return {
    name: "webhooks",
    unit: "events/s",
    ours,
    peer,
    ratio,
    goal: GOAL,
    met: ratio >= GOAL && p99Ms < OPEN_LOOP.goalP99Ms && live.p99 < LIVE.goalP99Ms,
    rounds: rates,
    appliedPerSecond: Math.max(...applied),
    openLoop: { ...OPEN_LOOP, p50Ms: Number((latency?.p50 ?? Infinity).toFixed(1)), p99Ms },
    subscriber: { ...LIVE, p50Ms: Number(live.p50.toFixed(1)), p99Ms: Number(live.p99.toFixed(1)) },
  };
}

function perSecond({ events }: LoadResult, ms: number): number {
  return Math.round((events / ms) * 1_000);
}

function describe(result: LoadResult): string {
  const refused = result.failed + result.deferred;
  if (refused > 0) throw new Error(`${refused} of ${result.events} were refused`);
  return `${perSecond(result, result.ms)}/s, p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms`;
}

async function createDatabase(postgres: EmbeddedPostgres, database: string): Promise<string> {
  const admin = new pg.Client(postgres.connection);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.query("checkpoint"); // neither pays for unwritten data of the previous run
  await admin.end();
  return database;
}

interface Contestant extends AsyncDisposable {
  readonly url: string;
}

async function startContestant(name: string, connection: EmbeddedPostgres["connection"]): Promise<Contestant> {
  const task = JSON.stringify({ connection, secret: SECRET });
  const child = spawn(process.execPath, [`test/bench/webhooks/${name}.ts`, task], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await firstLine(child);
  const exited = once(child, "close");
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Milliseconds until everything is applied. */
async function drained(postgres: EmbeddedPostgres, database: string): Promise<number> {
  const client = new pg.Client({ ...postgres.connection, database });
  await client.connect();
  const startedAtMs = performance.now();
  try {
    for (;;) {
      const { rowCount } = await client.query("select 1 from sluice.deliveries where status = 'PENDING' limit 1");
      if (rowCount === 0) return performance.now() - startedAtMs;
      await pause(10);
    }
  } finally {
    await client.end();
  }
}
