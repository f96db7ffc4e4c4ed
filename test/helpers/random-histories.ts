import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkChanges } from "../../src/reconcile/invariants/check-changes.ts";
import { checkEverything } from "../../src/reconcile/invariants/check-everything.ts";
import { EVENT_WITHOUT_OBJECT } from "../../src/reconcile/invariants/event-objects.ts";
import { INVARIANTS } from "../../src/reconcile/invariants/invariants.ts";
import { connectors } from "../../src/connectors/registry.generated.ts";
import { useBank } from "../../sandbox/iso20022-bank/testing.ts";
import { useSandbox as usePlaid } from "../../sandbox/plaid/testing.ts";
import { useSandbox as useStripe } from "../../sandbox/stripe/testing.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import type { Source } from "../../src/sources/source.ts";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import { askGraph } from "./graphql.ts";
import { differencesToPlaid } from "./plaid-truth.ts";
import { databaseUrl, useDatabase } from "./postgres.ts";
import { differences, readTruth } from "./sandbox-truth.ts";
import { startServiceInProcess } from "./service-in-process.ts";
import { registryOf, type SourceRegistry } from "../../src/sources/source-registry.ts";
import { httpClient } from "./upstream-client.ts";

const TENANT = "acme";
const STRIPE = "stripe-main";
const PLAID = "plaid-main";
const BANK = "bank-main";

/** Description of a violated rule. */
export interface BrokenRule {
  readonly kind: string;
  readonly summary: string;
  readonly evidence: unknown;
}

/** Checks every rule for every object of the tenant, without waiting for breaches to settle. */
export async function brokenRules(db: Database, sources: SourceRegistry): Promise<readonly BrokenRule[]> {
  // Breaches of polled sources wait for two polls, however short the settling time is.
  await db.transaction(TENANT, (tx) => tx.query("update sources set schedule_seconds = null"));
  await checkEverything({ db, tenantId: TENANT }, new AbortController().signal);
  for (let hasMore = true; hasMore;) {
    ({ hasMore } = await checkChanges({ db, tenantId: TENANT, sources, confirmAfterMs: 0 }));
  }
  return db.read(TENANT, (tx) =>
    tx.query<BrokenRule & Record<string, unknown>>(
      "select kind, summary, evidence from findings where closed_at is null and kind = any($1) order by kind, id",
      [[...INVARIANTS.map(({ kind }) => kind), EVENT_WITHOUT_OBJECT]],
    ),
  );
}

/** The complete service as a process, connected to the sandboxes of a payment processor, an aggregator and a bank. */
export interface RandomHistories extends AsyncDisposable {
  readonly db: Database;
  /** The parts of the three sources that the rule checks need. */
  readonly sources: SourceRegistry;
  /** Reads all sources further, as a poll would; resolves when the runs have ended. */
  sync(): Promise<void>;
  /** Makes random changes at all three, including lost, duplicate and reordered webhooks. */
  live(): Promise<void>;
  /** Resolves when the store equals the state of the sandboxes. */
  inStep(): Promise<void>;
  /** Number of existing objects in the store. */
  countObjects(): Promise<number>;
}

export interface RandomHistoriesOptions {
  readonly seed: number;
  /** Number of initial payments of the processor; the aggregator and the bank have about as many transactions. */
  readonly payments: number;
}

/** The long form reads thousands of objects and two hundred files first. */
const IDLE_LIMIT_MS = 3 * WAIT_LIMIT_MS;
const NO_LIMITS = { account: 1_000, endpoint: 1_000 };
const NO_PLAID_LIMITS = { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 };
const OBJECT_TABLES = [
  "parties",
  "accounts",
  "payments",
  "payment_attempts",
  "refunds",
  "disputes",
  "payouts",
] as const;
const BULK_TABLES = ["ledger_entries", "balances", "bank_transactions", "statements"] as const;

