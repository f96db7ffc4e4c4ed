import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";

/** Makes the configured sources known to the store. What the store knows about a source (status, pause) stays. */
export async function registerSources(db: Database, sources: Iterable<Source>): Promise<void> {
  const byTenant = Map.groupBy(sources, (source) => source.tenantId);
  for (const [tenantId, own] of byTenant) {
    await db.transaction(tenantId, (tx) =>
      tx.query(
        `insert into sources as held (tenant_id, id, connector, status, status_since, schedule_seconds, credential)
         select $1, offered.id, offered.connector, 'ACTIVE', now(), offered.seconds, offered.credential
         from unnest($2::text[], $3::text[], $4::integer[], $5::text[]) as offered (id, connector, seconds, credential)
         on conflict (tenant_id, id) do update set connector = excluded.connector, schedule_seconds = excluded.schedule_seconds,
           credential = excluded.credential`,
        [
          tenantId,
          own.map((source) => source.id),
          own.map((source) => source.connector.name),
          own.map((source) => (source.scheduleMs === undefined ? null : Math.ceil(source.scheduleMs / 1_000))),
          own.map((source) => source.credential),
        ],
      ),
    );
  }
}
