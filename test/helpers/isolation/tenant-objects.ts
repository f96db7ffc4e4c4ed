import { sealEndpoint } from "../../../src/alerts/sealed-endpoint.ts";
import { ENTITY_TYPES, entityId } from "../../../src/domain/ids.ts";
import type { Keyring } from "../../../src/sources/secrets/keyring.ts";
import type { Database } from "../../../src/store/database.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import { TENANTS, worldId } from "../list-world.ts";

type Tenant = (typeof TENANTS)[number];

/**
 * Adds to the lists of both tenants the objects that fields return by an id, a text or a period: of the same shape, with
 * ids that contain the name of their tenant.
 */
export async function addTenantObjects(db: Database, keyring: Keyring): Promise<void> {
  for (const tenant of TENANTS) {
    await addObjectsWithDerivedIds(db, tenant);
    await addErasure(db, tenant);
    await addApiKey(db, tenant);
    await addAuditEntry(db, tenant);
    await addEvidencePack(db, tenant);
    await addMetric(db, tenant);
    await addAlerts(db, tenant, keyring);
    await addMatches(db, tenant);
    await addPayoutRoute(db, tenant);
  }
}

export const externalIdOf = (tenant: string): string => `only-${tenant}`;

/** Gives object 5 of each type the id that is derived from its external id, as every synced object has it. */
async function addObjectsWithDerivedIds(db: Database, tenant: Tenant): Promise<void> {
  await db.transaction(tenant, async (tx) => {
    const externalId = externalIdOf(tenant);
    for (const type of ENTITY_TYPES) {
      const values = [entityId(tenant, `${tenant}-main`, type, externalId), externalId, worldId(tenant, type, 5)];
      await tx.query(`update ${ENTITY_TABLES[type].table} set id = $1, external_id = $2 where id = $3`, values);
    }
  });
}

/** An earlier erasure of the tenant's source. */
async function addErasure(db: Database, tenant: Tenant): Promise<void> {
  await db.transaction(tenant, (tx) =>
    tx.query(
      `insert into source_erasures (tenant_id, source_id, started_at, finished_at, fenced_at, fence_until)
       values ($1, $2, now(), now(), pg_current_xact_id(), now())`,
      [tenant, `${tenant}-main`],
    ),
  );
}

export const apiKeyOf = (name: string): string => `key_${name}`;

async function addApiKey(db: Database, tenant: string): Promise<void> {
  await db.transaction(tenant, (tx) =>
    tx.query(
      `insert into api_keys (tenant_id, id, name, hash, preview, scopes, created_by, expires_at)
       values ($1, $2, $1, sha256(convert_to($1, 'UTF8')), 'sluice_key_', array['read'], $1, now() + interval '1 day')`,
      [tenant, apiKeyOf(tenant)],
    ),
  );
}

/** Prefixes of the ids that end in the name of the tenant, by type. */
export const TENANT_IDS: Readonly<Record<string, string>> = {
  AlertEndpoint: "ale",
  RotateAlertSecretPayload: "ale", // named by its endpoint
  Alert: "alr",
  AlertMute: "mut",
  MatchDecision: "dec",
  PayoutRoute: "route",
};

/** An endpoint, some messages to it, and a muting. */
async function addAlerts(db: Database, tenant: string, keyring: Keyring): Promise<void> {
  const { sealed, wrappedKey, keyId } = sealEndpoint(keyring, tenant, `ale_${tenant}`, {
    url: "https://alerts.example/hook",
    secrets: [],
  });
  await db.transaction(tenant, async (tx) => {
    await tx.query(
      `insert into alert_endpoints (tenant_id, id, name, origin, form, sealed, wrapped_key, key_id, min_severity, status,
         after_seq, created_by)
       values ($1, $2, $1, 'https://alerts.example', 'STANDARD_WEBHOOKS', $3, $4, $5, 'INFO', 'ACTIVE', 0, $1)`,
      [tenant, `ale_${tenant}`, sealed, wrappedKey, keyId],
    );
    await tx.query(
      `insert into alerts (tenant_id, id, endpoint_id, source_id, type, subject, severity, status, data, finished_at)
       select $1, 'alr_' || $1 || case when n > 1 then n::text else '' end, $2, $3, 'FINDING_OPENED', n::text, 'INFO',
         'DELIVERED', '{}', now() from generate_series(1, 5) as n`,
      [tenant, `ale_${tenant}`, `${tenant}-main`],
    );
    await tx.query(
      `insert into alert_mutes (tenant_id, id, until, reason, created_by)
       values ($1, $2, now() + interval '1 day', $1, $1)`,
      [tenant, `mut_${tenant}`],
    );
  });
}

