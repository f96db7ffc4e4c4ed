import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { createDatabase } from "../../src/store/database.ts";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { addSource, ledgerWorld, putRecords } from "../helpers/ledger-world.ts";
import { withQuery } from "../helpers/service-database.ts";
import { startService } from "../helpers/service.ts";
import { startStripe, type StripeProcess } from "../helpers/stripe-process.ts";
import { type AbusersResult, abusersResultSchema, type AbusersTask } from "./neighbours/task.ts";
import { eventTemplates } from "./webhooks/generate.ts";
import { exchange, openSocket, signedRequests } from "./webhooks/signed-requests.ts";

const SECRET = "whsec_of_the_neighbours";
const ABUSER = "busy";
const NEIGHBOUR = "quiet";
/** A third tenant, whose source is read all the time: slowly, so that it costs nothing and its leases must last. */
const SYNCED = "synced";
const SYNCED_PAYMENTS = 4_000;
const CALLS_PER_SECOND = 1;
const CLIENTS = 20;
const PAYMENTS = 400;
const ROUNDS = 2;
const SECONDS = 12;
const READS_PER_SECOND = 10;
const WEBHOOKS_PER_SECOND = 5;
const GOAL = 3;
const GOAL_WEBHOOK_MS = 1_000;

/** A screen of the neighbour. */
const PAGE = "{ payments(first: 20) { nodes { externalId status amount { amount currency } source { id } } } }";
/** Allowed, and wide: a full page with the objects of each payment. */
const WIDE = `{ payments(first: 100) { nodes { id externalId status amount { amount currency } debtor { name }
  attempts { id status } refunds(first: 20) { nodes { id amount { amount } } } disputes(first: 20) { nodes { id } }
  ledgerEntries(first: 20) { nodes { id kind gross { amount } fee { amount } net { amount } } } } } }`;

interface Phase {
  readonly readsMs: readonly number[];
  readonly webhooksMs: readonly number[];
  /** Probes of `/readyz` that were answered with another status than 200. */
  readonly unready: number;
  readonly database: DatabaseSamples;
}

/** What the database shows once a second. */
interface DatabaseSamples {
  /** Greatest number of connections of the process, its own session of the measurement not counted. */
  readonly connections: number;
  /** Fewest leases that a sync held. */
  readonly leases: number;
  /** Leases that had expired while a sync held them: another replica could have taken each of them over. */
  readonly leasesLost: number;
}

