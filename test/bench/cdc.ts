import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureCeiling } from "./cdc/ceiling.ts";
import { startCore } from "./cdc/core.ts";
import type { Core } from "./cdc/core.ts";
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
 * the whole path, beside what PostgreSQL writes by itself; how long after their commit a subscriber gets their events at
 * 2,000 a second, when they are in the graph; and the memory that a transaction of a million rows needs. Two PostgreSQL servers with fsync on and the process under
 * test share the machine's cores.
 */
export async function run(): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    await using core = await startCore(join(folder, "core"));
    await using store = await startStore(join(folder, "store"));
    const { address, connection } = { address: core.address, connection: store.connection };
    const protocolPerSecond = await measureProtocol(core, { core: address, slot: "bench_protocol" });
    console.log(`protocol layer: ${protocolPerSecond} changes/s`);
    const task: Task = { core: address, slot: "bench_store", store: connection, folder: join(folder, "feeds") };
    const storedPerSecond = await measureStored(core, store, task);
    console.log(`whole path: ${storedPerSecond} changes/s`);
    const ceilingPerSecond = await measureCeiling(connection, BACKLOG.changes);
    console.log(`the same rows, written by PostgreSQL alone: ${ceilingPerSecond} changes/s`);
    const latency = await measureLatency(core, store, task);
    console.log(
      `commit to the event at a subscriber at ${LATENCY.perSecond}/s: ${JSON.stringify(latency)}, goal: p99 < ${GOAL.p99Ms} ms`,
    );
    const large = await measureLarge(core, store, task);
    console.log(`one transaction of ${LARGE_ROWS} rows: ${JSON.stringify(large)}`);
    return {
      name: "cdc",
      unit: "row changes/s",
      protocolPerSecond,
      storedPerSecond,
      ceilingPerSecond,
      ratioToCeiling: Number((storedPerSecond / ceilingPerSecond).toFixed(2)),
      latency,
      large,
      goal: GOAL,
      met:
        protocolPerSecond >= GOAL.perSecond &&
        storedPerSecond >= GOAL.perSecond &&
        latency.p99Ms < GOAL.p99Ms &&
        large.peakMb - large.idleMb < GOAL.extraMemoryMb,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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

async function measureStored(core: Core, store: Store, task: Task): Promise<number> {
  {
    await using _first = await startFollower(task);
    await store.reached(0n);
  }
  await core.writeBacklog("stored", BACKLOG.changes, BACKLOG.perTransaction);
  const end = await core.insert("end", 1);
  await using _follower = await startFollower(task);
  const startedAtMs = performance.now();
  const ms = (await store.reached(end)) - startedAtMs;
  if ((await store.payments()) !== BACKLOG.changes / 2 + 1) throw new Error("the store has not every payment");
  return Math.round(((BACKLOG.changes + 1) / ms) * 1_000);
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

async function measureLarge(core: Core, store: Store, task: Task) {
  await using follower = await startFollower(task);
  await store.reached(await core.insert("before-large", 1));
  const { now: idleMb } = follower.memory();
  const end = await core.insert("large", LARGE_ROWS);
  const committedAtMs = performance.now();
  const seconds = Number((((await store.reached(end, LARGE_WITHIN_MS)) - committedAtMs) / 1_000).toFixed(1));
  return { rows: LARGE_ROWS, seconds, idleMb, peakMb: follower.memory().peak };
}