/** Number of the payout and of the transaction of a match that no other probe changes. */
export const MATCHED = 5;

/** A match, another one that stays, and a decision about two more objects. */
async function addMatches(db: Database, tenant: Tenant): Promise<void> {
  const [payout, other] = [1, 3].map((n) => worldId(tenant, "Payout", n));
  const [transaction, another] = [1, 3].map((n) => worldId(tenant, "BankTransaction", n));
  const source = `${tenant}-main`;
  await db.transaction(tenant, async (tx) => {
    await tx.query(
      `insert into reconciliation_items (tenant_id, id, object_type, source_id, route, currency, direction, amount, day, last_day,
         due_on, decided_by, match_id, state, since)
       select $1, id, type, $4, '', 'EUR', 'CREDIT', 1, now(), now(), now(), 'UNIQUE', match, 'MATCHED', now()
       from (values ($2, 'Payout', $2), ($3, 'BankTransaction', $2), ($5, 'Payout', $5), ($6, 'BankTransaction', $5))
         as one (id, type, match)`,
      [
        tenant,
        payout,
        transaction,
        source,
        worldId(tenant, "Payout", MATCHED),
        worldId(tenant, "BankTransaction", MATCHED),
      ],
    );
    await tx.query(
      `insert into payout_match_decisions (tenant_id, id, source_id, kind, reason, decided_by, decided_at)
       values ($1, $2, $3, 'UNMATCH', $1, $1, now())`,
      [tenant, `dec_${tenant}`, source],
    );
    await tx.query(
      `insert into payout_match_decision_objects (tenant_id, decision_id, object_id, source_id, object_type, joins)
       select $1, $2, id, $5, type, false from (values ($3, 'Payout'), ($4, 'BankTransaction')) as one (id, type)`,
      [tenant, `dec_${tenant}`, other, another, source],
    );
  });
}

async function addPayoutRoute(db: Database, tenant: string): Promise<void> {
  const route = { usualDays: 5, holidays: [], names: [], fee: [] };
  await db.transaction(tenant, (tx) =>
    tx.query(
      `insert into payout_routes (tenant_id, id, source_id, to_source_id, route, declared_by, declared_at, changed_at)
       values ($1, $2, $3, $4, $5, $1, now(), now())`,
      [tenant, `route_${tenant}`, `${tenant}-main`, `${tenant}-rare`, JSON.stringify(route)],
    ),
  );
}

async function addEvidencePack(db: Database, tenant: string): Promise<void> {
  await db.transaction(tenant, (tx) =>
    tx.query(
      `insert into evidence_packs (tenant_id, id, from_at, to_at, created_by, created_at, status, finished_at)
       values ($1, $2, now(), now(), $1, now(), 'READY', now())`,
      [tenant, `evp_${tenant}`],
    ),
  );
}

async function addAuditEntry(db: Database, tenant: string): Promise<void> {
  const body = {
    operation: tenant,
    phase: "COMPLETE",
    action: `${tenant}.action`,
    principal: { kind: "TOKEN", subject: tenant, scopes: [] },
    arguments: {},
    subject: { type: `${tenant}-type`, id: `${tenant}-main` },
  };
  await db.transaction(tenant, (tx) =>
    tx.query("insert into audit_entries (tenant_id, body) values ($1, $2)", [tenant, JSON.stringify(body)]),
  );
}

/** Counts of the last minutes. */
async function addMetric(db: Database, tenant: string): Promise<void> {
  await db.transaction(tenant, (tx) =>
    tx.query(
      `insert into source_metrics (tenant_id, source_id, name, resolution, at, count, sum, max)
       values ($1, $2, 'EVENTS', 'MINUTE', date_trunc('minute', now() - interval '3 minutes'), 5, 5, 1)`,
      [tenant, `${tenant}-main`],
    ),
  );
}