/**
 * One tenant's reads and webhooks through the complete service: alone, and while twenty clients of another tenant send
 * wide reads as fast as they are answered. The peer is ours without them.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    await using stripe = await startStripe(SYNCED_PAYMENTS);
    await seed(dataDir);
    const env = { SLUICE_CONFIG: await settings(dataDir, stripe), DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error" };
    const service = await startService({ env });
    try {
      const templates = await eventTemplates();
      const phases: { quiet: Phase[]; busy: Phase[] } = { quiet: [], busy: [] };
      const abusers: AbusersResult[] = [];
      await send(
        service.url,
        SYNCED,
        `mutation { startSync(input: { sourceId: "${SYNCED}", mode: FULL }) { run { id } } }`,
      );
      await measure({ url: service.url, templates, dataDir, prefix: "warm" });
      for (let round = 0; round < ROUNDS; round += 1) {
        phases.quiet.push(await measure({ url: service.url, templates, dataDir, prefix: `quiet${round}` }));
        const stop = await startAbusers({ url: service.url, tenantId: ABUSER, clients: CLIENTS, query: WIDE });
        await pause(1_000);
        phases.busy.push(await measure({ url: service.url, templates, dataDir, prefix: `busy${round}` }));
        abusers.push(await stop());
        console.log(`quiet ${JSON.stringify(figures(phases.quiet))} busy ${JSON.stringify(figures(phases.busy))}`);
      }
      return summary(figures(phases.quiet), figures(phases.busy), abusers);
    } finally {
      await service.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Figures = ReturnType<typeof figures>;

function summary(quiet: Figures, busy: Figures, abusers: readonly AbusersResult[]): Record<string, unknown> {
  const ratio = Number((busy.readP99Ms / quiet.readP99Ms).toFixed(2));
  const seconds = ROUNDS * (SECONDS + 1);
  return {
    name: "neighbours",
    unit: "ms, p99",
    ours: busy.readP99Ms,
    peer: quiet.readP99Ms,
    ratio,
    goal: GOAL,
    met: ratio < GOAL && busy.webhookMaxMs < GOAL_WEBHOOK_MS && busy.unready === 0 && busy.leasesLost === 0,
    quiet,
    busy,
    abusersPerSecond: Math.round(abusers.reduce((sum, { answered }) => sum + answered, 0) / seconds),
    abusersRefused: abusers.reduce((sum, { refused }) => sum + refused, 0),
  };
}

function figures(phases: readonly Phase[]) {
  const reads = phases.flatMap(({ readsMs }) => readsMs);
  const webhooks = phases.flatMap(({ webhooksMs }) => webhooksMs);
  return {
    readP50Ms: quantile(reads, 0.5),
    readP99Ms: quantile(reads, 0.99),
    webhookP50Ms: quantile(webhooks, 0.5),
    webhookP99Ms: quantile(webhooks, 0.99),
    webhookMaxMs: quantile(webhooks, 1),
    unready: phases.reduce((sum, { unready }) => sum + unready, 0),
    connections: Math.max(...phases.map(({ database }) => database.connections)),
    leases: Math.min(...phases.map(({ database }) => database.leases)),
    leasesLost: phases.reduce((sum, { database }) => sum + database.leasesLost, 0),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity).toFixed(1));
}

async function seed(dataDir: string): Promise<void> {
  const postgres = await openEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.connection);
    const database = createDatabase({ connection: postgres.connection, max: 2 });
    for (const tenantId of [ABUSER, NEIGHBOUR]) {
      const place = { database, tenantId, sourceId: tenantId };
      await addSource(place);
      await putRecords(place, ledgerWorld(0, PAYMENTS));
    }
    await database.close();
  } finally {
    await postgres.close();
  }
}

async function settings(folder: string, stripe: StripeProcess): Promise<string> {
  const path = join(folder, "sluice.yaml");
  const sources = [ABUSER, NEIGHBOUR].map((tenant) => ({
    id: tenant,
    tenant,
    connector: "stripe",
    config: { baseUrl: "http://127.0.0.1:9", apiKey: `sk_test_${tenant}`, webhookSecrets: [SECRET] },
    schedule: "manual",
  }));
  const synced = {
    id: SYNCED,
    tenant: SYNCED,
    connector: "stripe",
    config: { baseUrl: stripe.url, apiKey: stripe.apiKey },
    schedule: "manual",
    budget: { rates: { account: CALLS_PER_SECOND } },
  };
  const tenants = [ABUSER, NEIGHBOUR, SYNCED];
  await writeFile(path, JSON.stringify({ tenants, sources: [...sources, synced] })); // JSON is YAML
  return path;
}

/** Resolves when they have started; the returned function ends them. */
async function startAbusers(task: AbusersTask): Promise<() => Promise<AbusersResult>> {
  const child = spawn(process.execPath, ["test/bench/neighbours/abusers.ts", JSON.stringify(task)], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 120_000, // longer than the whole benchmark
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return async () => {
    child.stdin.end("end\n");
    return abusersResultSchema.parse(JSON.parse((await lines.next()).value ?? ""));
  };
}

interface Measurement {
  readonly url: string;
  readonly templates: readonly string[];
  readonly dataDir: string;
  /** Different in each phase. */
  readonly prefix: string;
}

/** Open loop: a request is sent when it is due, regardless of the number of unanswered ones. */
async function measure({ url, templates, dataDir, prefix }: Measurement): Promise<Phase> {
  const requests = signedRequests({
    url: `${url}/webhooks/${NEIGHBOUR}`,
    secret: SECRET,
    templates,
    prefix,
    events: SECONDS * WEBHOOKS_PER_SECOND,
  });
  let unready = 0;
  const probe = async (): Promise<void> => {
    const { status } = await fetch(`${url}/readyz`);
    if (status !== 200) unready += 1;
  };
  const [readsMs, webhooksMs, database] = await Promise.all([
    atRate(READS_PER_SECOND, SECONDS * READS_PER_SECOND, () => send(url, NEIGHBOUR, PAGE)),
    atRate(WEBHOOKS_PER_SECOND, requests.length, (index) => deliver(url, requests[index])),
    sampleDatabase(dataDir),
    atRate(2, SECONDS * 2, probe),
  ]);
  return { readsMs, webhooksMs, unready, database };
}

/** Returns the time of each from the moment when it was due to its end. */
async function atRate(perSecond: number, count: number, work: (index: number) => Promise<void>): Promise<number[]> {
  const startMs = performance.now();
  const done: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueMs = startMs + (index * 1_000) / perSecond;
    await pause(Math.max(0, dueMs - performance.now()));
    done.push(work(index).then(() => performance.now() - dueMs));
  }
  return Promise.all(done);
}

/** @throws Error unless the operation is answered without errors */
async function send(url: string, tenantId: string, query: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sluice-tenant": tenantId },
    body: JSON.stringify({ query }),
  });
  const answer = await response.text();
  if (!response.ok || answer.includes('"errors"')) throw new Error(`an operation failed: ${answer.slice(0, 300)}`);
}

async function deliver(url: string, request: Buffer | undefined): Promise<void> {
  const socket = await openSocket(url);
  const reception = await exchange(socket, request ?? Buffer.alloc(0));
  socket.destroy();
  if (reception !== "taken") throw new Error(`a webhook was ${reception}`);
}

/** Connections without that of this query and of the embedded server's second user. */
function sampleDatabase(dataDir: string): Promise<DatabaseSamples> {
  return withQuery(dataDir, async (query) => {
    let [connections, leases, leasesLost] = [0, Infinity, 0];
    for (let second = 0; second < SECONDS; second += 1) {
      const [row] = await query(
        `select (select count(*) from pg_stat_activity where backend_type = 'client backend')::int as connections,
           (count(*) filter (where lease_until >= now()))::int as leases,
           (count(*) filter (where lease_until < now()))::int as lost
         from sluice.stream_states where lease_owner is not null`,
      );
      connections = Math.max(connections, Number(row?.["connections"]) - 2);
      leases = Math.min(leases, Number(row?.["leases"]));
      leasesLost = Math.max(leasesLost, Number(row?.["lost"]));
      await pause(1_000);
    }
    return { connections, leases, leasesLost };
  });
}
