import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * As in 0019, with the account that a source reads at its platform. An account of a platform has one source over all
 * tenants: the unique index refuses a second one.
 */
const FOLLOW_SOURCES: readonly string[] = [
  `create or replace function sluice.follow_source() returns trigger language plpgsql security definer
     set search_path = sluice, pg_temp as $$
   begin
     insert into source_schedules as existing (source_id, tenant_id, schedule_seconds, poll_due_at, check_due_at,
       platform, account_hash)
     values (new.id, new.tenant_id, new.schedule_seconds, case when new.schedule_seconds is not null then now() end,
       case when new.webhook_received_at is not null then now() end, new.platform, new.account_hash)
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
   end $$`,
  "drop trigger follow_source on sluice.sources",
  `create trigger follow_source after insert or update of connector, schedule_seconds, credential, platform, account_hash
     on sluice.sources for each row execute function sluice.follow_source()`,
];

/**
 * Sources of a platform that are connected while the service runs. `platform` is its id in the settings file, and
 * `account_hash` a keyed hash of the account that the source reads there (src/sources/connected/account-hash.ts): both
 * are null for other sources and for those that are disconnected. By the copies in `source_schedules` a webhook at the
 * platform's address finds its source.
 */
export const platformSources: Migration = {
  async up(db) {
    const statements = [
      "alter table sluice.source_settings add column platform text",
      ...["sources", "source_schedules"].flatMap((table) => [
        `alter table sluice.${table} add column platform text, add column account_hash bytea`,
        `alter table sluice.${table} add constraint ${table}_platform_check
           check ((platform is null) = (account_hash is null)) not valid`,
      ]),
      `create unique index source_schedules_platform_account on sluice.source_schedules (platform, account_hash)
         where platform is not null`,
      ...FOLLOW_SOURCES,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
