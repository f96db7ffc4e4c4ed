import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Members of the body that lists are filtered by. They are computed from it, so that they cannot differ from it. */
const MEMBERS: Readonly<Record<string, string>> = {
  phase: "'phase'",
  action: "'action'",
  outcome: "'outcome'",
  principal: "'principal' ->> 'subject'",
  subject_type: "'subject' ->> 'type'",
  subject_id: "'subject' ->> 'id'",
};

function generated(): string {
  return Object.entries(MEMBERS)
    .map(([column, path]) => {
      const steps = path.split(" ->> ");
      const own = `body::jsonb ${steps.map((step, n) => `${n === steps.length - 1 ? "->>" : "->"} ${step}`).join(" ")}`;
      return `${column} text generated always as (${own}) stored`;
    })
    .join(", ");
}

/**
 * Who did what. The service may insert `tenant_id` and `body` alone; a trigger numbers the row, dates it and computes
 * its hash from the row before, so that no writer can break the chain. `docs/evidence.md` has the encoding.
 */
const ENTRIES = `create table sluice.audit_entries (tenant_id text not null, sequence bigint not null,
  recorded_at timestamptz not null, body text not null check (octet_length(body) <= 131072),
  previous_hash bytea not null, hash bytea not null, ${generated()}, primary key (tenant_id, sequence))`;

/**
 * Heads of the chains with their signatures. One with the reason RETENTION allows that older rows are deleted; such a
 * head is kept forever.
 */
const HEADS = `create table sluice.audit_heads (tenant_id text not null, sequence bigint not null, hash bytea not null,
  signed_at timestamptz not null, reason text not null check (reason in ('SCHEDULE', 'EXPORT', 'RETENTION')),
  public_key bytea not null check (octet_length(public_key) = 32),
  signature bytea not null check (octet_length(signature) = 64),
  primary key (tenant_id, sequence, reason, signed_at))`;

/**
 * Writers of one tenant wait for each other from here to the end of their transactions; each then reads the row before,
 * because a statement of a function sees what was committed before it. In a transaction that repeats its reads it does
 * not, and the primary key refuses the second row.
 */
const CHAIN = `create function sluice.chain_audit_entry() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
  declare last record; at_micros bigint;
  begin
    perform pg_advisory_xact_lock(hashtextextended('sluice audit ' || new.tenant_id, 0));
    select sequence, recorded_at, hash into last from sluice.audit_entries
      where tenant_id = new.tenant_id order by sequence desc limit 1;
    new.sequence := coalesce(last.sequence, 0) + 1;
    new.recorded_at := greatest(clock_timestamp(), last.recorded_at);
    new.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    at_micros := (extract(epoch from new.recorded_at) * 1000000)::bigint;
    new.hash := sha256(convert_to(E'sluice-audit-v1\\n', 'UTF8') || new.previous_hash || int8send(new.sequence)
      || int8send(at_micros) || int4send(octet_length(new.tenant_id)) || convert_to(new.tenant_id, 'UTF8')
      || int4send(octet_length(new.body)) || convert_to(new.body, 'UTF8'));
    return new;
  end $$`;

/** A head is one that the chain has. */
const CHECK_HEAD = `create function sluice.check_audit_head() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$ begin
    if not exists (select from sluice.audit_entries
        where tenant_id = new.tenant_id and sequence = new.sequence and hash = new.hash) then
      raise exception 'the audit trail has no row with this number and hash' using errcode = 'check_violation';
    end if;
    return new;
  end $$`;

/** Binds the owner of the tables too. Rows before a head that was signed for retention may be deleted. */
const REFUSE = `create function sluice.refuse_audit_change() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$ begin
    if tg_op = 'DELETE' and exists (select from sluice.audit_heads where tenant_id = old.tenant_id
        and reason = 'RETENTION' and sequence > old.sequence)
      and not (tg_table_name = 'audit_heads' and (to_jsonb(old) ->> 'reason') = 'RETENTION') then
      return old;
    end if;
    raise exception 'rows of the audit trail are never changed or deleted' using errcode = 'insufficient_privilege';
  end $$`;

/** The service itself may delete nothing: this deletes what a signed head allows, of the transaction's own tenant. */
const CUT = `create function sluice.cut_audit_trail(before_sequence bigint, maximum integer) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare tenant text := current_setting('sluice.tenant'); deleted bigint;
  begin
    delete from sluice.audit_entries where tenant_id = tenant and sequence = any(array(
      select sequence from sluice.audit_entries where tenant_id = tenant and sequence < before_sequence
      order by sequence limit maximum));
    get diagnostics deleted = row_count;
    delete from sluice.audit_heads where tenant_id = tenant and sequence < before_sequence and reason <> 'RETENTION';
    return deleted;
  end $$`;

