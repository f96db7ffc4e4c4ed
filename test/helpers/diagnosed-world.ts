import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as askServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { findHealth } from "../../src/diagnosis/find-health.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { atTime } from "./at-time.ts";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import { askGraph } from "./graphql.ts";
import { type LocalServer, startHttpServer } from "./local-server.ts";
import { databaseUrl, type TestConnection, useDatabase } from "./postgres.ts";
import { startServiceInProcess } from "./service-in-process.ts";
import { deliver, sign } from "./stripe-deliveries.ts";

export interface DiagnosisOfGraph {
  readonly rule: string;
  readonly cause: string;
  readonly state: string;
  readonly stream: string | null;
  readonly sentence: string;
  readonly expectedRecoveryAt: string | null;
  readonly evidence: readonly { readonly kind: string; readonly node: { readonly id: string } | null }[];
  readonly remedy: {
    readonly action: string;
    readonly mutation: { readonly name: string; readonly arguments: string } | null;
  };
}

export interface HealthOfGraph {
  readonly state: string;
  readonly cause: string | null;
  readonly diagnoses: readonly DiagnosisOfGraph[];
}

/** A source of the service. */
export interface DiagnosedSource {
  readonly id: string;
  /** Starts a run of all streams, and does not wait for it. */
  start(mode: "INCREMENTAL" | "FULL"): Promise<string>;
  /** Runs all streams to their end; resolves with the run's status. */
  sync(mode: "INCREMENTAL" | "FULL"): Promise<string>;
  health(): Promise<HealthOfGraph>;
  /** Rules that conclude something from the present rows at another time: nothing else has happened until then. */
  rulesAt(epochMs: number): Promise<readonly string[]>;
}

/** A source that reads a Stripe sandbox of its own. */
export interface DiagnosedStripe extends DiagnosedSource {
  readonly sandbox: TestSandbox;
  /** From now on the source reads this account. */
  switchTo(url: string): void;
  /** Sets the sandbox's clock forward; negative: back. */
  shiftClock(ms: number): void;
  /** Delivers a webhook call, signed with this secret; resolves with the response's status. */
  deliver(body: string, secret?: string): Promise<number>;
  /** Makes the sandbox send its webhooks to the service. */
  enableWebhooks(payload?: "thin"): Promise<void>;
}

/** The complete service in this process, with one Stripe sandbox for each of its Stripe sources. */
export interface DiagnosedWorld extends AsyncDisposable {
  /** A source of any connector. */
  source(id: string, tenantId?: string): DiagnosedSource;
  stripe(id: string): DiagnosedStripe;
  ask<Data>(query: string, tenantId?: string): Promise<Data>;
  /** The text at `/metrics`. */
  metrics(): Promise<string>;
  /** Address of the service. */
  url(): string;
  readonly connection: TestConnection;
  stop(): Promise<void>;
  /** Starts the service, after `stop`, with all sources or without one. */
  start(without?: string): Promise<void>;
}

export interface DiagnosedWorldOptions {
  /** Calls per second of each Stripe source, by id. */
  readonly stripe: Readonly<Record<string, number>>;
  /** Further sources, as in the settings file. */
  readonly others?: readonly (Readonly<Record<string, unknown>> & { readonly id: string; readonly tenant?: string })[];
  /** Schedules of Stripe sources, by id. Default: manual. */
  readonly schedules?: Readonly<Record<string, string>>;
}

const TENANT = "acme";
const HEALTH = `state cause diagnoses { rule cause state stream sentence expectedRecoveryAt
  evidence { kind node { id } } remedy { action mutation { name arguments } } }`;

interface Account {
  readonly sandbox: TestSandbox;
  readonly gateway: LocalServer;
  readonly place: { url: string; shiftMs: number };
}

async function openAccount(): Promise<Account> {
  const place = { url: "", shiftMs: 0 };
  const sandbox = await useSandbox({ payments: 12, nowMs: () => Date.now() + place.shiftMs });
  place.url = sandbox.url;
  return { sandbox, place, gateway: await startGateway(place) };
}

