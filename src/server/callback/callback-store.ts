import { type Principal, SCOPES } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { seal, unseal } from "../../sources/secrets/envelope.ts";
import { type Keyring, requireCurrentKey } from "../../sources/secrets/keyring.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { isUnleased, leaseEnd } from "../../store/lease.ts";
import type { CallbackSubscription } from "./callback-subscription.ts";

/** Maximum numbers of stored subscriptions, over all replicas. */
export interface CallbackLimits {
  readonly perPrincipal: number;
  readonly perTenant: number;
}

/** Progress of a subscription that this process sends. */
export interface CallbackProgress {
  readonly id: string;
  readonly token: bigint;
  readonly cursor: string | undefined;
}

/** Subscriptions in the database, so that they survive the process; each is sent by the process that has its lease. */
export interface CallbackStore {
  /**
   * Stores a subscription with a lease of this process, in place of an earlier one to the same URL.
   * @throws ServiceError OVERLOADED (a limit) | SECRETS_KEY_MISSING | STORE_UNAVAILABLE
   */
  insert(subscription: Omit<CallbackSubscription, "lease">, limits: CallbackLimits): Promise<CallbackSubscription>;
  /** Extends leases and stores positions; resolves with the ids of those that are still this process's. */
  renew(tenantId: string, progress: readonly CallbackProgress[]): Promise<ReadonlySet<string>>;
  /** Stores positions and ends the leases, so that any process may claim the subscriptions at once. */
  release(tenantId: string, progress: readonly CallbackProgress[]): Promise<void>;
  remove(subscription: CallbackSubscription): Promise<void>;
  /** Tenants with subscriptions that no process sends. */
  dueTenants(): Promise<readonly string[]>;
  /** Claims up to `limit` of them. One whose verifier cannot be decrypted is deleted: its gateway subscribes again. */
  claim(tenantId: string, limit: number): Promise<readonly CallbackSubscription[]>;
}

export interface CallbackStoreOptions {
  readonly db: Database;
  readonly keyring: Keyring;
  /** Name of this process, of no other and of no earlier one. */
  readonly owner: string;
  readonly leaseMs: number;
}

const MAX_DUE_TENANTS = 100;
const RETRY_AFTER_MS = 5_000;

