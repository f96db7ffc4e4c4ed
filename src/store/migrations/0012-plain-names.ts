import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Tables whose names needed an explanation, with their indexes. Their rows are kept. */
const RENAMED: readonly (readonly [before: string, after: string])[] = [
  ["bank_sightings", "statement_entries"],
  ["run_sightings", "run_listed_objects"],
  ["read_hints", "stream_refresh_requests"],
];

const renameIndexes = (before: string, after: string): string => `
  do $$ declare one record; begin
    for one in select indexname as name from pg_indexes
      where schemaname = 'sluice' and tablename = '${after}' and starts_with(indexname, '${before}')
    loop
      execute format('alter index sluice.%I rename to %I', one.name, replace(one.name, '${before}', '${after}'));
    end loop;
  end $$`;

/** The policy that restricts each query to its tenant. */
const RENAME_POLICIES = `
  do $$ declare one record; begin
    for one in select tablename as name from pg_policies where schemaname = 'sluice' and policyname = 'tenant_wall' loop
      execute format('alter policy tenant_wall on sluice.%I rename to tenant_isolation', one.name);
    end loop;
  end $$`;

export const plainNames: Migration = {
  async up(db) {
    for (const [before, after] of RENAMED) {
      await sql.raw(`alter table sluice.${before} rename to ${after}`).execute(db);
      await sql.raw(renameIndexes(before, after)).execute(db);
    }
    await sql.raw(RENAME_POLICIES).execute(db);
  },
};