export async function useDiagnosedWorld(options: DiagnosedWorldOptions): Promise<DiagnosedWorld> {
  const { stripe, others = [], schedules = {} } = options;
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const { connection } = database;
  const reader = createDatabase({ connection, max: 2 });
  const folder = await mkdtemp(join(tmpdir(), "sluice-diagnosis-"));
  const accounts = new Map<string, Account>();
  for (const id of Object.keys(stripe)) accounts.set(id, await openAccount());
  const sources = [...accounts].map(([id, { sandbox, gateway }]) => ({
    id,
    connector: "stripe",
    config: { ...sandbox.config, baseUrl: gateway.url },
    schedule: schedules[id] ?? "manual",
    budget: { rates: { account: stripe[id], endpoint: stripe[id] } },
  }));

  async function startService(without?: string) {
    const all = [...sources, ...others].filter(({ id }) => id !== without).map((one) => ({ tenant: TENANT, ...one }));
    const tenants = [...new Set(all.map(({ tenant }) => tenant))];
    const path = join(folder, "sluice.yaml");
    await writeFile(path, JSON.stringify({ tenants, sources: all })); // JSON is YAML
    return startServiceInProcess({
      SLUICE_CONFIG: path,
      DATABASE_URL: databaseUrl(connection),
      DATA_DIR: folder,
      PORT: "0",
      LOG_LEVEL: "silent",
    });
  }

  let service = await startService();
  let isRunning = true;
  const ask = async <Data>(document: string, tenantId = TENANT): Promise<Data> => {
    const headers = { "x-sluice-tenant": tenantId };
    const { data, errors } = await askGraph<Data>(service.url, document, {}, headers);
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  async function stop(): Promise<void> {
    if (!isRunning) return;
    isRunning = false;
    await service.stop();
  }
  const sourceOf = (id: string, tenantId = TENANT) => openSource(id, tenantId, (query) => ask(query, tenantId), reader);
  return {
    ask,
    connection,
    url: () => service.url,
    metrics: async () => (await fetch(`${service.url}/metrics`, { signal: AbortSignal.timeout(WAIT_LIMIT_MS) })).text(),
    source: sourceOf,
    stripe(id) {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`no Stripe source ${id}`);
      return { ...sourceOf(id), ...stripeOf(id, account, () => service.url) };
    },
    stop,
    async start(without) {
      service = await startService(without);
      isRunning = true;
    },
    async [Symbol.asyncDispose]() {
      await stop();
      for (const { sandbox, gateway } of accounts.values()) {
        await gateway[Symbol.asyncDispose]();
        await sandbox[Symbol.asyncDispose]();
      }
      await reader.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Ask = DiagnosedWorld["ask"];

function openSource(id: string, tenantId: string, ask: Ask, reader: Database): DiagnosedSource {
  const start = async (mode: string): Promise<string> => {
    const { startSync } = await ask<{ startSync: { run: { id: string } } }>(
      `mutation { startSync(input: { sourceId: "${id}", mode: ${mode} }) { run { id } } }`,
    );
    return startSync.run.id;
  };
  return {
    id,
    start,
    async sync(mode) {
      const runId = await start(mode);
      return eventually("the run to end", async () => {
        const { syncRun } = await ask<{ syncRun: { status: string; finishedAt: string | null } }>(
          `{ syncRun(id: "${runId}") { status finishedAt } }`,
        );
        return syncRun.finishedAt !== null && syncRun.status;
      });
    },
    async health() {
      const data = await ask<{ source: { health: HealthOfGraph } }>(`{ source(id: "${id}") { health { ${HEALTH} } } }`);
      return withoutProcesses(data.source.health);
    },
    async rulesAt(epochMs) {
      const [found] = await reader.read(tenantId, (tx) => findHealth(atTime(tx, epochMs), [id]));
      return withoutProcesses(found ?? { diagnoses: [] }).diagnoses.map(({ rule }) => rule);
    },
  };
}

function stripeOf(
  id: string,
  { sandbox, place }: Account,
  url: () => string,
): Omit<DiagnosedStripe, keyof DiagnosedSource> {
  const { webhookSecrets } = sandbox.config;
  return {
    sandbox,
    switchTo: (other) => void (place.url = other),
    shiftClock: (ms) => void (place.shiftMs = ms),
    async deliver(body, secret = webhookSecrets[0] ?? "") {
      return (await deliver(url(), id, sign(body, secret))).status;
    },
    async enableWebhooks(payload) {
      const endpoint = { url: `${url()}/webhooks/${id}`, secrets: webhookSecrets, ...(payload && { payload }) };
      await sandbox.control("POST", "webhook-endpoints", endpoint);
    },
  };
}

/** Rules about the processes of the service: a machine that is busy with tests makes them late, which is diagnosed too. */
const OF_PROCESSES = ["PROCESS_STALLED", "DATABASE_SLOW"];

function withoutProcesses<Each extends Pick<DiagnosisOfGraph, "rule" | "cause" | "state">>(health: {
  readonly diagnoses: readonly Each[];
}) {
  const diagnoses = health.diagnoses.filter(({ rule }) => !OF_PROCESSES.includes(rule));
  return { state: diagnoses[0]?.state ?? "IN_STEP", cause: diagnoses[0]?.cause ?? null, diagnoses };
}

/** Forwards requests to a server that may change. */
function startGateway(place: { readonly url: string }): Promise<LocalServer> {
  return startHttpServer((request, response) => {
    const { hostname, port } = new URL(place.url);
    const { method, url: path, headers } = request;
    const onward = askServer({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
    onward.on("error", () => response.destroy());
  });
}
