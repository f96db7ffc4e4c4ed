import { randomBytes } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import { ALERT, ALERT_ENDPOINT } from "../domain/lifecycles.ts";
import type { Severity } from "../domain/severity.ts";
import { headOf } from "../events/append.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { Database, Transaction } from "../store/database.ts";
import { after, allows } from "../store/status-sql.ts";
import { type AlertForm, MAX_ENDPOINTS } from "./alert.ts";
import { addressOf, problemOfEndpointUrl } from "./endpoint-address.ts";
import { closeEndpointFinding } from "./endpoint-finding.ts";
import { mute, type MuteRequest, unmute, wakeMuted } from "./mutes.ts";
import { failWaiting } from "./record-attempt.ts";
import { type EndpointSecrets, type SealedColumns, sealEndpoint, unsealEndpoint } from "./sealed-endpoint.ts";
import { createSecret } from "./signature.ts";
import { insertAlerts } from "./store-alerts.ts";

/** Request to make an endpoint. */
export interface CreateEndpointRequest {
  readonly name: string;
  /** Never logged or returned: it may be a secret. */
  readonly url: string;
  readonly form: AlertForm;
  readonly minSeverity: Severity;
  /** Undefined: every source. */
  readonly sourceIds: readonly string[] | undefined;
  readonly createdBy: string;
}

/** Changes of an endpoint; undefined: no change. */
export interface EndpointChange {
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly minSeverity: Severity | undefined;
  /** Null: every source. */
  readonly sourceIds: readonly string[] | null | undefined;
  /** RFC 3339; null: not muted. */
  readonly mutedUntil: string | null | undefined;
  readonly isEnabled: boolean | undefined;
}

/** What people do with endpoints and messages. Every id is looked up within the tenant. */
export interface Endpoints {
  /**
   * @returns id of the endpoint, and its secret, which nothing can show again; a chat service has none
   * @throws ServiceError INVALID_INPUT | CONFLICT | SECRETS_KEY_MISSING | STORE_UNAVAILABLE
   */
  createEndpoint(
    tenantId: string,
    request: CreateEndpointRequest,
  ): Promise<{ readonly id: string; readonly secret: string | undefined }>;
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT | SECRETS_KEY_MISSING | STORE_UNAVAILABLE */
  updateEndpoint(tenantId: string, id: string, change: EndpointChange): Promise<void>;
  /** @returns the new secret @throws ServiceError NOT_FOUND | CONFLICT | SECRETS_KEY_MISSING | STORE_UNAVAILABLE */
  rotateSecret(tenantId: string, id: string): Promise<string>;
  /** @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
  deleteEndpoint(tenantId: string, id: string): Promise<void>;
  /** @returns id of the muting @throws ServiceError CONFLICT | STORE_UNAVAILABLE */
  mute(tenantId: string, request: MuteRequest): Promise<string>;
  /** @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
  unmute(tenantId: string, muteId: string): Promise<void>;
  /** @returns id of the message @throws ServiceError NOT_FOUND | CONFLICT | STORE_UNAVAILABLE */
  sendTest(tenantId: string, endpointId: string): Promise<string>;
  /** Sends a message again, under its id. @throws ServiceError NOT_FOUND | CONFLICT | STORE_UNAVAILABLE */
  resend(tenantId: string, alertId: string): Promise<void>;
}

export interface EndpointsOptions {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly networks: readonly string[];
  /** Called when an endpoint has something to do now. */
  readonly onDue: (tenantId: string, endpointId: string) => void;
}

/** Time for which messages are signed with the previous secret too. */
const OVERLAP_MS = 24 * 3_600_000;

interface LockedEndpoint extends SealedColumns, Record<string, unknown> {
  readonly name: string;
  readonly form: AlertForm;
  readonly status: string;
}

