import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureCeiling } from "./cdc/ceiling.ts";
import { startCore } from "./cdc/core.ts";
import type { Core } from "./cdc/core.ts";
import { readOptions } from "./cdc/options.ts";
import { processorMsOf } from "./cdc/processor-time.ts";
import { startFollower, startStore, type Store } from "./cdc/store-database.ts";
import { type LiveResult, liveResult, type LiveTask, protocolResult, type Task } from "./cdc/task.ts";
import { runScript } from "./webhooks/run-script.ts";

const BACKLOG = { changes: 100_000, perTransaction: 100 } as const;
const LATENCY = { perSecond: 2_000, perTransaction: 20, seconds: 20, warmUpSeconds: 5 } as const;
const LARGE_ROWS = 1_000_000;
/** On a busy machine a row of a large transaction may take a millisecond. */
const LARGE_WITHIN_MS = 1_200_000;
const GOAL = { perSecond: 20_000, p99Ms: 250, extraMemoryMb: 150 } as const;

/**
 * Changes of a core database: how many per second are received at the protocol layer, and how many are in the store on
 * the whole path, with the processor time of each process, beside what PostgreSQL writes by itself; how long after their
 * commit a subscriber gets their events at 2,000 a second, when they are in the graph; and the memory that a transaction
 * of a million rows needs. Two PostgreSQL servers with fsync on and the process under test share the machine's cores.
 * `--phases=stored,ceiling` runs a part, `--profile=FOLDER` writes profiles of the process under test.
 */
export async function run(): Promise<Record<string, unknown>> {
  const { phases, profile } = readOptions(process.argv.slice(3));
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    await using core = await startCore(join(folder, "core"));
    await using store = await startStore(join(folder, "store"));
    const { address, connection } = { address: core.address, connection: store.connection };
    const task: Task = { core: address, slot: "bench_store", store: connection, folder: join(folder, "feeds") };
    const measured: Measured = {};
    const show = (): void => console.log(JSON.stringify(measured));
    if (phases.includes("protocol")) {
      measured.protocolPerSecond = await measureProtocol(core, { core: address, slot: "bench_protocol" });
      show();
    }
    if (phases.includes("stored")) {
      measured.stored = await measureStored(core, store, task, profile);
      show();
    }
    if (phases.includes("ceiling")) {
      measured.ceilingPerSecond = await measureCeiling(connection, BACKLOG.changes);
      show();
    }
    if (phases.includes("latency")) {
      measured.latency = await measureLatency(core, store, task);
      show();
    }
    if (phases.includes("large")) measured.large = await measureLarge(core, store, task);
    return { name: "cdc", unit: "row changes/s", ...measured, goal: GOAL, met: isMet(measured) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  protocolPerSecond?: number;
  stored?: Stored;
  ceilingPerSecond?: number;
  latency?: LiveResult;
  large?: Large;
}

/** Undefined if a phase was left out. */
function isMet({ protocolPerSecond, stored, latency, large }: Measured): boolean | undefined {
  if (protocolPerSecond === undefined || stored === undefined || latency === undefined || large === undefined)
    return undefined;
  return (
    protocolPerSecond >= GOAL.perSecond &&
    stored.perSecond >= GOAL.perSecond &&
    latency.p99Ms < GOAL.p99Ms &&
    large.peakMb - large.idleMb < GOAL.extraMemoryMb
  );
}

async function measureProtocol(core: Core, task: Task): Promise<number> {
  const run = async (more: Partial<Task>) =>
    protocolResult.parse(
      JSON.parse(await runScript("test/bench/cdc/protocol.ts", JSON.stringify({ ...task, ...more }))),
    );
  const { position } = await run({});
  await core.writeBacklog("protocol", BACKLOG.changes, BACKLOG.perTransaction);
  const { changes, ms } = await run({ position, changes: BACKLOG.changes });
  return Math.round((changes / ms) * 1_000);
}

interface Stored {
  readonly perSecond: number;
  /** Processor time per change, in microseconds, of the customer's server, of our process, and of our store's server. */
  readonly processorUs: Readonly<Record<"core" | "process" | "store", number>>;
}

async function measureStored(core: Core, store: Store, task: Task, profile: string | undefined): Promise<Stored> {
  {
    await using _first = await startFollower(task);
    await store.reached(0n);
  }
  await core.writeBacklog("stored", BACKLOG.changes, BACKLOG.perTransaction);
  const end = await core.insert("end", 1);
  await using follower = await startFollower(task, profile);
  const used = (): Stored["processorUs"] => ({
    core: processorMsOf(core.pid),
    process: processorMsOf(follower.pid),
    store: processorMsOf(store.pid),
  });
  const before = used();
  const startedAtMs = performance.now();
  const ms = (await store.reached(end)) - startedAtMs;
  const after = used();
  if ((await store.payments()) !== BACKLOG.changes / 2 + 1) throw new Error("the store has not every payment");
  const perChange = (name: keyof Stored["processorUs"]): number =>
    Number((((after[name] - before[name]) * 1_000) / BACKLOG.changes).toFixed(1));
  return {
    perSecond: Math.round(((BACKLOG.changes + 1) / ms) * 1_000),
    processorUs: { core: perChange("core"), process: perChange("process"), store: perChange("store") },
  };
}

async function measureLatency(core: Core, store: Store, task: Task): Promise<LiveResult> {
  await using _follower = await startFollower(task);
  await store.reached(await core.insert("warm", 1));
  const live: LiveTask = { core: core.address, store: store.connection, ...LATENCY };
  const timeoutMs = 1_000 * (LATENCY.seconds + LATENCY.warmUpSeconds) + 180_000;
  const result = liveResult.parse(
    JSON.parse(await runScript("test/bench/cdc/live.ts", JSON.stringify(live), timeoutMs)),
  );
  if (result.missing > 0) throw new Error(`${result.missing} events never came`);
  return result;
}

interface Large {
  readonly rows: number;
  readonly seconds: number;
  readonly idleMb: number;
  readonly peakMb: number;
}

async function measureLarge(core: Core, store: Store, task: Task): Promise<Large> {
  await using follower = await startFollower(task);
  await store.reached(await core.insert("before-large", 1));
  const { now: idleMb } = follower.memory();
  const end = await core.insert("large", LARGE_ROWS);
  const committedAtMs = performance.now();
  const seconds = Number((((await store.reached(end, LARGE_WITHIN_MS)) - committedAtMs) / 1_000).toFixed(1));
  return { rows: LARGE_ROWS, seconds, idleMb, peakMb: follower.memory().peak };
}
