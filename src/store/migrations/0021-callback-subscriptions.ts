import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Subscriptions whose events are sent to a gateway by HTTP callback. `sealed` is the verifier with which the gateway
 * recognises us, encrypted like the credentials of sources. `cursor` is the position up to which the gateway has
 * accepted everything; null until it has accepted the first message. Variables are text, because JSON may contain
 * characters that PostgreSQL's own type refuses.
 */
const COLUMNS = `tenant_id text not null, id text not null, subject text not null, scopes text[] not null,
  expires_at timestamptz, callback_url text not null, subscription_id text not null, heartbeat_ms integer not null,
  sealed bytea not null, wrapped_key bytea not null, key_id text not null,
  query text not null, operation_name text, variables text not null, cursor text,
  created_at timestamptz not null default now(),
  lease_owner text, lease_token bigint not null default 1, lease_until timestamptz,
  primary key (tenant_id, id), unique (tenant_id, callback_url)`;

export const callbackSubscriptions: Migration = {
  async up(db) {
    const statements = [
      `create table sluice.callback_subscriptions (${COLUMNS})`,
      "alter table sluice.callback_subscriptions enable row level security",
      "alter table sluice.callback_subscriptions force row level security",
      `create policy tenant_isolation on sluice.callback_subscriptions
         using (tenant_id = current_setting('sluice.tenant', true))
         with check (tenant_id = current_setting('sluice.tenant', true))`,
      "grant select, insert, update, delete on sluice.callback_subscriptions to sluice_app",
      "grant select (tenant_id, lease_until) on sluice.callback_subscriptions to sluice_work",
      "create policy work_search on sluice.callback_subscriptions for select to sluice_work using (true)",
      "create index callback_subscriptions_due on sluice.callback_subscriptions (lease_until nulls first)",
      "create index callback_subscriptions_by_subject on sluice.callback_subscriptions (tenant_id, subject)",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
