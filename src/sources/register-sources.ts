import { SOURCE } from "../domain/lifecycles.ts";
import type { Database } from "../store/database.ts";
import { literals } from "../store/status-sql.ts";
import type { Source } from "./source.ts";

/** Registers the configured sources in the store. The stored state of a source (status, pause) does not change. */
export async function registerSources(db: Database, sources: Iterable<Source>): Promise<void> {
  const byTenant = Map.groupBy(sources, (source) => source.tenantId);
  for (const [tenantId, own] of byTenant) {
    await db.transaction(tenantId, (tx) =>
      tx.query(
        `insert into sources as existing (tenant_id, id, connector, status, status_since, schedule_seconds, credential)
         select $1, incoming.id, incoming.connector, ${literals(SOURCE.initial)}, now(), incoming.seconds, incoming.credential
         from unnest($2::text[], $3::text[], $4::integer[], $5::text[]) as incoming (id, connector, seconds, credential)
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
