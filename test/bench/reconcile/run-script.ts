import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { z } from "zod";

/** Runs a script of this folder; resolves with the last line of its output. */
export async function runScript<Schema extends z.ZodType>(
  name: string,
  argument: string,
  schema: Schema,
  profile?: string,
): Promise<z.infer<Schema>> {
  const flags = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...flags, `test/bench/reconcile/${name}.ts`, argument], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => void (output += chunk.toString()));
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}`);
  return schema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
}

/** Starts the upstream that is compared. @returns it, and its output when it is ready */
export async function startUpstream(records: number): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, ["test/bench/reconcile/upstream.ts", String(records)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return { child, line: chunk.toString() };
}
