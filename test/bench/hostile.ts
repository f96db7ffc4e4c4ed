import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { HOSTILE_OPERATIONS, LARGE_OPERATIONS } from "../helpers/hostile-operations.ts";
import { openRawSocket } from "../helpers/raw-socket.ts";
import { type Figures, figuresSchema, readySchema } from "./hostile/task.ts";

const GOAL = { delayMaxMs: 100, rssGrowthMb: 100 };
/** Sent again at once: a single one could be slow because its code is not yet compiled. */
const REPEATS = 3;
/** The event loop's delay of what was just answered is recorded when the next timer fires. */
const SETTLE_MS = 50;

/**
 * Operations that cost a server much more than their sender, each over HTTP and over WebSocket, and the largest that
 * real clients send: the largest delay of the server's event loop, and the growth of its memory. There is no peer: the
 * goal is absolute.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.connection);
    const server = await startServer(JSON.stringify(postgres.connection));
    const results: Record<string, Figures> = {};
    for (const [name, make] of Object.entries({ ...LARGE_OPERATIONS, ...HOSTILE_OPERATIONS })) {
      for (const [transport, send] of Object.entries({ http: sendHttp, websocket: sendWebSocket })) {
        const body = JSON.stringify(make());
        if (transport === "http") await send(server.url, body); // the first one compiles code
        await server.measure();
        for (let n = 0; n < REPEATS; n += 1) await send(server.url, body);
        await pause(SETTLE_MS);
        const figures = await server.measure();
        results[`${name}, ${transport}`] = figures;
        console.log(`${JSON.stringify(figures)}: ${name}, ${transport}`);
      }
    }
    await server.stop();
    const worst = (figure: keyof Figures) => Math.max(...Object.values(results).map((one) => one[figure]));
    const ours = { delayMaxMs: worst("delayMaxMs"), rssGrowthMb: worst("rssGrowthMb") };
    const met = ours.delayMaxMs < GOAL.delayMaxMs && ours.rssGrowthMb < GOAL.rssGrowthMb;
    return { name: "hostile", unit: "ms, MB", ours, goal: GOAL, met, results };
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function sendHttp(url: string, body: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.timeout(60_000),
  });
  for await (const _chunk of response.body ?? []); // read, and not kept
}

/** The answer is complete with the first message of its operation: none of these is a subscription. */
async function sendWebSocket(url: string, body: string): Promise<void> {
  const client = await openRawSocket({ url: `${url.replace("http", "ws")}/graphql/ws` });
  client.send({ type: "connection_init" });
  await client.message();
  client.send({ type: "subscribe", id: "1", payload: JSON.parse(body) as unknown });
  await Promise.race([client.message(), client.closed()]);
  client.socket.terminate();
}

interface BenchServer {
  readonly url: string;
  /** Returns the figures since the last call. */
  measure(): Promise<Figures>;
  stop(): Promise<void>;
}

async function startServer(connection: string): Promise<BenchServer> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ["--expose-gc", "test/bench/hostile/server.ts", connection],
    { stdio: ["pipe", "pipe", "inherit"], timeout: 600_000 }, // longer than the whole benchmark
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error("the server ended too soon");
    return JSON.parse(line.value) as unknown;
  };
  const { url } = readySchema.parse(await answer());
  return {
    url,
    async measure() {
      child.stdin.write("measure\n");
      const { delayMaxMs, cpuMs, rssGrowthMb } = figuresSchema.parse(await answer());
      const cpuOfOneMs = Math.round(cpuMs / REPEATS);
      return { delayMaxMs: Math.round(delayMaxMs), cpuMs: cpuOfOneMs, rssGrowthMb: Math.round(rssGrowthMb) };
    },
    async stop() {
      child.stdin.end();
      await once(child, "close");
    },
  };
}