export function createCallbackStore({ db, keyring, owner, leaseMs }: CallbackStoreOptions): CallbackStore {
  const leased = `lease_owner = $1, lease_until = ${leaseEnd(leaseMs)}`;

  /** Sets lease and position of the rows whose lease is still ours. */
  async function update(tenantId: string, set: string, progress: readonly CallbackProgress[]): Promise<Set<string>> {
    const rows = await db.transaction(tenantId, (tx) =>
      tx.query<{ id: string }>(
        `update callback_subscriptions existing set ${set}, cursor = coalesce(input.cursor, existing.cursor)
         from unnest($2::text[], $3::bigint[], $4::text[]) as input (id, token, cursor)
         where existing.id = input.id and existing.lease_token = input.token and existing.lease_owner = $1
         returning existing.id`,
        [owner, ...columnsOf(progress)],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  return {
    async insert(subscription, limits) {
      const { id, principal, callback, request } = subscription;
      const { tenantId } = principal;
      const envelope = seal(requireCurrentKey(keyring), callback.verifier, contextOf(tenantId, id));
      const token = await db.transaction(tenantId, async (tx) => {
        await requireRoom(tx, principal, callback.callbackUrl, limits);
        const [row] = await tx.query<{ token: bigint }>(INSERT(leaseEnd(leaseMs)), [
          tenantId,
          id,
          principal.subject,
          [...principal.scopes],
          expiryOf(principal),
          callback.callbackUrl,
          callback.subscriptionId,
          callback.heartbeatMs,
          envelope.sealed,
          envelope.wrappedKey,
          envelope.keyId,
          request.query,
          request.operationName ?? null,
          JSON.stringify(request.variables),
          owner,
          principal.apiKeyId ?? null,
        ]);
        return row?.token ?? 0n;
      });
      return { ...subscription, lease: { owner, token } };
    },
    renew: (tenantId, progress) => update(tenantId, leased, progress),
    release: async (tenantId, progress) =>
      void (await update(tenantId, "lease_owner = null, lease_until = null", progress)),
    async remove({ id, principal, lease }) {
      await db.transaction(principal.tenantId, (tx) =>
        tx.query("delete from callback_subscriptions where id = $1 and lease_owner = $2 and lease_token = $3", [
          id,
          lease.owner,
          lease.token,
        ]),
      );
    },
    async dueTenants() {
      const rows = await db.acrossTenants<{ tenant_id: string }>(
        `select distinct tenant_id from callback_subscriptions where ${isUnleased("callback_subscriptions")}
         limit ${MAX_DUE_TENANTS}`,
      );
      return rows.map(({ tenant_id: tenantId }) => tenantId);
    },
    claim: (tenantId, limit) =>
      db.transaction(tenantId, async (tx) => {
        const rows = await tx.query<Row>(
          `with due as materialized (
             select id from callback_subscriptions where ${isUnleased("callback_subscriptions")}
             order by created_at limit $2 for update skip locked
           )
           update callback_subscriptions existing set ${leased}, lease_token = lease_token + 1
           from due where existing.id = due.id
           returning existing.*`,
          [owner, limit],
        );
        const read = rows.map((row) => ({ row, verifier: verifierOf(keyring, row) }));
        const lost = read.filter(({ verifier }) => verifier === undefined).map(({ row }) => row.id);
        if (lost.length > 0) await tx.query("delete from callback_subscriptions where id = any($1)", [lost]);
        return read.flatMap(({ row, verifier }) => (verifier === undefined ? [] : [subscriptionOf(row, verifier)]));
      }),
  };
}

const INSERT = (end: string): string => `
  insert into callback_subscriptions as existing (tenant_id, id, subject, scopes, expires_at, callback_url,
    subscription_id, heartbeat_ms, sealed, wrapped_key, key_id, query, operation_name, variables, lease_owner, lease_until,
    api_key_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, ${end}, $16)
  on conflict (tenant_id, callback_url) do update set id = excluded.id, subject = excluded.subject,
    scopes = excluded.scopes, expires_at = excluded.expires_at, api_key_id = excluded.api_key_id, subscription_id = excluded.subscription_id,
    heartbeat_ms = excluded.heartbeat_ms, sealed = excluded.sealed, wrapped_key = excluded.wrapped_key,
    key_id = excluded.key_id, query = excluded.query, operation_name = excluded.operation_name,
    variables = excluded.variables, cursor = null, created_at = now(), lease_owner = excluded.lease_owner,
    lease_until = excluded.lease_until, lease_token = existing.lease_token + 1
  returning lease_token as token`;

async function requireRoom(
  tx: Transaction,
  { subject }: Principal,
  callbackUrl: string,
  { perPrincipal, perTenant }: CallbackLimits,
): Promise<void> {
  // One insert of a tenant at a time: two concurrent ones would each count without the other.
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`sluice callbacks\n${tx.tenantId}`]);
  const [row] = await tx.query<{ own: bigint; all: bigint }>(
    `select count(*) filter (where subject = $1) as own, count(*) as all
     from callback_subscriptions where callback_url <> $2`,
    [subject, callbackUrl],
  );
  const [own, all] = [row?.own ?? 0n, row?.all ?? 0n];
  if (own < perPrincipal && all < perTenant) return;
  const limit = own >= perPrincipal ? `principal may have ${perPrincipal}` : `tenant may have ${perTenant}`;
  const sentence = `a ${limit} subscriptions by callback`;
  throw new ServiceError("OVERLOADED", sentence, { retryAfterMs: RETRY_AFTER_MS });
}

interface Row extends Record<string, unknown> {
  readonly tenant_id: string;
  readonly id: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly expires_at: string | Date | null;
  readonly api_key_id: string | null;
  readonly callback_url: string;
  readonly subscription_id: string;
  readonly heartbeat_ms: number;
  readonly sealed: Uint8Array;
  readonly wrapped_key: Uint8Array;
  readonly key_id: string;
  readonly query: string;
  readonly operation_name: string | null;
  readonly variables: string;
  readonly cursor: string | null;
  readonly lease_owner: string;
  readonly lease_token: bigint;
}

function subscriptionOf(row: Row, verifier: string): CallbackSubscription {
  return {
    id: row.id,
    principal: {
      tenantId: row.tenant_id,
      subject: row.subject,
      scopes: new Set(SCOPES.filter((scope) => row.scopes.includes(scope))),
      expiresAtMs: row.expires_at === null ? undefined : new Date(row.expires_at).getTime(),
      apiKeyId: row.api_key_id ?? undefined,
    },
    callback: {
      callbackUrl: row.callback_url,
      subscriptionId: row.subscription_id,
      verifier,
      heartbeatMs: row.heartbeat_ms,
    },
    request: {
      query: row.query,
      operationName: row.operation_name ?? undefined,
      variables: JSON.parse(row.variables) as Readonly<Record<string, unknown>>, // as we have stored them
    },
    cursor: row.cursor ?? undefined,
    lease: { owner: row.lease_owner, token: row.lease_token },
  };
}

function verifierOf(keyring: Keyring, { tenant_id, id, sealed, wrapped_key, key_id }: Row): string | undefined {
  try {
    return unseal(keyring, { sealed, wrappedKey: wrapped_key, keyId: key_id }, contextOf(tenant_id, id));
  } catch (reason) {
    if (reason instanceof ServiceError) return undefined; // its key is gone
    throw reason;
  }
}

function contextOf(tenantId: string, id: string) {
  return { tenantId, sourceId: id, purpose: "callback verifier" };
}

function expiryOf({ expiresAtMs }: Principal): Date | null {
  return expiresAtMs === undefined ? null : new Date(expiresAtMs);
}

function columnsOf(progress: readonly CallbackProgress[]): readonly unknown[] {
  return [
    progress.map(({ id }) => id),
    progress.map(({ token }) => token),
    progress.map(({ cursor }) => cursor ?? null),
  ];
}
