import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** As in 0020, for sources of the settings file too: only the account of a connected one is found by the database. */
const FOLLOW_SOURCE = `create or replace function sluice.follow_source() returns trigger language plpgsql security definer
     set search_path = sluice, pg_temp as $$
   begin
     insert into source_schedules as existing (source_id, tenant_id, schedule_seconds, poll_due_at, check_due_at,
       platform, account_hash)
     values (new.id, new.tenant_id, new.schedule_seconds, case when new.schedule_seconds is not null then now() end,
       case when new.webhook_received_at is not null then now() end,
       case when new.account_hash is not null then new.platform end, new.account_hash)
     on conflict (source_id) do update set
       tenant_id = excluded.tenant_id,
       schedule_seconds = excluded.schedule_seconds,
       poll_due_at = case when excluded.schedule_seconds is null then null
         else least(coalesce(existing.poll_due_at, now()), now() + excluded.schedule_seconds * interval '1 second') end,
       check_due_at = case when new.disconnected_at is null then coalesce(existing.check_due_at, excluded.check_due_at) end,
       platform = excluded.platform,
       account_hash = excluded.account_hash,
       version = existing.version + 1
     where existing.tenant_id = excluded.tenant_id or new.origin <> 'CONNECTED';
     if not found then
       raise exception 'the id of the source is in use' using errcode = 'unique_violation', constraint = 'source_id_in_use';
     end if;
     return null;
   end $$`;

/**
 * `sources.platform` of every source of a platform, those of the settings file included, so that lists can be filtered
 * by it. Those have no `account_hash`: their accounts are compared when the file is read.
 */
export const platformOfSources: Migration = {
  async up(db) {
    const statements = [
      "alter table sluice.sources drop constraint sources_platform_check",
      `alter table sluice.sources add constraint sources_platform_check
         check (account_hash is null or platform is not null) not valid`,
      FOLLOW_SOURCE,
      "grant select (platform), insert (platform), update (platform) on sluice.sources to sluice_work",
      ...[
        ["", "id"],
        ["_newest", "registered_at desc, id desc"],
      ].map(
        ([suffix, order]) =>
          `create index sources_by_platform${suffix} on sluice.sources (tenant_id, platform, ${order}) where platform is not null`,
      ),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
