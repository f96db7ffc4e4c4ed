import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Keys with which services call the graph. `hash` is SHA-256 of the key, whose text is never stored; `preview` is its
 * beginning. A key that was revoked or has expired stays, so that it remains known who had access.
 */
const COLUMNS = `tenant_id text not null, id text not null, name text not null, hash bytea not null,
  preview text not null, scopes text[] not null, created_at timestamptz not null default now(),
  created_by text not null, expires_at timestamptz not null, revoked_at timestamptz, revoked_by text,
  last_used_at timestamptz, primary key (tenant_id, id), unique (hash)`;

export const apiKeys: Migration = {
  async up(db) {
    const statements = [
      `create table sluice.api_keys (${COLUMNS})`,
      "alter table sluice.api_keys enable row level security",
      "alter table sluice.api_keys force row level security",
      `create policy tenant_isolation on sluice.api_keys
         using (tenant_id = current_setting('sluice.tenant', true))
         with check (tenant_id = current_setting('sluice.tenant', true))`,
      "grant select, insert, delete on sluice.api_keys to sluice_app",
      "grant update (revoked_at, revoked_by, last_used_at) on sluice.api_keys to sluice_app", // a key never gets more scopes
      // Finds the tenant of a key, and the keys of open connections that were revoked.
      "grant select (tenant_id, id, hash, revoked_at) on sluice.api_keys to sluice_work",
      "create policy work_search on sluice.api_keys for select to sluice_work using (true)",
      "create index api_keys_newest on sluice.api_keys (tenant_id, created_at desc nulls last, id desc nulls last)",
      // The key of the caller whose subscription it is: it ends when the key is revoked.
      "alter table sluice.callback_subscriptions add column api_key_id text",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
