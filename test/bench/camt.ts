import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./camt/generate.ts";
import { type Result, resultSchema } from "./camt/task.ts";

const MEGABYTE = 1_000_000;
const BYTES = 200 * MEGABYTE;
/**
 * What the peer reads instead on a machine where it would not finish in time: its rate does not depend on the length.
 */
const SHORT_BYTES = 50 * MEGABYTE;
const PEER_DEADLINE_MS = 50_000;
const GOAL = { ratio: 3, rssAboveIdleMb: 150, delayP99Ms: 50 };

/** MB/s of a camt.053 of 200 MB, each reader in a process of its own. */
export async function run(): Promise<Record<string, unknown>> {
  const directory = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    const file = join(directory, "camt.xml");
    const { entries } = await generate(file, BYTES);
    const ours = await read("ours", file, 60_000);
    if (ours?.entries !== entries) throw new Error(`read ${ours?.entries} of ${entries} entries`);
    const peer = (await read("peer", file, PEER_DEADLINE_MS)) ?? (await readShort(directory));
    const ratio = Number((rate(ours) / rate(peer)).toFixed(2));
    return {
      name: "camt",
      unit: "MB/s",
      ours: rate(ours),
      peer: rate(peer),
      ratio,
      goal: GOAL,
      peerBytes: peer.bytes,
      met: ratio >= GOAL.ratio && ours.rssAboveIdleMb < GOAL.rssAboveIdleMb && ours.delayP99Ms < GOAL.delayP99Ms,
      rounds: { ours, peer },
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const rate = ({ bytes, ms }: Result): number => Number((bytes / MEGABYTE / (ms / 1_000)).toFixed(1));

async function readShort(directory: string): Promise<Result> {
  const file = join(directory, "short.xml");
  await generate(file, SHORT_BYTES);
  const result = await read("peer", file, PEER_DEADLINE_MS);
  if (result === undefined) throw new Error("the peer did not end in time");
  return result;
}

/** Undefined if it did not finish in time. */
async function read(name: "ours" | "peer", file: string, timeout: number): Promise<Result | undefined> {
  // A tree of the whole file, its text, and room for garbage collection.
  const flags = name === "peer" ? ["--max-old-space-size=12000"] : [];
  const child = spawn(process.execPath, [...flags, `test/bench/camt/${name}.ts`, file], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => void (output += chunk.toString()));
  await once(child, "close");
  if (child.signalCode !== null) return undefined;
  const result = resultSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
  console.log(`${name}: ${rate(result)} MB/s, ${JSON.stringify(result)}`);
  return result;
}
