import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { type Result, watchRss } from "./task.ts";

const documentSchema = z.object({
  Document: z.object({ BkToCstmrStmt: z.object({ Stmt: z.object({ Ntry: z.array(z.unknown()) }) }) }),
});

/** Parses the given file with fast-xml-parser, with numbers left as text, and does nothing with the result. */
const path = process.argv[2] ?? "";
const idle = process.memoryUsage.rss();
const watch = watchRss();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const startedAt = performance.now();
const bytes = await readFile(path);
const parsed: unknown = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(bytes);
const ms = performance.now() - startedAt;
await pause(50); // its delay of the event loop is measured only now
delay.disable();
watch.stop();
const result: Result = {
  bytes: bytes.length,
  ms,
  entries: documentSchema.parse(parsed).Document.BkToCstmrStmt.Stmt.Ntry.length,
  rssAboveIdleMb: (watch.peak() - idle) / 2 ** 20,
  delayP99Ms: delay.percentile(99) / 1e6,
  delayMaxMs: delay.max / 1e6,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
