import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { createCamtReader } from "../../../src/protocols/iso20022/reader/create-camt-reader.ts";
import { type Result, watchRss } from "./task.ts";

/** Reads the given file with our reader, and consumes every entry. */
const path = process.argv[2] ?? "";
const idle = process.memoryUsage.rss();
const watch = watchRss();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const startedAt = performance.now();
const reader = createCamtReader();
let entries = 0;
for await (const event of reader.read({ bytes: createReadStream(path), signal: new AbortController().signal })) {
  if (event.type === "entries") entries += event.items.length;
}
const ms = performance.now() - startedAt;
delay.disable();
watch.stop();
await reader.close();
const result: Result = {
  bytes: (await stat(path)).size,
  ms,
  entries,
  rssAboveIdleMb: (watch.peak() - idle) / 2 ** 20,
  delayP99Ms: delay.percentile(99) / 1e6,
  delayMaxMs: delay.max / 1e6,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
