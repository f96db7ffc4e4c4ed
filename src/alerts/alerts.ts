import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { createDueWork } from "../runtime/due-work.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { Database } from "../store/database.ts";
import { type AlertTimes, DEFAULT_ALERT_TIMES } from "./alert.ts";
import { createEndpoints, type Endpoints } from "./endpoints.ts";
import { findDueEndpoints, findDueTenants } from "./find-due.ts";
import { routeAlerts } from "./route-alerts.ts";
import { sendAlert, type SendOptions } from "./send-alert.ts";

export interface AlertsOptions extends Pick<SendOptions, "keyring" | "networks" | "dashboardUrl" | "random"> {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly onAttempt?: SendOptions["onAttempt"];
  readonly times?: Partial<AlertTimes>;
}

/** Messages about findings and the health of sources to endpoints that people configure. */
export interface Alerts extends Endpoints {
  /** Begins to make messages of events, and to send them. */
  start(): void;
  /** Resolves when no message is being sent, after `deadlineMs` at the latest. */
  close(deadlineMs: number): Promise<void>;
}

/** Tenants whose events are read at a time. */
const ROUTED_TENANTS = 4;
/** Calls at a time; one to an endpoint. */
const CALLS = 32;

export function createAlerts(options: AlertsOptions): Alerts {
  const { db, log, random, onAttempt = () => undefined } = options;
  const times = { ...DEFAULT_ALERT_TIMES, ...options.times };
  const sendOptions: SendOptions = { ...options, onAttempt, owner: randomUUID(), times };
  const sending = createDueWork({
    find: (search) => findDueEndpoints(db, search),
    round(key, signal) {
      const [tenantId = "", endpointId = ""] = key.split("/");
      return sendAlert(sendOptions, tenantId, endpointId, signal);
    },
    concurrency: CALLS,
    pollMs: times.pollMs,
    random,
    onError(key, err, failures) {
      if (failures === 1) log.warn({ err, endpoint: key }, "an alert could not be sent, trying again");
    },
    onSearchError: (err, failures) => failures === 1 && log.warn({ err }, "the search for alerts failed, trying again"),
  });
  const wakeEndpoint = (tenantId: string, id: string): void =>
    sending.wake({ key: `${tenantId}/${id}`, group: tenantId });
  const routing = createDueWork({
    find: (search) => findDueTenants(db, search),
    round: (tenantId) =>
      routeAlerts(db, tenantId, times, (endpointIds) => endpointIds.forEach((id) => wakeEndpoint(tenantId, id))),
    concurrency: ROUTED_TENANTS,
    pollMs: times.pollMs,
    random,
    onError(tenantId, err, failures) {
      if (failures === 1) log.warn({ err, tenantId }, "alerts could not be made of events, trying again");
    },
    onSearchError: (err, failures) => failures === 1 && log.warn({ err }, "the search for events failed, trying again"),
  });
  return {
    ...createEndpoints({ ...options, onDue: wakeEndpoint }),
    start() {
      routing.start();
      sending.start();
    },
    async close(deadlineMs) {
      await Promise.all([routing.close(deadlineMs), sending.close(deadlineMs)]);
    },
  };
}
