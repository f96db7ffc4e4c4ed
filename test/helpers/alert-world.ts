import { randomBytes } from "node:crypto";
import { pino } from "pino";
import type { AlertForm, AlertTimes } from "../../src/alerts/alert.ts";
import { type Alerts, type AlertsOptions, createAlerts } from "../../src/alerts/alerts.ts";
import type { CreateEndpointRequest } from "../../src/alerts/endpoints.ts";
import { routeAlerts } from "../../src/alerts/route-alerts.ts";
import { DEFAULT_ALERT_TIMES } from "../../src/alerts/alert.ts";
import type { HealthState } from "../../src/domain/health.ts";
import { appendEvents } from "../../src/events/append.ts";
import { closeFindings, type Finding, findingId, openFindings } from "../../src/ingest/apply/findings.ts";
import { createKeyring, type Keyring } from "../../src/sources/secrets/keyring.ts";
import type { Database, Transaction } from "../../src/store/database.ts";
import { addSource } from "./ledger-world.ts";
import { type TestStore, useStore } from "./store.ts";

/** Short times: what takes minutes is due at once. */
export const QUICK: Partial<AlertTimes> = {
  scheduleMs: [0, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  pausesMs: [1],
  settleMs: 0,
  pollMs: 20,
};

const [TENANT, SOURCE] = ["acme", "main"];

/** A message as it is stored. */
export interface StoredMessage extends Record<string, unknown> {
  readonly id: string;
  readonly endpointId: string;
  readonly type: string;
  readonly status: string;
  readonly severity: string;
  readonly attempts: number;
  readonly changes: number;
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly dueInMs: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A store with sources, and what opens findings there and sends messages about them. */
export interface AlertWorld extends AsyncDisposable {
  readonly store: TestStore;
  readonly db: Database;
  readonly keyring: Keyring;
  /** Never started: for what people do. */
  readonly alerts: Alerts;
  /** Starts a sender as another process would; it is closed at the end of the world. */
  start(options?: Partial<AlertsOptions>): Alerts;
  endpoint(
    url: string,
    change?: Partial<CreateEndpointRequest>,
    tenantId?: string,
  ): Promise<{ readonly id: string; readonly secret: string }>;
  open(name: string, change?: Partial<Finding>, place?: { tenantId?: string; sourceId?: string }): Promise<string>;
  close(name: string, place?: { tenantId?: string; sourceId?: string }): Promise<void>;
  health(previous: HealthState, state: HealthState, sourceId?: string): Promise<void>;
  /** Makes messages of all events, as one process does at a time. */
  route(tenantId?: string, times?: Partial<AlertTimes>): Promise<void>;
  messages(tenantId?: string): Promise<readonly StoredMessage[]>;
  sql(text: string, values?: readonly unknown[], tenantId?: string): Promise<Record<string, unknown>[]>;
}

/** A finding with this name, which is part of its id. */
export function findingNamed(name: string, change: Partial<Finding> = {}, tenantId = TENANT): Finding {
  return {
    id: findingId(tenantId, name),
    kind: "STATEMENT_GAP",
    cause: "FORMAT_MISMATCH",
    summary: `The statement before ${name} is missing`,
    evidence: { account: name, expected: 12 },
    remedy: "Request the statement from the bank.",
    ...change,
  };
}

/** Opens findings in a transaction, as every part of the service does. */
export async function openIn(tx: Transaction, findings: readonly Finding[], sourceId = SOURCE): Promise<void> {
  await appendEvents(tx, await openFindings(tx, sourceId, findings, "stays"));
}

export async function useAlertWorld(): Promise<AlertWorld> {
  const store = await useStore();
  const { db } = store;
  for (const tenantId of ["acme", "umbrella"])
    for (const sourceId of ["main", "other"])
      await addSource({ database: db, tenantId, sourceId: tenantId === "acme" ? sourceId : `umbrella-${sourceId}` });
  const keyring = createKeyring(randomBytes(32), []);
  const started: Alerts[] = [];
  const create = (options: Partial<AlertsOptions> = {}): Alerts =>
    createAlerts({
      db,
      keyring,
      networks: ["127.0.0.0/8"],
      dashboardUrl: "https://sluice.example",
      random: Math.random,
      log: pino({ level: "silent" }),
      times: QUICK,
      ...options,
    });
  const alerts = create();
  const sql = (text: string, values: readonly unknown[] = [], tenantId = TENANT) =>
    db.transaction(tenantId, (tx) => tx.query(text, values));
  return {
    store,
    db,
    keyring,
    alerts,
    sql,
    start(options) {
      const one = create(options);
      one.start();
      started.push(one);
      return one;
    },
    async endpoint(url, change = {}, tenantId = TENANT) {
      const form: AlertForm = "STANDARD_WEBHOOKS";
      const request = {
        name: "operators",
        url,
        form,
        minSeverity: "INFO",
        sourceIds: undefined,
        createdBy: "kim",
      } as const;
      const { id, secret = "" } = await alerts.createEndpoint(tenantId, { ...request, ...change });
      return { id, secret };
    },
    async open(
      name,
      change = {},
      { tenantId = TENANT, sourceId = tenantId === TENANT ? SOURCE : "umbrella-main" } = {},
    ) {
      const finding = findingNamed(name, change, tenantId);
      await db.transaction(tenantId, (tx) => openIn(tx, [finding], sourceId));
      return finding.id;
    },
    async close(name, { tenantId = TENANT, sourceId = tenantId === TENANT ? SOURCE : "umbrella-main" } = {}) {
      await db.transaction(tenantId, async (tx) =>
        appendEvents(tx, await closeFindings(tx, sourceId, [findingId(tenantId, name)])),
      );
    },
    async health(previous, state, sourceId = SOURCE) {
      const cause = state === "IN_STEP" ? null : "WEBHOOK";
      const body = { kind: "SourceHealthChanged", state, previous, cause } as const;
      await db.transaction(TENANT, (tx) => appendEvents(tx, [{ sourceId, body }]));
    },
    async route(tenantId = TENANT, times = {}) {
      const all = { ...DEFAULT_ALERT_TIMES, ...QUICK, ...times };
      while ((await routeAlerts(db, tenantId, all, () => undefined)) === "more");
    },
    messages: (tenantId = TENANT) =>
      db.read(tenantId, (tx) =>
        tx.query<StoredMessage>(
          `select id, endpoint_id as "endpointId", type, status, severity, attempts, changes, data, error,
             response_status as "responseStatus", (extract(epoch from due_at - now()) * 1000)::float8 as "dueInMs"
           from alerts order by ordinal`,
        ),
      ),
    async [Symbol.asyncDispose]() {
      for (const one of started) await one.close(10_000);
      await store[Symbol.asyncDispose]();
    },
  };
}
