import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripeSandbox } from "../../../sandbox/stripe/index.ts";
import { runScript } from "./run-script.ts";
import { type LoadResult, loadResultSchema, type LoadTask } from "./task.ts";

/** Texts of real events of full size: those that a successful card payment causes. */
export async function eventTemplates(): Promise<string[]> {
  const sandbox = await stripeSandbox.start({ port: 0, seed: 1, payments: 50 });
  try {
    const headers = { authorization: `Bearer ${String(sandbox.sourceConfig["apiKey"])}` };
    const types = ["payment_intent.succeeded", "charge.succeeded"];
    return await Promise.all(
      types.map(async (type) => {
        const answer = await fetch(`${sandbox.url}/v1/events?limit=100&type=${type}`, { headers });
        const { data } = (await answer.json()) as { data: readonly { data: { object: { id: string } } }[] }; // our own list
        return JSON.stringify(data.find((event) => /^(pi|ch)_/.test(event.data.object.id))); // charges of debits are py_…
      }),
    );
  } finally {
    await sandbox.close();
  }
}

/** Runs the load generator. The task is passed in a file: it exceeds the size of an argument. */
export async function generate(task: LoadTask, dataDir: string, timeoutMs = 60_000): Promise<LoadResult> {
  const file = join(dataDir, `load-${task.prefix}.json`);
  await writeFile(file, JSON.stringify(task));
  return loadResultSchema.parse(JSON.parse(await runScript("test/bench/webhooks/load.ts", file, timeoutMs)));
}
