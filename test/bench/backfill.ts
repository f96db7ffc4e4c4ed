import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { resultSchema, type Result, type Task, taskSchema } from "./backfill/task.ts";

const PAYMENTS = 40_000;
const ROUNDS = 2;
const GOAL = 5;

/** Records per second of a first run over charges of 3 kB, for Sluice and the peer, on one PostgreSQL with fsync on. */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  const upstream = spawn(process.execPath, ["test/bench/backfill/upstream.ts", String(PAYMENTS)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await addressOf(upstream);
    const rates: Record<"ours" | "peer", number[]> = { ours: [], peer: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ["ours", "peer"] as const) {
        const database = `bench_${name}_${round}`;
        const admin = new pg.Client(postgres.connection);
        await admin.connect();
        await admin.query(`create database ${database}`);
        await admin.query("checkpoint"); // neither pays for unwritten data of the other
        await admin.end();
        const result = await contest(name, { connection: { ...postgres.connection, database }, ...address });
        const rate = Math.round((result.records / result.ms) * 1_000);
        console.log(`${name}: ${result.records} charges in ${Math.round(result.ms)} ms, ${rate}/s`);
        rates[name].push(rate);
      }
    }
    const [ours, peer] = [Math.max(...rates.ours), Math.max(...rates.peer)];
    const ratio = Number((ours / peer).toFixed(2));
    return { name: "backfill", unit: "records/s", ours, peer, ratio, goal: GOAL, met: ratio >= GOAL, rounds: rates };
  } finally {
    upstream.kill();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function contest(name: string, task: Task): Promise<Result> {
  const child = spawn(process.execPath, [`test/bench/backfill/${name}.ts`, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 60_000,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => void (output += chunk.toString()));
  await once(child, "close");
  return resultSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
}

/** The upstream's output when it is ready. */
async function addressOf(upstream: ChildProcess): Promise<Pick<Task, "baseUrl" | "apiKey">> {
  for await (const chunk of upstream.stdout ?? []) {
    return taskSchema.pick({ baseUrl: true, apiKey: true }).parse(JSON.parse(String(chunk)));
  }
  throw new Error("the upstream ended before it was ready");
}
