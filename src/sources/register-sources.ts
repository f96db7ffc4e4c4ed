import { SOURCE } from "../domain/lifecycles.ts";
import type { Database } from "../store/database.ts";
import { literals } from "../store/status-sql.ts";
import type { Source } from "./source.ts";

/** Number of sources that are registered by one statement. */
const BATCH = 1_000;

/**
 * Registers the configured sources of all tenants in the store, those that are registered already without writing
 * anything. The stored state of a source (status, pause) does not change.
 */
export async function registerSources(db: Database, sources: Iterable<Source>): Promise<void> {
  const all = [...sources];
  for (let start = 0; start < all.length; start += BATCH) await register(db, all.slice(start, start + BATCH));
}

async function register(db: Database, sources: readonly Source[]): Promise<void> {
  await db.acrossTenants(
    `insert into sources as existing (tenant_id, id, connector, status, status_since, schedule_seconds, credential, platform,
       credentials_expire_at)
     select incoming.tenant_id, incoming.id, incoming.connector, ${literals(SOURCE.initial)}, now(), incoming.seconds, incoming.credential, incoming.platform, incoming.credentials_end
     from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::timestamptz[])
       as incoming (tenant_id, id, connector, seconds, credential, platform, credentials_end)
     order by incoming.tenant_id, incoming.id
     on conflict (tenant_id, id) do update set connector = excluded.connector, schedule_seconds = excluded.schedule_seconds,
       credential = excluded.credential, platform = excluded.platform, credentials_expire_at = excluded.credentials_expire_at,
       -- What the upstream has stated of other credentials is not true of new ones.
       access_ends_at = case when existing.credential is distinct from excluded.credential then null else existing.access_ends_at end
     where (existing.connector, existing.schedule_seconds, existing.credential, existing.platform,
         existing.credentials_expire_at)
       is distinct from (excluded.connector, excluded.schedule_seconds, excluded.credential, excluded.platform,
         excluded.credentials_expire_at)`,
    [
      sources.map((source) => source.tenantId),
      sources.map((source) => source.id),
      sources.map((source) => source.connector.name),
      sources.map((source) => (source.scheduleMs === undefined ? null : Math.ceil(source.scheduleMs / 1_000))),
      sources.map((source) => source.credential),
      sources.map((source) => source.platform ?? null),
      sources.map(({ connector, config }) => connector.credentialsEnd?.(config) ?? null),
    ],
  );
}
