import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

const STATEMENTS: readonly string[] = [
  // `source_id` is where the payouts come from. `route` has everything else, without the ids of the sources.
  `create table sluice.payout_routes (tenant_id text not null, id text not null, source_id text not null,
    to_source_id text not null, route jsonb not null, declared_by text not null, declared_at timestamptz not null,
    changed_at timestamptz not null, primary key (tenant_id, id))`,
  "create index payout_routes_by_source on sluice.payout_routes (tenant_id, source_id)",
  "create index payout_routes_by_destination on sluice.payout_routes (tenant_id, to_source_id)",
  "alter table sluice.payout_routes enable row level security",
  "alter table sluice.payout_routes force row level security",
  `create policy tenant_isolation on sluice.payout_routes
     using (tenant_id = current_setting('sluice.tenant', true))
     with check (tenant_id = current_setting('sluice.tenant', true))`,
  "grant select, insert, update, delete on sluice.payout_routes to sluice_app",
  `create policy source_not_erased on sluice.payout_routes as restrictive to sluice_app using (true)
     with check (coalesce(not source_id = any (${ERASED}), true))`,
  // A route has the account at the source where payouts arrive: nothing of it may remain when that source is erased.
  `create function sluice.delete_routes_to_source() returns trigger language plpgsql set search_path = sluice, pg_temp as $$
   begin
     delete from payout_routes where tenant_id = old.tenant_id and to_source_id = old.id;
     return null;
   end $$`,
  `create trigger sources_deleted_with_routes after delete on sluice.sources
     for each row execute function sluice.delete_routes_to_source()`,
];

/** Routes of payouts that admins have declared in the graph. */
export const payoutRoutes: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