function guarded(table: string, check: string): readonly string[] {
  return [
    `alter table sluice.${table} enable row level security`,
    `alter table sluice.${table} force row level security`,
    `create policy tenant_isolation on sluice.${table}
       using (tenant_id = current_setting('sluice.tenant', true))
       with check (tenant_id = current_setting('sluice.tenant', true))`,
    `grant select on sluice.${table} to sluice_app`,
    `create trigger ${table}_checked before insert on sluice.${table} for each row execute function sluice.${check}()`,
    `create trigger ${table}_append_only before update or delete on sluice.${table} for each row
       execute function sluice.refuse_audit_change()`,
    `create trigger ${table}_never_truncated before truncate on sluice.${table} for each statement
       execute function sluice.refuse_audit_change()`,
  ];
}

/**
 * Keys that sign heads. The private key is encrypted with a data key of its own, which the master key of the process
 * encrypts; without a master key it is stored as it is, and `key_id` is null. The newest one signs.
 */
const KEYS: readonly string[] = [
  `create table sluice.audit_signing_keys (generation integer primary key, public_key bytea not null,
     private_key bytea not null, wrapped_key bytea, key_id text, created_at timestamptz not null default now())`,
  "grant select, insert on sluice.audit_signing_keys to sluice_app",
  "grant update (wrapped_key, key_id) on sluice.audit_signing_keys to sluice_app",
];

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

/** Sources of the settings file as they were at the last start, so that their changes are recorded. */
const CONFIGURED: readonly string[] = [
  `create table sluice.recorded_configurations (tenant_id text not null, source_id text not null,
     fingerprint text not null, state jsonb not null, primary key (tenant_id, source_id))`,
  "alter table sluice.recorded_configurations enable row level security",
  "alter table sluice.recorded_configurations force row level security",
  `create policy tenant_isolation on sluice.recorded_configurations
     using (tenant_id = current_setting('sluice.tenant', true))
     with check (tenant_id = current_setting('sluice.tenant', true))`,
  `create policy source_not_erased on sluice.recorded_configurations as restrictive to sluice_app using (true)
     with check (coalesce(not source_id = any (${ERASED}), true))`,
  "grant select, insert, update, delete on sluice.recorded_configurations to sluice_app",
  "grant select (tenant_id, source_id, fingerprint) on sluice.recorded_configurations to sluice_work",
  "create policy work_search on sluice.recorded_configurations for select to sluice_work using (true)",
];

/** The newest are read first. */
const INDEXES: readonly string[] = [
  "create index audit_entries_by_action on sluice.audit_entries (tenant_id, action, sequence)",
  "create index audit_entries_by_principal on sluice.audit_entries (tenant_id, principal, sequence)",
  "create index audit_entries_by_subject on sluice.audit_entries (tenant_id, subject_id, sequence)",
  "create index audit_entries_by_subject_type on sluice.audit_entries (tenant_id, subject_type, sequence)",
  "create index audit_entries_by_outcome on sluice.audit_entries (tenant_id, outcome, sequence)",
  "create index audit_entries_by_time on sluice.audit_entries (tenant_id, recorded_at, sequence)",
];

/** Records who did what, so that nobody can change it unnoticed. */
export const auditTrail: Migration = {
  async up(db) {
    const statements = [
      ENTRIES,
      HEADS,
      CHAIN,
      CHECK_HEAD,
      REFUSE,
      CUT,
      ...guarded("audit_entries", "chain_audit_entry"),
      ...guarded("audit_heads", "check_audit_head"),
      "grant insert (tenant_id, body) on sluice.audit_entries to sluice_app",
      "grant insert on sluice.audit_heads to sluice_app",
      "revoke all on function sluice.cut_audit_trail(bigint, integer) from public",
      "grant execute on function sluice.cut_audit_trail(bigint, integer) to sluice_app",
      // Finds the tenants whose chain has grown.
      "grant select (tenant_id, sequence) on sluice.audit_entries, sluice.audit_heads to sluice_work",
      "create policy work_search on sluice.audit_entries for select to sluice_work using (true)",
      "create policy work_search on sluice.audit_heads for select to sluice_work using (true)",
      ...KEYS,
      ...CONFIGURED,
      ...INDEXES,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