export function createEndpoints({ db, keyring, networks, onDue }: EndpointsOptions): Endpoints {
  function requireUrl(url: string): void {
    const problem = problemOfEndpointUrl(url, networks);
    if (problem !== undefined) throw new ServiceError("INVALID_INPUT", `input.url ${problem}`);
  }

  async function seal(tx: Transaction, id: string, secrets: EndpointSecrets): Promise<void> {
    const { sealed, wrappedKey, keyId } = sealEndpoint(keyring, tx.tenantId, id, secrets);
    const { origin } = addressOf(secrets.url);
    await tx.query("update alert_endpoints set origin = $2, sealed = $3, wrapped_key = $4, key_id = $5 where id = $1", [
      id,
      origin,
      sealed,
      wrappedKey,
      keyId,
    ]);
  }

  return {
    async createEndpoint(tenantId, request) {
      requireUrl(request.url);
      const secret = request.form === "STANDARD_WEBHOOKS" ? createSecret() : undefined;
      const id = `ale_${randomBytes(16).toString("base64url")}`;
      const secrets = { url: request.url, secrets: secret === undefined ? [] : [{ value: secret }] };
      const envelope = sealEndpoint(keyring, tenantId, id, secrets);
      await db.transaction(tenantId, (tx) => insertEndpoint(tx, id, request, envelope));
      return { id, secret };
    },

    async updateEndpoint(tenantId, id, change) {
      const { url } = change;
      if (url !== undefined) requireUrl(url);
      await db.transaction(tenantId, async (tx) => {
        const endpoint = await lockEndpoint(tx, id);
        if (url !== undefined) await seal(tx, id, { ...unsealEndpoint(keyring, tenantId, id, endpoint), url });
        await changeEndpoint(tx, id, change);
      });
      onDue(tenantId, id);
    },

    rotateSecret: (tenantId, id) =>
      db.transaction(tenantId, async (tx) => {
        const endpoint = await lockEndpoint(tx, id);
        if (endpoint.form !== "STANDARD_WEBHOOKS")
          throw new ServiceError("CONFLICT", "messages to a chat service are not signed: the endpoint has no secret");
        const { url, secrets } = unsealEndpoint(keyring, tenantId, id, endpoint);
        const value = createSecret();
        const previous = secrets.slice(0, 1).map((one) => ({ ...one, untilMs: Date.now() + OVERLAP_MS }));
        await seal(tx, id, { url, secrets: [{ value }, ...previous] });
        return value;
      }),

    deleteEndpoint: (tenantId, id) =>
      db.transaction(tenantId, async (tx) => {
        await tx.query("select from alert_positions for update");
        await lockEndpoint(tx, id);
        await failWaiting(tx, id, "the endpoint was deleted");
        await tx.query("delete from alert_endpoints where id = $1", [id]);
        await tx.query("delete from alert_positions where not exists (select from alert_endpoints)");
        await closeEndpointFinding(tx, id);
      }),

    mute: (tenantId, request) => mute(db, tenantId, request),

    async unmute(tenantId, muteId) {
      await unmute(db, tenantId, muteId);
    },

    async sendTest(tenantId, endpointId) {
      const alertId = await db.transaction(tenantId, async (tx) => {
        const { name } = await lockActive(tx, endpointId);
        return insertTest(tx, endpointId, name);
      });
      onDue(tenantId, endpointId);
      return alertId;
    },

    async resend(tenantId, alertId) {
      const endpointId = await db.transaction(tenantId, (tx) => resend(tx, alertId));
      onDue(tenantId, endpointId);
    },
  };
}

async function insertEndpoint(
  tx: Transaction,
  id: string,
  { name, url, form, minSeverity, sourceIds, createdBy }: CreateEndpointRequest,
  { sealed, wrappedKey, keyId }: SealedColumns,
): Promise<void> {
  await requireSources(tx, sourceIds ?? []);
  const head = await headOf(tx);
  // Locks the row, so that the deletion of the last endpoint does not delete it meanwhile.
  await tx.query(
    `insert into alert_positions as existing (tenant_id, seq) values ($1, $2)
     on conflict (tenant_id) do update set seq = existing.seq`,
    [tx.tenantId, head],
  );
  const inserted = await tx.query(
    `insert into alert_endpoints (tenant_id, id, name, origin, form, sealed, wrapped_key, key_id, min_severity, source_ids,
       status, after_seq, created_by)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${after(ALERT_ENDPOINT, "enable")}, $11, $12
     where (select count(*) from alert_endpoints) < ${MAX_ENDPOINTS} returning id`,
    [
      tx.tenantId,
      id,
      name,
      addressOf(url).origin,
      form,
      sealed,
      wrappedKey,
      keyId,
      minSeverity,
      sourceIds ?? null,
      head,
      createdBy,
    ],
  );
  if (inserted.length === 0)
    throw new ServiceError(
      "CONFLICT",
      `a tenant may have ${MAX_ENDPOINTS} alert endpoints: delete one that is not needed`,
    );
}

/** @throws ServiceError INVALID_INPUT */
async function requireSources(tx: Transaction, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  const rows = await tx.query<{ id: string }>("select id from sources where id = any($1)", [sourceIds]);
  const known = new Set(rows.map(({ id }) => id));
  const unknown = sourceIds.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new ServiceError("INVALID_INPUT", `input.sourceIds must name sources of the tenant, got ${unknown}`);
}

/** @throws ServiceError NOT_FOUND */
async function lockEndpoint(tx: Transaction, id: string): Promise<LockedEndpoint> {
  const [endpoint] = await tx.query<LockedEndpoint>(
    `select name, form, status, sealed, wrapped_key as "wrappedKey", key_id as "keyId"
     from alert_endpoints where id = $1 for update`,
    [id],
  );
  if (endpoint === undefined) throw new ServiceError("NOT_FOUND", "there is no such alert endpoint");
  return endpoint;
}

