import type { Database } from "../store/database.ts";
import type { Source } from "./source.ts";

/**
 * Records since when sources of the settings file are no longer in it, over all tenants, by one statement. One that is
 * in it again is no longer marked.
 */
export async function markUnconfigured(db: Database, configured: Iterable<Source>): Promise<void> {
  const sources = [...configured];
  await db.acrossTenants(
    `update sources as source set unconfigured_since = case when is_missing then now() end
     from (
       select known.tenant_id, known.id, incoming.id is null as is_missing
       from sources as known
       left join unnest($1::text[], $2::text[]) as incoming (tenant_id, id) using (tenant_id, id)
       where known.origin = 'SETTINGS_FILE' and known.disconnected_at is null
     ) as compared
     where compared.tenant_id = source.tenant_id and compared.id = source.id
       and is_missing = (source.unconfigured_since is null)`,
    [sources.map(({ tenantId }) => tenantId), sources.map(({ id }) => id)],
  );
}
