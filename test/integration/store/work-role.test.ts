import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let admin: pg.Client;
beforeAll(async () => {
  store = await useStore();
  admin = new pg.Client(store.connection);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await store[Symbol.asyncDispose]();
});

/** All that the role may read or write beside the schedules: ids, states, due times and leases. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  alert_endpoints: ["due_at", "id", "key_id", "lease_until", "status", "tenant_id"],
  alert_positions: ["seq", "tenant_id"],
  alerts: ["status", "tenant_id"],
  api_keys: ["hash", "id", "revoked_at", "tenant_id"],
  audit_entries: ["hash", "sequence", "tenant_id"],
  // It signs the heads of all tenants, so it adds rows; it may read the first two columns alone.
  audit_heads: ["sequence", "tenant_id", "hash", "public_key", "reason", "signature", "signed_at"].toSorted(),
  callback_subscriptions: ["lease_until", "tenant_id"],
  change_feeds: [
    "lease_owner",
    "lease_token",
    "lease_until",
    "next_attempt_at",
    "source_id",
    "streams",
    "tenant_id",
    "via",
  ],
  deliveries: ["next_attempt_at", "source_id", "status", "tenant_id"],
  event_heads: ["head", "tenant_id"],
  files: ["lease_until", "next_attempt_at", "source_id", "status", "tenant_id"],
  findings: ["cause", "closed_at", "kind", "tenant_id"],
  invariant_progress: ["checked_seq", "tenant_id"],
  evidence_packs: ["created_at", "id", "lease_until", "status", "tenant_id"],
  payout_match_progress: ["first_reads_over", "has_file_routes", "routes_hash", "seq", "sweep_type", "tenant_id"],
  reconciliation_items: ["due_on", "state", "tenant_id"],
  recorded_configurations: ["fingerprint", "source_id", "tenant_id"],
  refetches: ["lease_until", "next_attempt_at", "source_id", "tenant_id"],
  source_erasures: ["finished_at", "lease_until", "source_id", "started_at", "tenant_id"],
  source_health: ["source_id", "state", "tenant_id"],
  source_settings: ["key_id", "source_id", "tenant_id"],
  sources: [
    "access_ends_at",
    "connector",
    "credential",
    "credentials_expire_at",
    "disconnected_at",
    "id",
    "last_success_at",
    "origin",
    "paused",
    "platform",
    "platform_hash",
    "schedule_seconds",
    "status",
    "status_since",
    "tenant_id",
    "unconfigured_since",
    "webhook_received_at",
    "webhook_silent_since",
  ],
  stream_refresh_requests: ["requested_at", "source_id", "tenant_id"],
  stream_states: ["lease_owner", "lease_token", "lease_until", "source_id", "stream", "tenant_id"],
  sync_run_streams: ["next_attempt_at", "run_id", "source_id", "status", "stream", "tenant_id"],
  sync_runs: ["cancel_requested", "id", "mode", "tenant_id"],
  unconfirmed_breaches: ["tenant_id"],
};
const WORK_TABLES = ["health_schedules", "periodic_jobs", "source_schedules"];

describe("the role that finds work", () => {
  test("sees ids, states, due times and leases of work, and no data of a tenant", async () => {
    const { rows } = await admin.query<{ table_name: string; columns: string[] }>(
      `select table_name, array_agg(distinct column_name::text order by column_name::text) as columns
       from information_schema.column_privileges where grantee = 'sluice_work' and table_schema = 'sluice'
       group by table_name order by table_name`,
    );
    const readable = Object.fromEntries(rows.map((row) => [row.table_name, row.columns]));
    for (const table of WORK_TABLES) delete readable[table];
    expect(readable).toEqual(ALLOWED);
  });

  test("can neither read what a delivery contains nor delete anything", async () => {
    await expect(store.db.acrossTenants("select content_hash from deliveries")).rejects.toThrow("permission denied");
    await expect(store.db.acrossTenants("select * from payments")).rejects.toThrow("permission denied");
    await expect(store.db.acrossTenants("delete from source_schedules")).rejects.toThrow("permission denied");
    await expect(store.db.acrossTenants("update sources set status = 'PAUSED'")).rejects.toThrow("permission denied");
  });

  test.each(WORK_TABLES)("is the only one that reads %s: a transaction of a tenant cannot", async (table) => {
    const read = store.db.read("acme", (tx) => tx.query(`select * from ${table}`));
    await expect(read).rejects.toThrow("permission denied");
    expect(await store.db.acrossTenants(`select count(*)::integer as n from ${table}`)).toEqual([
      { n: expect.any(Number) },
    ]);
  });

  test("holds for one statement: the next transaction of the connection is a tenant's again", async () => {
    await store.db.acrossTenants("select 1");
    const roles = await Promise.all(
      Array.from({ length: 20 }, () => store.db.read("acme", (tx) => tx.query("select current_user::text as role"))),
    );
    expect(new Set(roles.map(([row]) => row?.["role"]))).toEqual(new Set(["sluice_app"]));
    expect(await store.db.acrossTenants("select current_user::text as role")).toEqual([{ role: "sluice_work" }]);
  });
});

describe("schedules follow the sources", () => {
  const schedule = (id: string) =>
    store.db.acrossTenants<Record<string, unknown>>(
      `select tenant_id, schedule_seconds, poll_due_at is not null as polled, check_due_at is not null as checked, version
       from source_schedules where source_id = $1`,
      [id],
    );
  const asTenant = (text: string, tenantId = "acme") => store.db.transaction(tenantId, (tx) => tx.query(text));

  test("in the transaction that registers, changes or deletes one", async () => {
    await asTenant(`insert into sources (tenant_id, id, connector, status, status_since, schedule_seconds)
      values ('acme', 's1', 'stripe', 'ACTIVE', now(), 300)`);
    const first = { tenant_id: "acme", schedule_seconds: 300, polled: true, checked: false, version: 1n };
    expect(await schedule("s1")).toEqual([first]);
    await asTenant("update sources set failures = 3 where id = 's1'");
    expect(await schedule("s1")).toEqual([first]);
    await asTenant("update sources set webhook_received_at = now() where id = 's1'");
    expect(await schedule("s1")).toEqual([{ ...first, checked: true }]);
    await asTenant("update sources set schedule_seconds = null where id = 's1'");
    expect(await schedule("s1")).toEqual([
      { ...first, schedule_seconds: null, polled: false, checked: true, version: 2n },
    ]);
    await asTenant("delete from sources where id = 's1'");
    expect(await schedule("s1")).toEqual([]);
  });

  test("and an id that another tenant had belongs to the tenant that registered it last", async () => {
    const insert = (tenantId: string) =>
      asTenant(
        `insert into sources (tenant_id, id, connector, status, status_since) values ('${tenantId}', 's2', 'stripe', 'ACTIVE', now())`,
        tenantId,
      );
    await insert("acme");
    await insert("umbrella");
    expect(await schedule("s2")).toMatchObject([{ tenant_id: "umbrella" }]);
    await asTenant("delete from sources where id = 's2'"); // of the tenant that had it before
    expect(await schedule("s2")).toMatchObject([{ tenant_id: "umbrella" }]);
  });
});
