import { pino } from "pino";
import { type TestSandbox, useSandbox } from "../../src/sandbox/stripe/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openSyncEngine, type SyncEngine } from "../../src/sync/engine.ts";
import { eventually } from "./eventually.ts";
import { type InboxService, startInboxService } from "./inbox-service.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";
import { differences, readTruth } from "./sandbox-truth.ts";

export const TENANT = "acme";
export const SOURCE = "stripe-acme";

/** A sandbox Stripe, and what the service has of inbox, refetches, engine and schedule, on a database of its own. */
export interface StripeInStep extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly sandbox: TestSandbox;
  readonly inbox: InboxService;
  readonly engine: SyncEngine;
  query<Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Stripe sends its events from now on. */
  enableEndpoint(): Promise<void>;
  /** Stripe sends nothing any more, and forgets what it had to send. */
  disableEndpoint(): Promise<void>;
  /** So many changes at Stripe; resolves when their deliveries are answered. */
  change(count: number): Promise<void>;
  /** Resolves when runs, deliveries and refetches have ended and the store is as Stripe is. */
  inStep(): Promise<void>;
}

export interface StripeInStepOptions {
  readonly payments: number;
  /** Pause between polls. */
  readonly scheduleMs: number;
}

export async function useStripeInStep({ payments, scheduleMs }: StripeInStepOptions): Promise<StripeInStep> {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const sandbox = await useSandbox({ payments });
  const inbox = await startInboxService({
    connection: database.connection,
    sources: [{ id: SOURCE, tenantId: TENANT, config: sandbox.config }],
  });
  const engine = await openSyncEngine({
    db: inbox.db,
    sources: new Map(inbox.sources.map((source) => [source.id, { ...source, scheduleMs }])),
    log: pino({ level: "silent" }),
    schedule: { connection: database.connection, housekeeping: () => Promise.resolve() },
    onDoubts: inbox.refetcher.wake,
    judgeWebhooksEveryMs: 250,
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
      endpoint = (made as { readonly id: string }).id; // of the control API
    },
    async disableEndpoint() {
      await sandbox.control("DELETE", `webhook-endpoints/${endpoint}`);
    },
    async change(count) {
      await sandbox.control("POST", "activity", { count });
      await sandbox.control("POST", "quiesce", { timeoutMs: 20_000 });
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
          const truth = await readTruth({ ...sandbox, apiKey: sandbox.config.apiKey });
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
