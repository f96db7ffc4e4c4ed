import type { Migration } from "kysely/migration";
import { sql } from "kysely";

/**
 * One row per credential and bucket; the bucket `concurrency` also holds each replica's part. The rows belong to the
 * instance, not to a tenant: a credential may serve several tenants, and its name here is a hash. Times are epoch
 * milliseconds of the server's clock, which every lease calculates with.
 */
const STATEMENTS: readonly string[] = [
  `create table sluice.budget_buckets (
    credential text not null, bucket text not null, declared float8,
    next_turn_ms float8 not null default 0, reserve_ms float8 not null default 0,
    rate float8, rate_at_ms float8 not null default 0, ceiling float8, refused_at_ms float8 not null default 0,
    pace_rate float8, pace_until_ms float8 not null default 0,
    closed_until_ms float8 not null default 0, closed_reason text, replicas jsonb not null default '{}',
    primary key (credential, bucket)
  ) with (fillfactor = 50)`,
  "alter table sluice.sources add column credential text",
  "grant select, insert, update, delete on sluice.budget_buckets to sluice_app",
];

export const budgets: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
