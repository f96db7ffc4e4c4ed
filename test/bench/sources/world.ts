import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { scheduleSchema } from "../../../src/config/source-settings.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { seedPolledSources } from "../../helpers/seed-polled-sources.ts";
import { type Service, startService } from "../../helpers/service.ts";
import type { SourcesOptions } from "./options.ts";
import { type BenchSource, writeSettings } from "./settings-file.ts";
import { type BenchUpstream, startUpstream } from "./upstream-client.ts";

/** Folders for what is recorded of the processes. */
type Watch = Pick<SourcesOptions, "profile" | "statements">;

export interface WorldOptions {
  readonly sources: readonly BenchSource[];
  readonly schedule: string;
  /** What is recorded of the processes. */
  readonly watch: Watch;
  /**
   * Sources that have been polled before. `idle`: nothing is due. `due`: their polls are due evenly over the schedule,
   * from the time on at which the services should be ready. Default: none has ever been polled.
   */
  readonly arePolled?: "idle" | "due";
}

/** A process of the service, and the time from its start until `/readyz` answered 200. */
export interface BenchService extends Service {
  readonly readyMs: number;
}

/** Two processes of the service, one PostgreSQL and one upstream. All end with their scope. */
export interface World extends AsyncDisposable {
  readonly upstream: BenchUpstream;
  readonly services: readonly [BenchService, BenchService];
  /** Time at which the processes were started, epoch milliseconds. */
  readonly startedAtMs: number;
  /** Time at which each source that was polled before is due for the first time, epoch milliseconds. */
  readonly dueMs: ReadonlyMap<string, number>;
  /** Queries the database as its owner, without tenant isolation. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Sends a GraphQL operation to a process. @throws Error if it has errors */
  graphql(service: Service, tenant: string, query: string): Promise<Readonly<Record<string, unknown>>>;
}

const COUNT_STATEMENTS = new URL("count-statements.ts", import.meta.url).href;
/** A start of an installation that was started before: the first run of the benchmark compiles the modules. */
const COMPILED = join(import.meta.dirname, "../../../node_modules/.cache/sluice-bench-modules");
/** Tenants are evaluated completely every five minutes, one after the other. */
const POLLED = { streams: ["accounts", "balances", "transactions"], evaluatedWithinSeconds: 300 };
/** Time from the seed until both processes are ready: what is due before waits, as after a restart of both. */
const START_SECONDS = 20;
const START_LIMIT_MS = 400_000;

/** Returns the seconds of a schedule of the settings file; undefined for `manual`. */
function secondsOf(schedule: string): number | undefined {
  const ms = scheduleSchema.parse(schedule);
  return ms === undefined ? undefined : ms / 1_000;
}

/** Starts it on a migrated database without data: the first migration is not part of what is measured. */
export async function startWorld({ sources, schedule, watch, arePolled }: WorldOptions): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-sources-"));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  try {
    const postgres = await openEmbeddedPostgres({ dataDir });
    stack.defer(() => postgres.close());
    await migrate(postgres.connection);
    if (arePolled !== undefined) {
      const due = arePolled === "due" && { dueFromSeconds: START_SECONDS };
      await seedPolledSources(postgres.connection, sources, {
        ...POLLED,
        scheduleSeconds: secondsOf(schedule),
        ...due,
      });
    }
    const client = new pg.Client(postgres.connection);
    await client.connect();
    stack.defer(() => client.end());
    const query: World["query"] = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
    const due = await query(
      `select source_id as id, extract(epoch from poll_due_at)::float8 * 1000 as "dueMs" from sluice.source_schedules
       where poll_due_at is not null`,
    );
    const upstream = stack.use(await startUpstream());
    const settings = join(dataDir, "sluice.yaml");
    await writeSettings(settings, sources, upstream.url, schedule);
    const env = {
      SLUICE_CONFIG: settings,
      DATA_DIR: dataDir,
      PORT: "0",
      LOG_LEVEL: "warn",
      NODE_COMPILE_CACHE: COMPILED,
      ...(await watching(watch)),
    };
    const startedAtMs = Date.now();
    // Both are waited for, even if one fails: the other would be stopped while it is called.
    const started = await Promise.allSettled([startBenchService(env, stack), startBenchService(env, stack)]);
    const [first, second] = started.map(required) as [BenchService, BenchService]; // as many as there were
    return {
      upstream,
      services: [first, second],
      startedAtMs,
      query,
      dueMs: new Map(due.map((row) => [String(row["id"]), Number(row["dueMs"])])),
      graphql,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (reason) {
    await stack.disposeAsync();
    throw reason;
  }
}

function required<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

async function watching({ profile, statements }: Watch): Promise<Readonly<Record<string, string>>> {
  for (const folder of [profile, statements]) if (folder !== undefined) await mkdir(folder, { recursive: true });
  const options = [
    ...(profile === undefined ? [] : [`--cpu-prof --cpu-prof-dir=${profile}`]),
    ...(statements === undefined ? [] : [`--import=${COUNT_STATEMENTS}`]),
  ];
  return { NODE_OPTIONS: options.join(" "), ...(statements !== undefined && { STATEMENTS_FOLDER: statements }) };
}

async function startBenchService(
  env: Readonly<Record<string, string>>,
  stack: AsyncDisposableStack,
): Promise<BenchService> {
  const startedMs = performance.now();
  const service = await startService({ env, timeoutMs: START_LIMIT_MS });
  stack.defer(async () => void (await service.stop()));
  while ((await fetch(`${service.url}/readyz`)).status !== 200) await pause(20);
  return { ...service, readyMs: Math.round(performance.now() - startedMs) };
}

async function graphql(service: Service, tenant: string, query: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${service.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sluice-tenant": tenant },
    body: JSON.stringify({ query }),
  });
  const answer = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown }; // GraphQL's own form
  if (answer.data === undefined || answer.errors !== undefined)
    throw new Error(`an operation failed: ${JSON.stringify(answer).slice(0, 300)}`);
  return answer.data;
}
