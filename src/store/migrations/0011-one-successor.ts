import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Ids of one object that the upstream uses at the same time, except the first. Earlier versions combined all ids that
 * replaced the same one into one object, as when a bank posts one pending transaction as two.
 */
const FURTHER_SUCCESSORS = `
  select tenant_id, id, source_id from (
    select tenant_id, id, source_id, row_number() over (
      partition by tenant_id, root_id order by id = root_id desc, first_at, external_id) as place
    from sluice.entity_aliases where not replaced
  ) as in_use where place > 1`;

/**
 * The initial position in a cursor of the Plaid connector, the only one that renames objects: a stored state may be
 * that of any of the ids.
 */
const READ_AGAIN = `cursor = cursor || '{"next": "", "loopStart": ""}'`;

const TABLES = ["entity_aliases", "stream_states", "sync_run_streams"] as const;

/**
 * An id is replaced by one other: the first keeps the object, and each other one becomes a separate object when it is
 * read again.
 */
export const oneSuccessor: Migration = {
  async up(db) {
    const statements = [
      // Row-level security also applies to the tables' owner, who has to read all tenants this once.
      ...TABLES.map((table) => `alter table sluice.${table} no force row level security`),
      `create table sluice.further_successors as ${FURTHER_SUCCESSORS}`,
      `update sluice.stream_states set ${READ_AGAIN} where cursor->>'phase' = 'sync'
         and (tenant_id, source_id) in (select tenant_id, source_id from sluice.further_successors)`,
      `update sluice.sync_run_streams set ${READ_AGAIN} where cursor->>'phase' = 'sync' and status in ('QUEUED', 'RUNNING')
         and (tenant_id, source_id) in (select tenant_id, source_id from sluice.further_successors)`,
      `delete from sluice.entity_aliases aliases using sluice.further_successors further
         where aliases.tenant_id = further.tenant_id and aliases.id = further.id`,
      "drop table sluice.further_successors",
      ...TABLES.map((table) => `alter table sluice.${table} force row level security`),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
