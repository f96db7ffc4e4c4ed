import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { z } from "zod";
import { analyze } from "../../src/store/analyze.ts";
import { createDatabase } from "../../src/store/database.ts";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { addSource, ledgerWorld, putRecords } from "../helpers/ledger-world.ts";
import { startService } from "../helpers/service.ts";
import { type Load, loadsOf, type PeerTask, SOURCE, TENANT } from "./query/task.ts";

const PAYMENTS = 2_000;
const PAGE = 100;
/** Rounds are short and many, because others may use the machine: each ratio is of two neighbouring seconds. */
const DEFAULT_ROUNDS = "7";
const ROUND = { forMs: 1_500, operations: 0, atMostMs: 1_500 };
/** After so many operations the code of a server is compiled; on a busy machine it takes longer. */
const WARM_UP = { forMs: 2_000, operations: 600, atMostMs: 30_000 };
const GOAL = 1.2;
/** Loads that the goal is about. The small query is measured beside them. */
const WITH_GOAL = ["list", "entities"] as const;

type Name = keyof ReturnType<typeof loadsOf>;
type Contestants = Readonly<Record<"ours" | "peer", Contestant>>;

interface Contestant {
  readonly url: string;
  readonly pid: number;
}

/** `--loads=list,one`, `--rounds=3`, and `--profile=FOLDER` for a processor profile of ours. */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    loads: { type: "string" },
    rounds: { type: "string", default: DEFAULT_ROUNDS },
    profile: { type: "string" },
  },
});

/**
 * Operations per second of the complete service and of a server written by hand (`query/peer.ts`), each in a process of
 * its own, on the same PostgreSQL and the same rows: a page of 100 payments with source, payer and refunds, 100
 * entities by key, and one payment. Tenants and row-level security are on our side alone.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    await seed(postgres.connection);
    const service = await startService({
      env: {
        SLUICE_CONFIG: await settings(dataDir),
        DATA_DIR: dataDir,
        PORT: "0",
        LOG_LEVEL: "error",
        NODE_ENV: "production",
        ...(options.profile !== undefined && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profile}` }),
      },
    });
    try {
      const peer = await startPeer({ connection: postgres.connection, tenantId: TENANT });
      try {
        return await compare({
          ours: { url: `${service.url}/graphql`, pid: service.pid },
          peer: { url: `${peer.url}/graphql`, pid: peer.pid },
        });
      } finally {
        await peer.stop();
      }
    } finally {
      await service.stop();
    }
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function compare(contestants: Contestants): Promise<Record<string, unknown>> {
  const loads = loadsOf(await newestIds(contestants.ours.url));
  const only = options.loads?.split(",");
  const names = (Object.keys(loads) as Name[]).filter((name) => only?.includes(name) ?? true); // as their type says
  const results: Partial<Record<Name, Figures>> = {};
  for (const name of names) {
    await requireEqual(contestants, loads[name]);
    results[name] = await contest(contestants, loads[name]);
    console.log(`${name}: ${JSON.stringify(results[name])}`);
  }
  const withGoal = WITH_GOAL.flatMap((name) => results[name] ?? []);
  const worst = withGoal.toSorted((a, b) => a.ratio - b.ratio)[0];
  return {
    name: "query",
    unit: "operations/s",
    ours: worst?.ours,
    peer: worst?.peer,
    ratio: worst?.ratio,
    goal: GOAL,
    met: withGoal.every(({ ratio }) => ratio >= GOAL),
    ...results,
  };
}

interface Figures {
  /** Operations per second, the median of the rounds. */
  readonly ours: number;
  readonly peer: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  /** Processor time of the server's own process for one operation, in milliseconds; the median of the rounds. */
  readonly oursCpuMs: number;
  readonly peerCpuMs: number;
}

