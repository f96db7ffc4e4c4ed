import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** One row for each part of an upstream, such as a table: the types of its fields when they were last read in full. */
const COLUMNS = `tenant_id text not null, source_id text not null, subject text not null, fields jsonb not null,
  pinned_at timestamptz not null, primary key (tenant_id, source_id, subject)`;

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

/** Contracts of upstreams, with which later ones are compared. */
export const pinnedContracts: Migration = {
  async up(db) {
    const statements = [
      `create table sluice.pinned_contracts (${COLUMNS})`,
      "alter table sluice.pinned_contracts enable row level security",
      "alter table sluice.pinned_contracts force row level security",
      `create policy tenant_isolation on sluice.pinned_contracts
         using (tenant_id = current_setting('sluice.tenant', true))
         with check (tenant_id = current_setting('sluice.tenant', true))`,
      `create policy source_not_erased on sluice.pinned_contracts as restrictive to sluice_app using (true)
         with check (coalesce(not source_id = any (${ERASED}), true))`,
      "grant select, insert, update, delete on sluice.pinned_contracts to sluice_app",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
