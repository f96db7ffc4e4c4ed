import { pino } from "pino";
import { connector as stripeConnector } from "../../src/connectors/stripe/index.ts";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openSyncEngine, type SyncEngine } from "../../src/ingest/polling/engine.ts";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import { type InboxService, startInboxService } from "./inbox-service.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";
import { differences, readTruth } from "./sandbox-truth.ts";
import { createCompareStream } from "../../src/reconcile/completeness/compare-stream.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

export const TENANT = "acme";
export const SOURCE = "stripe-acme";

/** A Stripe sandbox, and the service's inbox, refetches, engine and schedule, on a separate database. */
export interface StripeInStep extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly sandbox: TestSandbox;
  readonly inbox: InboxService;
  readonly engine: SyncEngine;
  query<Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Makes Stripe send its events from now on. */
  enableEndpoint(): Promise<void>;
  /** Makes Stripe stop sending, and drops its pending deliveries. */
  disableEndpoint(): Promise<void>;
  /** Makes this many changes at Stripe; resolves when their deliveries are answered. */
  change(count: number): Promise<void>;
  /** Resolves when runs, deliveries and refetches have ended and the store equals Stripe's state. */
  inStep(): Promise<void>;
}

export interface StripeInStepOptions {
  readonly payments: number;
  /** Pause between polls. */
  readonly scheduleMs: number;
  /** Seed of the sandbox. Default: 1. */
  readonly seed?: number;
  /** Replaces the Stripe connector by a deliberately faulty one. */
  readonly connector?: typeof stripeConnector;
}

export async function useStripeInStep(options: StripeInStepOptions): Promise<StripeInStep> {
  const { payments, scheduleMs, seed = 1, connector = stripeConnector } = options;
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const sandbox = await useSandbox({ payments, seed });
  const inbox = await startInboxService({
    connection: database.connection,
    sources: [{ id: SOURCE, tenantId: TENANT, config: sandbox.config }],
    connector,
  });
  const sources = inbox.sources.map((source) => ({ ...source, scheduleMs }));
  await registerSources(inbox.db, sources);
  const engine = openSyncEngine({
    db: inbox.db,
    sources: registryOf(sources),
    log: pino({ level: "silent" }),
    polls: true,
    wakeUps: inbox.wakeUps,
    checkWebhooksEveryMs: 250,
    compareStream: createCompareStream({ wakeUps: inbox.wakeUps }),
  });
  const query = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
    inbox.db.transaction(TENANT, (tx) => tx.query<Row>(text, values));
  let endpoint: string | undefined;
  return {
    connection: database.connection,
    sandbox,
    inbox,
    engine,
    query,
    async enableEndpoint() {
      const made = await sandbox.control("POST", "webhook-endpoints", {
        url: `${inbox.url}/webhooks/${SOURCE}`,
        secrets: sandbox.config.webhookSecrets,
      });
      endpoint = (made as { readonly id: string }).id; // from the control API
    },
    async disableEndpoint() {
      await sandbox.control("DELETE", `webhook-endpoints/${endpoint}`);
    },
    async change(count) {
      await sandbox.control("POST", "activity", { count });
      await sandbox.control("POST", "quiesce", { timeoutMs: WAIT_LIMIT_MS });
    },
    inStep: () =>
      eventually(
        "the store to be as the upstream is",
        async () => {
          const open = await query(
            `select 1 as open from deliveries where status = 'PENDING' union all select 1 from refetches
             union all select 1 from sync_runs where finished_at is null`,
          );
          if (open.length > 0) return false;
          const truth = await readTruth(sandbox);
          return (await differences(truth, query)).length === 0 ? true : undefined;
        },
        30_000,
      ).then(() => undefined),
    async [Symbol.asyncDispose]() {
      await engine.close();
      await inbox[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
      await database.close();
    },
  };
}