async function contest({ ours, peer }: Contestants, load: Load): Promise<Figures> {
  await measure(ours, load, WARM_UP);
  await measure(peer, load, WARM_UP);
  const rounds: { readonly ours: Measurement; readonly peer: Measurement }[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1)
    rounds.push({ ours: await measure(ours, load, ROUND), peer: await measure(peer, load, ROUND) });
  const ratios = rounds.map((round) => Number((round.ours.perSecond / round.peer.perSecond).toFixed(2)));
  const medianOf = (pick: (round: (typeof rounds)[number]) => number, digits: number): number =>
    Number(median(rounds.map(pick)).toFixed(digits));
  return {
    ours: medianOf((round) => round.ours.perSecond, 0),
    peer: medianOf((round) => round.peer.perSecond, 0),
    ratio: median(ratios),
    ratios,
    oursCpuMs: medianOf((round) => round.ours.cpuMs, 2),
    peerCpuMs: medianOf((round) => round.peer.cpuMs, 2),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

interface Measurement {
  readonly perSecond: number;
  /** Processor time of the process for one operation; NaN where the system does not tell it. */
  readonly cpuMs: number;
}

/** Each client sends its next request when the last one is answered. */
async function measure({ url, pid }: Contestant, load: Load, length: typeof WARM_UP): Promise<Measurement> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.clients });
  const body = JSON.stringify({ query: load.query, variables: load.variables });
  const [startMs, startCpuMs] = [performance.now(), await cpuMsOf(pid)];
  let answered = 0;
  const isRunning = (passedMs: number, operations: number): boolean =>
    passedMs < length.forMs || (operations < length.operations && passedMs < length.atMostMs);
  async function client(): Promise<void> {
    while (isRunning(performance.now() - startMs, answered)) {
      await exchange(url, body, agent);
      answered += 1;
    }
  }
  await Promise.all(Array.from({ length: load.clients }, client));
  const perSecond = (answered * 1_000) / (performance.now() - startMs);
  agent.destroy();
  return { perSecond, cpuMs: ((await cpuMsOf(pid)) - startCpuMs) / answered };
}

/** Linux counts the processor time of a process in hundredths of a second: fields 14 and 15 of its line. */
async function cpuMsOf(pid: number): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @throws Error unless the operation is answered without errors */
function exchange(url: string, body: string, agent: Agent): Promise<string> {
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-sluice-tenant": TENANT,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject).on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200 && !text.includes('"errors"')) resolve(text);
        else reject(new Error(`an operation failed: ${text.slice(0, 300)}`));
      });
    });
    sent.on("error", reject).end(body);
  });
}

const answerSchema = z.object({ data: z.unknown() });

async function answerOf(url: string, { query, variables }: Omit<Load, "clients">): Promise<unknown> {
  const agent = new Agent();
  return answerSchema.parse(JSON.parse(await exchange(url, JSON.stringify({ query, variables }), agent))).data;
}

async function requireEqual({ ours, peer }: Contestants, load: Load): Promise<void> {
  const answers = [await answerOf(ours.url, load), await answerOf(peer.url, load)];
  if (!isDeepStrictEqual(answers[0], answers[1])) throw new Error(`not equal: ${JSON.stringify(answers)}`);
}

const pageSchema = z.object({ payments: z.object({ nodes: z.array(z.object({ id: z.string() })).length(PAGE) }) });

async function newestIds(url: string): Promise<readonly string[]> {
  const page = { query: `{ payments(first: ${PAGE}) { nodes { id } } }`, variables: {} };
  return pageSchema.parse(await answerOf(url, page)).payments.nodes.map(({ id }) => id);
}

async function seed(connection: PeerTask["connection"]): Promise<void> {
  await migrate(connection);
  const database = createDatabase({ connection, max: 2 });
  const place = { database, tenantId: TENANT, sourceId: SOURCE };
  await addSource(place);
  for (let from = 0; from < PAYMENTS; from += 500) await putRecords(place, ledgerWorld(from, from + 500));
  await database.close();
  await analyze(connection);
}

async function settings(folder: string): Promise<string> {
  const path = join(folder, "sluice.yaml");
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_query" };
  const source = { id: SOURCE, tenant: TENANT, connector: "stripe", config, schedule: "manual" };
  await writeFile(path, JSON.stringify({ tenants: [TENANT], sources: [source] })); // JSON is YAML
  return path;
}

async function startPeer(task: PeerTask): Promise<Contestant & { stop(): Promise<void> }> {
  const child = spawn(process.execPath, ["test/bench/query/peer.ts", JSON.stringify(task)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
    timeout: 400_000, // longer than the whole benchmark
  });
  const ended = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = z.object({ url: z.string() }).parse(JSON.parse(line));
    return {
      url,
      pid: child.pid ?? NaN, // it runs
      async stop() {
        child.stdin.end();
        await ended;
      },
    };
  }
  throw new Error("the peer ended before it was ready");
}
