import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { addressSchema, type Result, resultSchema, type Task } from "./reconcile/task.ts";

const RECORDS = 100_000;
/** A fifth of the records: memory must not grow with the rest. */
const FEWER = 20_000;
const GOALS = { seconds: 60, growthMb: 150 };

/**
 * A day of 100,000 charges compared with the store, as it was read and after one percent of the rows was altered:
 * seconds, calls and memory; and a day of 20,000, which must need about the same memory.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    const results: Result[] = [];
    for (const records of [FEWER, RECORDS]) {
      const database = `bench_${records}`;
      const admin = new pg.Client(postgres.connection);
      await admin.connect();
      await admin.query(`create database ${database}`);
      await admin.end();
      const result = await compare(records, { ...postgres.connection, database });
      console.log(`${records}: ${JSON.stringify(result)}`);
      results.push(result);
    }
    const [fewer, all] = results;
    const seconds = all?.inStep.seconds ?? Infinity;
    const growthMb = Math.max(all?.inStep.growthMb ?? Infinity, all?.altered.growthMb ?? Infinity);
    const met = seconds <= GOALS.seconds && growthMb <= GOALS.growthMb;
    return {
      name: "reconcile",
      unit: "s",
      ours: seconds,
      goal: GOALS.seconds,
      growthMb,
      growthGoalMb: GOALS.growthMb,
      met,
      fewer,
      all,
    };
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function compare(records: number, connection: Task["connection"]): Promise<Result> {
  const upstream = spawn(process.execPath, ["test/bench/reconcile/upstream.ts", String(records)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const task: Task = { connection, ...(await addressOf(upstream)) };
    const child = spawn(process.execPath, ["test/bench/reconcile/compare.ts", JSON.stringify(task)], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 240_000,
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    await once(child, "close");
    return resultSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
  } finally {
    upstream.kill();
  }
}

/** The upstream's output when it is ready. */
async function addressOf(upstream: ChildProcess): Promise<Omit<Task, "connection">> {
  const [chunk] = (await once(upstream.stdout ?? upstream, "data")) as [Buffer];
  return addressSchema.parse(JSON.parse(chunk.toString()));
}