export async function useRandomHistories({ seed, payments }: RandomHistoriesOptions): Promise<RandomHistories> {
  await using stack = new AsyncDisposableStack();
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  stack.defer(() => database.close());
  const stripe = stack.use(await useStripe({ seed, payments }));
  const plaid = stack.use(await usePlaid({ seed, payments }));
  const bank = stack.use(await useBank({ seed, payments }));
  const folder = await mkdtemp(join(tmpdir(), "sluice-lives-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const settings = join(folder, "sluice.yaml");
  const source = (id: string, connector: string, config: unknown, rates?: Readonly<Record<string, number>>) => ({
    id,
    tenant: TENANT,
    connector,
    config,
    schedule: "manual",
    ...(rates !== undefined && { budget: { rates } }),
  });
  const sources = [
    source(STRIPE, "stripe", stripe.config, NO_LIMITS),
    source(PLAID, "plaid", plaid.running.sourceConfig, NO_PLAID_LIMITS),
    source(BANK, "iso20022-bank", bank.running.sourceConfig),
  ];
  await writeFile(settings, JSON.stringify({ tenants: [TENANT], sources })); // JSON is YAML
  const service = await startServiceInProcess({
    SLUICE_CONFIG: settings,
    DATABASE_URL: databaseUrl(database.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "error",
  });
  stack.defer(() => service.stop());
  const db = createDatabase({ connection: database.connection, max: 4 });
  stack.defer(() => db.close());

  const ask = async <Data>(query: string): Promise<Data> => {
    const { data, errors } = await askGraph<Data>(service.url, query);
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const count = async (query: string): Promise<number> => {
    const rows = await db.read(TENANT, (tx) => tx.query<{ count: number }>(query));
    return rows[0]?.count ?? 0;
  };
  const idle = () =>
    eventually(
      "runs, deliveries, files and refetches to end",
      async () =>
        (await count(`select (select count(*) from sync_runs where finished_at is null)::int
          + (select count(*) from deliveries where status = 'PENDING')::int
          + (select count(*) from files where status = 'ACCEPTED')::int
          + (select count(*) from refetches)::int as count`)) === 0,
      IDLE_LIMIT_MS,
    );

  await stripe.control("POST", "webhook-endpoints", {
    url: `${service.url}/webhooks/${STRIPE}`,
    secrets: stripe.config.webhookSecrets,
  });
  await stripe.control("POST", "faults", { duplicate: 0.1, reorder: 0.2, lose: 0.1 });
  await plaid.control("POST", "webhook-endpoints", { url: `${service.url}/webhooks/${PLAID}` });
  await plaid.control("POST", "faults", { duplicate: 0.2, lose: 0.2 });

  const owned = stack.move();
  return {
    db,
    sources: registryOf(sources.map(({ id, connector }) => checkedSource(id, connector))),
    async sync() {
      const ids = [STRIPE, PLAID, BANK];
      await Promise.all(
        ids.map((id) => ask(`mutation { startSync(input: { sourceId: "${id}", mode: INCREMENTAL }) { run { id } } }`)),
      );
      await idle();
    },
    async live() {
      await stripe.control("POST", "activity", { count: 250 });
      await plaid.control("POST", "activity", { count: 60 });
      await bank.control("POST", "activity", { steps: 5 });
      await stripe.control("POST", "quiesce", { timeoutMs: WAIT_LIMIT_MS });
      await plaid.control("POST", "quiesce", { timeoutMs: WAIT_LIMIT_MS });
      await idle();
    },
    async inStep() {
      const query = (text: string) =>
        db.read(TENANT, (tx) => tx.query<Record<string, unknown>>(text.replaceAll("sluice.", "")));
      const found = differences(await readTruth(stripe), (text) => query(`${text} where source_id = '${STRIPE}'`));
      const all = [...(await found), ...(await differencesToPlaid(ask, plaid))];
      if (all.length > 0) throw new Error(`the store differs from the sandboxes:\n${all.slice(0, 10).join("\n")}`);
    },
    countObjects: () =>
      count(
        `select (${[...OBJECT_TABLES, ...BULK_TABLES]
          .map((table) => `(select count(*) from ${table} where content_hash is not null)`)
          .join(" + ")})::int as count`,
      ),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Calls no upstream: the service fetches objects again. */
function checkedSource(id: string, name: string): Source {
  const connector = connectors[name];
  if (connector === undefined) throw new TypeError(`there is no connector ${name}`);
  return {
    id,
    tenantId: TENANT,
    connector,
    config: {},
    scheduleMs: undefined,
    credential: "none",
    client: () => httpClient(),
  };
}
