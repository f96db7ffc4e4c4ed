/** The complete server; each line of input begins a measurement and ends the previous one. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import type { TestConnection } from "../../helpers/postgres.ts";
import { useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";
import { watchRss } from "../camt/task.ts";
import { PAYMENTS } from "./task.ts";

const connection = JSON.parse(process.argv[2] ?? "") as TestConnection; // written by the benchmark
const graph = await useGraphServer({}, { connection, close: () => Promise.resolve() });
const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
await addSource(place);
for (let from = 0; from < PAYMENTS; from += 500) await putRecords(place, ledgerWorld(from, from + 500));

const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
let idle = process.memoryUsage.rss();
let watch = watchRss();
let cpu = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ url: graph.url })}\n`);
for await (const _line of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage(cpu);
  const rssGrowthMb = (watch.peak() - idle) / 2 ** 20;
  const figures = { delayMaxMs: delay.max / 1e6, cpuMs: (user + system) / 1_000, rssGrowthMb };
  watch.stop();
  globalThis.gc?.();
  delay.reset();
  idle = process.memoryUsage.rss();
  watch = watchRss();
  cpu = process.cpuUsage();
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
watch.stop();
await graph[Symbol.asyncDispose]();
