import { createHmac } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import type { Database, Transaction } from "../store/database.ts";
import { appendEntries } from "./append-entry.ts";
import type { AuditBody, Plain } from "./entry.ts";
import { serviceBody } from "./service-entry.ts";

/** A source as the settings file has it. */
export interface ConfiguredSource {
  readonly tenantId: string;
  readonly id: string;
  readonly connector: string;
  readonly platform?: string | undefined;
  /** Settings of the connector, with credentials: only a keyed hash of them is recorded. */
  readonly config: unknown;
  readonly scheduleMs: number | undefined;
  readonly reconcile?: unknown;
  readonly networks: readonly string[];
  readonly budget: unknown;
}

/** Sources of one tenant that are recorded by one statement. */
const BATCH = 500;

/**
 * Records which sources the settings file has added, changed and removed since the last start of any process. Tenants
 * without a change cost nothing but their part of one statement.
 */
export async function recordConfiguration(db: Database, configured: readonly ConfiguredSource[]): Promise<void> {
  const key = await loadKey(db);
  const sources = configured.map((source) => ({ ...source, ...describe(key, source) }));
  const byTenant = Map.groupBy(sources, ({ tenantId }) => tenantId);
  const changed = await db.acrossTenants<{ tenantId: string; sourceId: string }>(
    `select tenant_id as "tenantId", source_id as "sourceId"
     from recorded_configurations as known
     full join unnest($1::text[], $2::text[], $3::text[]) as incoming (tenant_id, source_id, fingerprint)
       using (tenant_id, source_id)
     where known.fingerprint is distinct from incoming.fingerprint order by 1, 2`,
    [
      sources.map(({ tenantId }) => tenantId),
      sources.map(({ id }) => id),
      sources.map(({ fingerprint }) => fingerprint),
    ],
  );
  for (const [tenantId, differences] of Map.groupBy(changed, (row) => row.tenantId)) {
    const own = new Map(byTenant.get(tenantId)?.map((source) => [source.id, source]));
    const ids = differences.map(({ sourceId }) => sourceId);
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH);
      const present = batch.flatMap((id) => own.get(id) ?? []);
      const missing = batch.filter((id) => !own.has(id));
      await db.transaction(tenantId, async (tx) => {
        await appendEntries(tx, [...(await storeChanged(tx, present)), ...(await removeMissing(tx, missing))]);
      });
    }
  }
}

interface DescribedSource {
  readonly id: string;
  readonly fingerprint: string;
  readonly state: Plain;
}

interface StoredRow extends Record<string, unknown> {
  readonly sourceId: string;
  readonly before: Plain;
}

/** Only what is different is written, so that of two processes that start at once one records it. */
async function storeChanged(tx: Transaction, sources: readonly DescribedSource[]): Promise<readonly AuditBody[]> {
  if (sources.length === 0) return [];
  const byId = new Map(sources.map((source) => [source.id, source]));
  const rows = await tx.query<StoredRow>(
    `with known as (
       select source_id, state from recorded_configurations where source_id = any($2)
     ), stored as (
       insert into recorded_configurations as existing (tenant_id, source_id, fingerprint, state)
       select $1, source_id, fingerprint, state from unnest($2::text[], $3::text[], $4::jsonb[])
         as incoming (source_id, fingerprint, state) order by source_id
       on conflict (tenant_id, source_id) do update set fingerprint = excluded.fingerprint, state = excluded.state
       where existing.fingerprint <> excluded.fingerprint
       returning source_id
     )
     select source_id as "sourceId", to_json(known.state) as before from stored left join known using (source_id)
     order by source_id`,
    [
      tx.tenantId,
      sources.map(({ id }) => id),
      sources.map(({ fingerprint }) => fingerprint),
      sources.map(({ state }) => JSON.stringify(state)),
    ],
  );
  return rows.map(({ sourceId, before }) =>
    bodyOf(before === null ? "sourceAdded" : "sourceChanged", sourceId, before, byId.get(sourceId)?.state ?? null),
  );
}

async function removeMissing(tx: Transaction, ids: readonly string[]): Promise<readonly AuditBody[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<StoredRow>(
    `delete from recorded_configurations where source_id = any($1)
     returning source_id as "sourceId", to_json(state) as before`,
    [ids],
  );
  return rows.map(({ sourceId, before }) => bodyOf("sourceRemoved", sourceId, before, null));
}

function bodyOf(change: string, id: string, before: Plain, after: Plain): AuditBody {
  return serviceBody({
    action: `configuration.${change}`,
    arguments: { sourceId: id },
    subject: { type: "SOURCE", id },
    before,
    after,
  });
}

/** The hash is keyed, because a short credential could be found from a plain one. */
function describe(key: Uint8Array, source: ConfiguredSource): Pick<DescribedSource, "fingerprint" | "state"> {
  const { connector, platform = null, scheduleMs, reconcile, networks, budget = null, config } = source;
  const settings = createHmac("sha256", key).update(stableJson(config)).digest("hex").slice(0, 32);
  const state = {
    connector,
    platform,
    scheduleSeconds: scheduleMs === undefined ? null : Math.ceil(scheduleMs / 1_000),
    // Left out where there is none, so that the sources of earlier versions are not recorded as changed.
    ...(reconcile !== undefined && { reconcile: stableJson(reconcile) }),
    networks: [...networks],
    budget: stableJson(budget),
    settings,
  };
  return { state, fingerprint: createHmac("sha256", key).update(stableJson(state)).digest("hex") };
}

function stableJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return String(inner);
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

async function loadKey(db: Pick<Database, "query">): Promise<Uint8Array> {
  const [row] = await db.query<{ value: Uint8Array }>("select value from instance_keys where name = 'account'");
  if (row === undefined) throw new ServiceError("INTERNAL", "internal error", { detail: "instance key is missing" });
  return row.value;
}
