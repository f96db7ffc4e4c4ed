import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as askServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import { askGraph } from "./graphql.ts";
import { type LocalServer, startHttpServer } from "./local-server.ts";
import { databaseUrl, useDatabase } from "./postgres.ts";
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
  readonly remedy: { readonly mutation: { readonly name: string; readonly arguments: string } | null };
}

export interface HealthOfGraph {
  readonly state: string;
  readonly cause: string | null;
  readonly diagnoses: readonly DiagnosisOfGraph[];
}

/** A source that reads a Stripe sandbox of its own. */
export interface DiagnosedSource {
  readonly id: string;
  readonly sandbox: TestSandbox;
  /** From now on the source reads this account. */
  switchTo(url: string): void;
  /** Starts a run of all streams, and does not wait for it. */
  start(mode: "INCREMENTAL" | "FULL"): Promise<string>;
  /** Runs all streams to their end; resolves with the run's status. */
  sync(mode: "INCREMENTAL" | "FULL"): Promise<string>;
  /** Delivers a webhook call, signed with this secret; resolves with the response's status. */
  deliver(body: string, secret?: string): Promise<number>;
  health(): Promise<HealthOfGraph>;
}

/** The complete service in this process, with one Stripe sandbox for each source. */
export interface DiagnosedWorld extends AsyncDisposable {
  source(id: string): DiagnosedSource;
  ask<Data>(query: string): Promise<Data>;
  /** The text at `/metrics`. */
  metrics(): Promise<string>;
}

const HEALTH = `state cause diagnoses { rule cause state stream sentence expectedRecoveryAt
  evidence { kind node { id } } remedy { mutation { name arguments } } }`;

/** @param budgets calls per second of each source, by id */
export async function useDiagnosedWorld(budgets: Readonly<Record<string, number>>): Promise<DiagnosedWorld> {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const folder = await mkdtemp(join(tmpdir(), "sluice-diagnosis-"));
  const accounts = new Map<string, { sandbox: TestSandbox; gateway: LocalServer; place: { url: string } }>();
  for (const id of Object.keys(budgets)) {
    const sandbox = await useSandbox({ payments: 12 });
    const place = { url: sandbox.url };
    accounts.set(id, { sandbox, place, gateway: await startGateway(place) });
  }
  const sources = [...accounts].map(([id, { sandbox, gateway }]) => ({
    id,
    tenant: "acme",
    connector: "stripe",
    config: { ...sandbox.config, baseUrl: gateway.url },
    schedule: "manual",
    budget: { rates: { account: budgets[id], endpoint: budgets[id] } },
  }));
  const path = join(folder, "sluice.yaml");
  await writeFile(path, JSON.stringify({ tenants: ["acme"], sources })); // JSON is YAML
  const service = await startServiceInProcess({
    SLUICE_CONFIG: path,
    DATABASE_URL: databaseUrl(database.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "silent",
  });
  const ask = async <Data>(document: string): Promise<Data> => {
    const { data, errors } = await askGraph<Data>(service.url, document);
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    ask,
    metrics: async () => (await fetch(`${service.url}/metrics`, { signal: AbortSignal.timeout(WAIT_LIMIT_MS) })).text(),
    source(id) {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`no source ${id}`);
      const { sandbox, place } = account;
      const start = async (mode: string): Promise<string> => {
        const { startSync } = await ask<{ startSync: { run: { id: string } } }>(
          `mutation { startSync(input: { sourceId: "${id}", mode: ${mode} }) { run { id } } }`,
        );
        return startSync.run.id;
      };
      return {
        id,
        sandbox,
        switchTo: (url) => void (place.url = url),
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
        async deliver(body, secret = sandbox.config.webhookSecrets[0] ?? "") {
          return (await deliver(service.url, id, sign(body, secret))).status;
        },
        async health() {
          const data = await ask<{ source: { health: HealthOfGraph } }>(
            `{ source(id: "${id}") { health { ${HEALTH} } } }`,
          );
          return withoutProcesses(data.source.health);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await service.stop();
      for (const { sandbox, gateway } of accounts.values()) {
        await gateway[Symbol.asyncDispose]();
        await sandbox[Symbol.asyncDispose]();
      }
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rules about the processes of the service: a machine that is busy with tests makes them late, which is diagnosed too. */
const OF_PROCESSES = ["PROCESS_STALLED", "DATABASE_SLOW"];

function withoutProcesses(health: HealthOfGraph): HealthOfGraph {
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
