import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Tables whose changes `entity_changes` records: 0025-entity-changes.ts. */
const TABLES = [
  "parties",
  "accounts",
  "balances",
  "payments",
  "payment_attempts",
  "refunds",
  "disputes",
  "payouts",
  "ledger_entries",
  "bank_transactions",
  "statements",
];

/** The moment that the views show; inlined, so that a condition with it can use an index. */
const MOMENT = `create function sluice_past.moment() returns timestamptz language sql stable
  as 'select current_setting(''sluice.as_of'')::timestamptz'`;

/** Nothing is known about changes before this migration ran, whose time is text. */
const BEGAN_AT = `create function sluice_past.began_at() returns timestamptz language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as 'select "timestamp"::timestamptz from sluice.kysely_migration where name = ''0025-entity-changes'''`;

/** Columns that no change changes. The lists in order of time are read by an index of them. */
const CONSTANT = ["tenant_id", "id", "source_id", "external_id", "ordered_at", "content_hash"];

const listOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");

/**
 * The state of an object that has changed since: each field that changed has the value that it had before its first
 * change after the moment, and the columns that say where the state came from have those of the last change before it.
 * Generated columns are computed from these values. No row if the object was created later, and for one that has not
 * changed since: that condition alone is then evaluated.
 */
const STATE = `
  select %1$s from (
    select past.* from (
      select min(revision) as revision, (array_agg(created order by revision))[1] as created
      from sluice.entity_changes where entity_id = present.id and changed_at > sluice_past.moment()
    ) as next
    left join lateral (
      select * from sluice.entity_changes
      where entity_id = present.id and changed_at <= sluice_past.moment() order by revision desc limit 1
    ) as last on true
    left join lateral (
      select created from sluice.entity_changes where entity_id = present.id order by revision limit 1
    ) as oldest on true
    cross join lateral (
      select jsonb_object_agg(field.key, field.value -> 0 order by change.revision desc) as fields
      from sluice.entity_changes as change cross join jsonb_each(change.fields) as field
      where change.entity_id = present.id and change.changed_at > sluice_past.moment()
    ) as before
    cross join lateral jsonb_populate_record(present, before.fields || jsonb_build_object(
      'revision', next.revision - 1,
      'changed_at', coalesce(last.changed_at, (oldest.created->>'at')::timestamptz, present.changed_at),
      'caused_by', case when last.revision is null then oldest.created->>'causedBy' else last.caused_by end,
      'via', coalesce(last.via, oldest.created->>'via', present.via),
      'raw_hash', case when last.revision is null then oldest.created->>'rawHash' else last.raw_hash end,
      'delivery_id', case when last.revision is null then oldest.created->>'deliveryId' else last.delivery_id end,
      'raw_path', case when last.revision is null then oldest.created->>'rawPath' else last.raw_path end
    )) as past
    where present.changed_at > sluice_past.moment()
      and (last.revision is not null or next.revision > 2
        or (next.revision = 2 and coalesce((next.created->>'at')::timestamptz, '-infinity') <= sluice_past.moment()))
    offset 0
  ) as past`;

/**
 * Each view has the name and the columns of a table of synced objects, with the state of each object at the moment in
 * the setting `sluice.as_of`: a statement reads the past when `sluice_past` comes before `sluice` in the search path.
 */
const VIEWS = `
  do $do$
  declare
    each text;
    columns text;
    computed text;
  begin
    foreach each in array array[${listOf(TABLES)}] loop
      select string_agg(case when attname in (${listOf(CONSTANT)}) then format('present.%1$I', attname)
          else format('case when past.revision is null then present.%1$I else past.%1$I end as %1$I', attname) end, ', '
          order by attnum),
        string_agg(case when attgenerated = '' then quote_ident(attname)
          else format('%s as %I', pg_get_expr(adbin, adrelid), attname) end, ', ' order by attnum)
      into columns, computed
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = ('sluice.' || each)::regclass and attnum > 0 and not attisdropped;
      execute format('create view sluice_past.%1$I with (security_invoker = true) as select %2$s
        from sluice.%1$I as present left join lateral (' || format($state$${STATE}$state$, computed) || ') as past on true
        where present.changed_at <= sluice_past.moment() or past.revision is not null', each, columns);
      execute format('grant select on sluice_past.%I to sluice_app', each);
    end loop;
  end $do$`;

/** Past states of synced objects. A later migration that adds a column to one of the tables creates its view again. */
export const pastStates: Migration = {
  async up(db) {
    const statements = [
      "drop schema if exists sluice_past cascade", // left where only the schema `sluice` was dropped, to begin again
      "create schema sluice_past",
      "grant usage on schema sluice_past to sluice_app",
      MOMENT,
      BEGAN_AT,
      VIEWS,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
