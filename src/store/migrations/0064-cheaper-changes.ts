import { sql } from "kysely";
import type { Migration } from "kysely/migration";
import { differs, groupsOf, RECORDED, type RecordedTable } from "./0025-entity-changes.ts";
import { insertedChanges, REPLACES_CHANGES, TEXT_COLUMNS, wordsOf } from "./0040-cheaper-writes.ts";

/**
 * As in 0025, but a state that the statement has numbered itself is not numbered again: a call of the function for each
 * row costs more than the comparisons in the statement. See src/store/entities/write-observations.ts.
 */
function numbered(table: string, recorded: RecordedTable): readonly string[] {
  const mayDiffer = ["content_hash", "deleted_at", ...(recorded.unhashed?.split(/,\s*/) ?? [])];
  return [
    `drop trigger ${table}_change_numbered on sluice.${table}`,
    `create trigger ${table}_change_numbered before update on sluice.${table} for each row
      when (old.revision = new.revision and (${mayDiffer.map((column) => differs([column], "old", "new")).join(" or ")})
        and (${differs(groupsOf(recorded).flat(), "old", "new")}))
      execute function sluice.number_change()`,
  ];
}

/**
 * Records changes as 0040 does. What is left of an object whose row somebody has deleted by hand is looked for only if
 * it is in the way: a search for it before each row takes a sixth of the time.
 */
function recorder(table: string, recorded: RecordedTable): string {
  const insert = insertedChanges(recorded);
  return `
    create or replace function sluice.record_${table}_changes() returns trigger language plpgsql
    set enable_nestloop = off as $$ begin
      begin ${insert};
      exception when unique_violation then ${insert} ${REPLACES_CHANGES};
      end;
      return null;
    end $$`;
}

/**
 * Words of the search as in 0040. A row that was inserted is expected to have none yet. Most updates change no text: the
 * condition of a trigger for each row is evaluated without a function, where the trigger of the statement compared all
 * of its rows.
 */
function searchOf(table: string, columns: readonly string[]): readonly string[] {
  const insert = (rows: string, tenants: string): string =>
    `insert into sluice.entity_search as existing (tenant_id, id, source_id, words) ${wordsOf(table, rows, tenants)}`;
  const replace = `on conflict (tenant_id, id) do update set words = excluded.words
    where existing.words is distinct from excluded.words`;
  const added = insert("(select * from changed where content_hash is not null) as added", "changed");
  const names = ["tenant_id", "id", "source_id", ...columns];
  const row = `(select ${names.map((name) => `new.${name}`).join(", ")})`;
  return [
    functionOf(
      `refresh_${table}_search`,
      `begin ${added}; exception when unique_violation then ${added} ${replace}; end`,
    ),
    functionOf(
      `update_${table}_search`,
      `${insert(`${row} as rewritten`, "(select new.tenant_id) as written")} ${replace}`,
    ),
    `drop trigger ${table}_search_updated on sluice.${table}`,
    `create trigger ${table}_search_updated after update on sluice.${table} for each row
      when (new.content_hash is not null and (old.content_hash is null or ${differs(columns, "old", "new")}))
      execute function sluice.update_${table}_search()`,
  ];
}

/** Without nested loops, because the plan is kept, and the first statement may have written a single row. */
function functionOf(name: string, statements: string): string {
  return `create or replace function sluice.${name}() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp set enable_nestloop = off
    as $$ begin ${statements}; return null; end $$`;
}

/** Changes of synced objects that cost less: their numbers, their history, the words of the search. */
export const cheaperChanges: Migration = {
  async up(db) {
    const recorded = Object.entries(RECORDED);
    const statements = [
      ...recorded.flatMap(([table, columns]) => numbered(table, columns)),
      ...recorded.map(([table, columns]) => recorder(table, columns)),
      ...Object.entries(TEXT_COLUMNS).flatMap(([table, columns]) => searchOf(table, columns)),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
