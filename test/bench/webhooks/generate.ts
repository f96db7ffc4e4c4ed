import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripeSandbox } from "../../../src/sandbox/stripe/index.ts";
import { type LoadResult, loadResultSchema, type LoadTask } from "./task.ts";

/** Texts of real events of full size: what a card payment that succeeds sends. */
export async function eventTemplates(): Promise<string[]> {
  const sandbox = await stripeSandbox.start({ port: 0, seed: 1, payments: 50 });
  try {
    const headers = { authorization: `Bearer ${String(sandbox.sourceConfig["apiKey"])}` };
    const types = ["payment_intent.succeeded", "charge.succeeded"];
    return await Promise.all(
      types.map(async (type) => {
        const answer = await fetch(`${sandbox.url}/v1/events?limit=1&type=${type}`, { headers });
        const { data } = (await answer.json()) as { data: readonly unknown[] }; // our own sandbox's list
        return JSON.stringify(data[0]);
      }),
    );
  } finally {
    await sandbox.close();
  }
}

/** The first line that a process prints. @throws when it ends before that */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("its output is piped");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("it ended before it was ready");
}

/** Runs the load generator. The task goes through a file: it is larger than an argument may be. */
export async function generate(task: LoadTask, dataDir: string, timeoutMs = 60_000): Promise<LoadResult> {
  const file = join(dataDir, `load-${task.prefix}.json`);
  await writeFile(file, JSON.stringify(task));
  const child = spawn(process.execPath, ["test/bench/webhooks/load.ts", file], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: timeoutMs,
  });
  return loadResultSchema.parse(JSON.parse(await firstLine(child)));
}
