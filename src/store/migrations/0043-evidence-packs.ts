import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // Archives for auditors. One that is being written has a lease. `written` counts its rows, for the progress.
  evidence_packs: `tenant_id text not null, id text not null, from_at timestamptz not null, to_at timestamptz not null,
    source_ids text[], finding_id text, idempotency_key text, created_by text not null, created_at timestamptz not null,
    status text not null, written bigint not null default 0, attempts integer not null default 0, size bigint,
    sha256 text, error_code text, finished_at timestamptz, expires_at timestamptz, lease_owner text,
    lease_token bigint not null default 0, lease_until timestamptz, primary key (tenant_id, id),
    unique (tenant_id, idempotency_key),
    constraint evidence_packs_status_check check (status in ('QUEUED', 'READY', 'FAILED', 'CANCELED'))`,
  evidence_chunks: `tenant_id text not null, pack_id text not null, seq integer not null, bytes bytea not null,
    primary key (tenant_id, pack_id, seq)`,
};

function isolated(table: string): readonly string[] {
  return [
    `alter table sluice.${table} enable row level security`,
    `alter table sluice.${table} force row level security`,
    `create policy tenant_isolation on sluice.${table}
       using (tenant_id = current_setting('sluice.tenant', true))
       with check (tenant_id = current_setting('sluice.tenant', true))`,
    `grant select, insert, update, delete on sluice.${table} to sluice_app`,
  ];
}

/** Archives that an auditor can check without Sluice, and the bytes of each. */
export const evidencePacks: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...Object.keys(TABLES).flatMap(isolated),
      // It is compressed already, or read once.
      "alter table sluice.evidence_chunks alter column bytes set storage external",
      "grant select (tenant_id, id, status, created_at, lease_until) on sluice.evidence_packs to sluice_work",
      "create policy work_search on sluice.evidence_packs for select to sluice_work using (true)",
      "create index evidence_packs_due on sluice.evidence_packs (created_at) where status = 'QUEUED'",
      "create index evidence_packs_newest on sluice.evidence_packs (tenant_id, created_at desc nulls last, id desc nulls last)",
      "create index evidence_packs_by_age on sluice.evidence_packs (tenant_id, finished_at, id)",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
