import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // Progress of checking a tenant's changes: number of the last checked event.
  invariant_progress: "tenant_id text not null primary key, checked_seq bigint not null",
  // A rule that was violated, until that is confirmed or the object is consistent again.
  unconfirmed_breaches: `tenant_id text not null, kind text not null, subject_id text not null, source_id text not null,
    first_seen_at timestamptz not null, primary key (tenant_id, subject_id, kind)`,
};

const isolated = (table: string): readonly string[] => [
  `alter table sluice.${table} enable row level security`,
  `alter table sluice.${table} force row level security`,
  `create policy tenant_isolation on sluice.${table}
     using (tenant_id = current_setting('sluice.tenant', true))
     with check (tenant_id = current_setting('sluice.tenant', true))`,
  `grant select, insert, update, delete on sluice.${table} to sluice_app`,
];

export const invariants: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...Object.keys(TABLES).flatMap(isolated),
      "create index findings_open on sluice.findings (tenant_id, kind, opened_at) where closed_at is null",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
