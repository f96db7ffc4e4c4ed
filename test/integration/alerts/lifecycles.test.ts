import { afterAll, beforeAll, describe } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { DEFAULT_ALERT_TIMES } from "../../../src/alerts/alert.ts";
import { claimAlert, type ClaimedAlert } from "../../../src/alerts/claim-alert.ts";
import type { EndpointChange } from "../../../src/alerts/endpoints.ts";
import { type AttemptResult, failWaiting, recordAttempt } from "../../../src/alerts/record-attempt.ts";
import { supersedeAlerts } from "../../../src/alerts/store-alerts.ts";
import { ALERT, ALERT_ENDPOINT } from "../../../src/domain/lifecycles.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { type AlertWorld, useAlertWorld } from "../../helpers/alert-world.ts";
import { walkLifecycle } from "../../helpers/walk-lifecycle.ts";

const TENANT = "acme";
const OWNER = "sender";
const UNTIL = "2100-01-01T00:00:00Z";
const NO_CHANGE: EndpointChange = {
  name: undefined,
  url: undefined,
  minSeverity: undefined,
  sourceIds: undefined,
  mutedUntil: undefined,
  isEnabled: undefined,
};
const ACCEPTED: AttemptResult = { responseStatus: 200, error: undefined, retryAfterMs: undefined, durationMs: 1 };
const REFUSED: AttemptResult = { ...ACCEPTED, responseStatus: 500, error: "HTTP status 500" };
const REMOVED: AttemptResult = { ...ACCEPTED, responseStatus: 410, error: "HTTP status 410" };

let world: AlertWorld;
/** The only endpoint. Each row of the table has a new one, because a tenant may have only a few. */
let endpointId: string;
beforeAll(async () => {
  world = await useAlertWorld();
});
afterAll(async () => world[Symbol.asyncDispose]());

const inTransaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => world.db.transaction(TENANT, work);
const statusIn = (table: string) => async (id: string) =>
  String((await world.sql(`select status from ${table} where id = $1`, [id]))[0]?.["status"]);
const update = (change: Partial<EndpointChange>) =>
  world.alerts.updateEndpoint(TENANT, endpointId, { ...NO_CHANGE, ...change });

async function plantEndpoint(): Promise<string> {
  for (const table of ["alerts", "alert_mutes", "alert_endpoints"]) await world.sql(`delete from ${table}`);
  ({ id: endpointId } = await world.endpoint("http://127.0.0.1:9/"));
  return endpointId;
}

/** Reports the result of an attempt to send the message, as its sender does, however late. */
async function report(id: string, result: AttemptResult): Promise<void> {
  const [lease] = await world.sql(
    `update alert_endpoints set lease_owner = $2, lease_until = now() + interval '1 hour', lease_token = lease_token + 1
     where id = $1 returning lease_token as token`,
    [endpointId, OWNER],
  );
  const claimed = {
    id,
    lease: { endpointId, owner: OWNER, token: lease?.["token"] },
    attempts: 1,
    sourceId: "main",
    endpoint: { name: "operators" },
  } as Partial<ClaimedAlert> as ClaimedAlert; // all that is read of it
  await inTransaction((tx) => recordAttempt(tx, claimed, result, DEFAULT_ALERT_TIMES, () => 0));
}

describe("an alert", () => {
  /** Lets the sender look for its next message. */
  const claim = () => inTransaction((tx) => claimAlert(tx, endpointId, OWNER, 60_000));
  const mute = { sourceId: null, kind: null, until: UNTIL, reason: "a test", createdBy: "kim" };
  walkLifecycle(ALERT, {
    async plant(state) {
      const id = randomUUID();
      await plantEndpoint();
      await world.sql(
        `insert into alerts (tenant_id, id, endpoint_id, source_id, type, subject, kind, severity, status, data, due_at,
           muted_until, finished_at)
         values ('acme', $1, $2, 'main', 'FINDING_OPENED', 'subject', 'STATEMENT_GAP', 'INFO', $3, '{}',
           case when $3 in ('PENDING', 'MUTED') then $4::timestamptz end, case when $3 = 'MUTED' then $4::timestamptz end,
           case when $3 not in ('PENDING', 'MUTED') then now() end)`,
        [id, endpointId, state, UNTIL],
      );
      return id;
    },
    signals: {
      deliver: [(id) => report(id, ACCEPTED)],
      retry: [(id) => report(id, REFUSED)],
      giveUp: [
        (id) => report(id, REMOVED),
        () => inTransaction((tx) => failWaiting(tx, endpointId, "the endpoint was deleted")),
        () => update({ isEnabled: false }),
      ],
      mute: [() => update({ mutedUntil: UNTIL }), () => world.alerts.mute(TENANT, mute)],
      unmute: [
        async () => {
          await update({ mutedUntil: UNTIL });
          await update({ mutedUntil: null });
          await claim();
        },
        async () => {
          const muteId = await world.alerts.mute(TENANT, mute);
          await world.alerts.unmute(TENANT, muteId);
          await claim();
        },
      ],
      supersede: [(id) => inTransaction((tx) => supersedeAlerts(tx, [id]))],
      resend: [(id) => world.alerts.resend(TENANT, id)],
    },
    status: statusIn("alerts"),
  });
});

describe("an alert endpoint", () => {
  walkLifecycle(ALERT_ENDPOINT, {
    async plant(state) {
      const id = await plantEndpoint();
      await world.sql("update alert_endpoints set status = $2, failing_since = '2020-01-01' where id = $1", [
        id,
        state,
      ]);
      return id;
    },
    signals: {
      enable: [() => update({ isEnabled: true })],
      disable: [() => update({ isEnabled: false })],
      reject: [() => report("no message", REMOVED)],
      fail: [() => report("no message", REFUSED)], // one failure more, after years
    },
    status: statusIn("alert_endpoints"),
  });
});
