import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { firstLine } from "../webhooks/run-script.ts";
import { SOURCE_ID, TENANT } from "./core.ts";
import { serverPidOf } from "./processor-time.ts";
import type { Task } from "./task.ts";

/** Our store, as the graph reads it. */
export interface Store extends AsyncDisposable {
  readonly connection: EmbeddedPostgres["connection"];
  /** Process id of the server. */
  readonly pid: number;
  /** Returns the stored position in the log of the core database: what was committed before it is in the graph. */
  position(): Promise<bigint>;
  /** Waits for a position after `lsn`; returns the time at which it was seen, at most 20 ms later. */
  reached(lsn: bigint, withinMs?: number): Promise<number>;
  payments(): Promise<number>;
}

/** More questions would take processor time from what is measured. */
const POLL_MS = 20;
const REACHED_WITHIN_MS = 300_000;

export async function startStore(dataDir: string): Promise<Store> {
  const postgres = await openEmbeddedPostgres({ dataDir });
  await migrate(postgres.connection);
  const db = createDatabase({ connection: postgres.connection, max: 2 });
  const position = async (): Promise<bigint> => {
    const [row] = await db.read(TENANT, (tx) =>
      tx.query<{ lsn: string | null }>("select position->>'lsn' as lsn from change_feeds where source_id = $1", [
        SOURCE_ID,
      ]),
    );
    return row?.lsn === null || row === undefined ? 0n : parseLsn(row.lsn);
  };
  return {
    connection: postgres.connection,
    pid: serverPidOf(dataDir),
    position,
    async reached(lsn, withinMs = REACHED_WITHIN_MS) {
      const deadlineMs = performance.now() + withinMs;
      while ((await position()) <= lsn) {
        if (performance.now() > deadlineMs) throw new Error("the changes did not arrive");
        await pause(POLL_MS);
      }
      return performance.now();
    },
    async payments() {
      const [row] = await db.read(TENANT, (tx) => tx.query<{ n: bigint }>("select count(*) as n from payments"));
      return Number(row?.n ?? 0n);
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      await postgres.close();
    },
  };
}

/** A process that follows the core database into the store. */
export interface Follower extends AsyncDisposable {
  readonly pid: number;
  /** Resident memory in MB now, and its maximum since the last call. Linux only; elsewhere 0. */
  memory(): { readonly now: number; readonly peak: number };
}

/** @param profile folder for a profile of the process; undefined: none is made */
export async function startFollower(task: Task, profile?: string): Promise<Follower> {
  const flags = [...productFlags(), ...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`])];
  const child = spawn(process.execPath, [...flags, "test/bench/cdc/store.ts", JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  if ((await firstLine(child)) !== "following") throw new Error("the follower did not start");
  return {
    pid: child.pid ?? 0,
    memory: () => memoryOf(child),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Returns the memory settings with which `npm start` runs Node. */
function productFlags(): readonly string[] {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  return scripts.start.match(/--max-\S+/g) ?? [];
}

function memoryOf({ pid }: ChildProcess): ReturnType<Follower["memory"]> {
  if (process.platform !== "linux") return { now: 0, peak: 0 };
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mb = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024);
  writeFileSync(`/proc/${pid}/clear_refs`, "5"); // the maximum begins again; Source: proc(5)
  return { now: mb("VmRSS"), peak: mb("VmHWM") };
}