/** @throws ServiceError NOT_FOUND | CONFLICT */
async function lockActive(tx: Transaction, id: string): Promise<LockedEndpoint> {
  const endpoint = await lockEndpoint(tx, id);
  if (endpoint.status === "ACTIVE") return endpoint;
  throw new ServiceError("CONFLICT", "nothing is sent to the alert endpoint at present: enable it first");
}

/** Changes columns of an endpoint that the caller has locked. */
async function changeEndpoint(tx: Transaction, id: string, change: EndpointChange): Promise<void> {
  const { name, url, minSeverity, sourceIds, mutedUntil, isEnabled } = change;
  await requireSources(tx, sourceIds ?? []);
  await tx.query(
    `update alert_endpoints set name = coalesce($2, name), min_severity = coalesce($3, min_severity),
       source_ids = case when $4 then $5::text[] else source_ids end,
       muted_until = case when $6 then $7::timestamptz else muted_until end where id = $1`,
    [
      id,
      name ?? null,
      minSeverity ?? null,
      sourceIds !== undefined,
      sourceIds ?? null,
      mutedUntil !== undefined,
      mutedUntil ?? null,
    ],
  );
  if (typeof mutedUntil === "string") await muteEndpoint(tx, id, mutedUntil);
  else if (mutedUntil === null) await wakeMuted(tx, { sourceId: null, kind: null }, id);
  if (isEnabled === false) await disable(tx, id);
  else if (isEnabled === true || url !== undefined) await enable(tx, id, isEnabled === true);
}

async function muteEndpoint(tx: Transaction, id: string, until: string): Promise<void> {
  await tx.query(
    `update alerts set status = ${after(ALERT, "mute")}, due_at = $2, muted_until = $2
     where endpoint_id = $1 and ${allows("status", ALERT, "mute")} and type <> 'TEST' and attempts = 0
       and (muted_until is null or muted_until < $2)`,
    [id, until],
  );
}

async function disable(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update alert_endpoints set status = ${after(ALERT_ENDPOINT, "disable")}, status_since = now(), due_at = 'infinity'
     where id = $1 and ${allows("status", ALERT_ENDPOINT, "disable")}`,
    [id],
  );
  await failWaiting(tx, id, "the endpoint was disabled");
  await closeEndpointFinding(tx, id);
}

/**
 * Sends to an endpoint again: what happens from now on, and what waits at once.
 * @param isRequested false: its address was changed, which does not enable one that was disabled
 */
async function enable(tx: Transaction, id: string, isRequested: boolean): Promise<void> {
  const head = await headOf(tx);
  await tx.query(
    `update alert_endpoints set after_seq = $2, status = ${after(ALERT_ENDPOINT, "enable")}, status_since = now()
     where id = $1 and ${allows("status", ALERT_ENDPOINT, "enable")} and ($3 or status <> ${after(ALERT_ENDPOINT, "disable")})`,
    [id, head, isRequested],
  );
  await tx.query(
    `update alert_endpoints set failures = 0, failing_since = null, error = null, closed_until = null, due_at = now()
     where id = $1 and ${allows("status", ALERT_ENDPOINT, "reject")}`,
    [id],
  );
  await tx.query(
    `update alerts set due_at = now()
     where endpoint_id = $1 and ${allows("status", ALERT, "deliver")} and attempts > 0 and due_at > now()`,
    [id],
  );
  await closeEndpointFinding(tx, id);
}

async function insertTest(tx: Transaction, endpointId: string, name: string): Promise<string> {
  const id = `alr_${randomBytes(16).toString("base64url")}`;
  await insertAlerts(tx, [
    {
      id,
      endpointId,
      sourceId: null,
      type: "TEST",
      subject: id,
      findingId: null,
      kind: null,
      severity: "INFO",
      status: "PENDING",
      data: { endpointId, endpointName: name },
      changes: 1,
      dueMs: 0,
      mutedUntilMs: null,
    },
  ]);
  return id;
}

/** @returns id of its endpoint */
async function resend(tx: Transaction, alertId: string): Promise<string> {
  const [alert] = await tx.query<{ endpointId: string }>(
    `select endpoint_id as "endpointId" from alerts where id = $1`,
    [alertId],
  );
  if (alert === undefined) throw new ServiceError("NOT_FOUND", "there is no such alert");
  const { endpointId } = alert;
  await lockActive(tx, endpointId);
  // An attempt that has begun stays counted: its closing is then sent too.
  await tx.query(
    `update alerts set status = ${after(ALERT, "resend")}, attempts = least(attempts, 1), due_at = now(), finished_at = null
     where id = $1 and ${allows("status", ALERT, "resend")}`,
    [alertId],
  );
  await tx.query(
    `update alert_endpoints set due_at = greatest(least(due_at, now()), coalesce(closed_until, '-infinity')) where id = $1`,
    [endpointId],
  );
  return endpointId;
}
