import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { look } from "../helpers/sandbox-counters.ts";
import { startStripe } from "../helpers/stripe-process.ts";
import { type Latencies, latenciesSchema, type Order, type Task } from "./interactive/task.ts";

const LIMIT = 100;
const REPLICAS = 4;
/** Response time of a nearby upstream for a small response. */
const LATENCY_MS = 20;
const INTERACTIVE = { perSecond: 20, calls: 240 };
const ROUNDS = 2;
const GOAL = 2;
/** Time in which shares are redistributed and the permits of the previous phase expire. */
const WARM_UP_MS = 1_500;

/** The concurrent load of each replica. `storm`: the refetches that ten thousand webhooks cause. */
const PHASES = {
  alone: [],
  backfill: [{ do: "background", lane: "backfill", calls: 16 }],
  storm: [{ do: "background", lane: "refetch", calls: 10_000 / REPLICAS }],
} as const satisfies Record<string, readonly Order[]>;
type Phase = keyof typeof PHASES;

/**
 * Interactive calls, 20 a second through one of four replicas under one limit of 100 a second: alone, while all of
 * them read backfills at full speed, and while they fetch ten thousand objects again. The peer is ours without other
 * load.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.connection);
    await using stripe = await startStripe(20);
    await stripe.control("POST", "faults", { latencyMs: LATENCY_MS, path: "/v1/" });
    await stripe.control("POST", "limits", { limits: [{ name: "account", kind: "token-bucket", perSecond: LIMIT }] });
    const { connection } = postgres;
    const task: Task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, limit: LIMIT };
    const replicas = await Promise.all(Array.from({ length: REPLICAS }, () => startReplica(task)));
    await replicas[0]?.order({ do: "interactive", ...INTERACTIVE, calls: 60 }); // first calls compile the code
    const figures: Record<Phase, Latencies[]> = { alone: [], backfill: [], storm: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const phase of ["alone", "backfill", "storm"] as const) {
        const latencies = await measure(phase, replicas);
        figures[phase].push(latencies);
        console.log(`${phase}: ${JSON.stringify(quantiles([latencies]))}`);
      }
    }
    const { refused, peakPerSecond } = await look(stripe);
    await Promise.all(replicas.map((replica) => replica.stop()));
    return summary(figures, { refused, peakPerSecond });
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(phase: Phase, replicas: readonly Replica[]): Promise<Latencies> {
  const toAll = (order: Order) => Promise.all(replicas.map((replica) => replica.order(order)));
  for (const order of PHASES[phase]) await toAll(order);
  await pause(WARM_UP_MS);
  const latencies = latenciesSchema.parse(await replicas[0]?.order({ do: "interactive", ...INTERACTIVE }));
  await toAll({ do: "quiet" });
  await pause(WARM_UP_MS);
  return latencies;
}

function summary(figures: Record<Phase, Latencies[]>, seen: object): Record<string, unknown> {
  const [alone, backfill, storm] = [quantiles(figures.alone), quantiles(figures.backfill), quantiles(figures.storm)];
  const ratioOf = (busy: Quantiles) => Number((busy.p99Ms / alone.p99Ms).toFixed(2));
  const [ratio, stormRatio] = [ratioOf(backfill), ratioOf(storm)];
  return {
    name: "interactive",
    unit: "ms, p99",
    ours: backfill.p99Ms,
    peer: alone.p99Ms,
    ratio,
    goal: GOAL,
    met: ratio < GOAL && stormRatio < GOAL,
    stormRatio,
    alone,
    backfill,
    storm,
    upstream: seen,
  };
}

interface Quantiles {
  /** From the due time of a call to its response. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** For its permit. */
  readonly waitedP50Ms: number;
  readonly waitedP99Ms: number;
}

function quantiles(all: readonly Latencies[]): Quantiles {
  const [answered, waited] = [all.flatMap(({ answeredMs }) => answeredMs), all.flatMap(({ waitedMs }) => waitedMs)];
  return {
    p50Ms: quantile(answered, 0.5),
    p99Ms: quantile(answered, 0.99),
    waitedP50Ms: quantile(waited, 0.5),
    waitedP99Ms: quantile(waited, 0.99),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length * share)] ?? Infinity).toFixed(1));
}

interface Replica {
  /** Resolves with its response. */
  order(order: Order): Promise<unknown>;
  stop(): Promise<void>;
}

async function startReplica(task: Task): Promise<Replica> {
  const child = spawn(process.execPath, ["test/bench/interactive/replica.ts", JSON.stringify(task)], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 120_000, // longer than the whole benchmark
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error("a replica ended too soon");
    return JSON.parse(line.value) as unknown;
  };
  await answer();
  return {
    order(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return answer();
    },
    async stop() {
      child.stdin.end();
      await once(child, "close");
    },
  };
}
