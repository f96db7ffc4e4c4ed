import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { environmentSchema } from "../../../src/config/environment.ts";
import { RETENTION_SETTINGS, retentionDaysOf } from "../../../src/config/retention-days.ts";
import { apply } from "../../../src/ingest/apply/apply.ts";
import { encodePayloads } from "../../../src/ingest/apply/encode-payloads.ts";
import { EXPIRING_PAYLOADS, payloadRetention } from "../../../src/ingest/apply/retention.ts";
import { runRetention } from "../../../src/ingest/runs/retention.ts";
import { retentionsOf } from "../../../src/parts/retention.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { deleteOldRows } from "../../../src/store/delete-old-rows.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import { expiringRows, type RetentionRule } from "../../../src/store/retention.ts";
import { ageRows } from "../../helpers/age-rows.ts";
import { tableUnder } from "../../helpers/documents.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const DAYS = retentionDaysOf(environmentSchema.parse({}), false);

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
beforeEach(async () => {
  for (const table of ["parties", "raw_payloads", "sync_runs", "sync_run_streams"]) await query(`delete from ${table}`);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

function query<Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return store.db.transaction(TENANT, (tx) => tx.query<Row>(text, values));
}

/** Number of sessions of this database that wait for such a lock: other test files use the same server. */
async function waitingFor(lock: string): Promise<number> {
  const [row] = await store.db.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_locks join pg_stat_activity using (pid)
     where datname = current_database() and not granted and ${lock}`,
  );
  return row?.waiting ?? 0;
}

const sweep = (rule: RetentionRule, days: number, batchSize?: number) =>
  deleteOldRows({
    db: store.db,
    tenantId: TENANT,
    retentions: [{ rule, days }],
    ...(batchSize !== undefined && { batchSize }),
  });

/** Applies a state of a party that was read from `body`, as a poll does. */
async function poll(tx: Transaction, externalId: string, version: bigint, body: string): Promise<void> {
  const raw = { payload: { bytes: new TextEncoder().encode(body), mediaType: "application/json" }, path: "" };
  const message = { ...partyMessage(externalId, `name ${version}`, at(version)), raw };
  const items = [{ message, deliveryId: undefined }];
  const payloads = await encodePayloads(items);
  const rest = { runId: undefined, renames: [], requestedAt: undefined } as const;
  await apply(tx, { sourceId: "main", via: "POLL", items, payloads, ...rest });
}

test("a tenant without old rows takes one transaction, and one with more than a batch some more", async () => {
  let transactions = 0;
  const counting: typeof store.db = {
    ...store.db,
    transaction: (tenantId, work) => {
      transactions += 1;
      return store.db.transaction(tenantId, work);
    },
  };
  const retentions = retentionsOf(DAYS);
  expect(await deleteOldRows({ db: counting, tenantId: TENANT, retentions })).toEqual({});
  expect(transactions).toBe(1);
  await query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, finished_at, event_seq)
     select $1, 'old_' || n, 'main', 'INCREMENTAL', 'SCHEDULE', 'SUCCEEDED', now() - interval '900 days', now() - interval '900 days', 0
     from generate_series(1, 700) n`,
    [TENANT],
  );
  expect(await deleteOldRows({ db: counting, tenantId: TENANT, retentions })).toEqual({ sync_runs: 699 }); // the last run of a source is kept
  expect(transactions).toBeLessThanOrEqual(1 + 8);
});

const pollAlone = (externalId: string, version: bigint, body: string) =>
  store.db.transaction(TENANT, (tx) => poll(tx, externalId, version, body));

const bodies = async () =>
  (await query<{ bytes: Buffer }>("select bytes from raw_payloads")).map(({ bytes }) => bytes.toString()).toSorted();

/** Old bytes of a party that now has a newer state. */
async function leaveOldBytes(): Promise<void> {
  await pollAlone("p", 1n, "old");
  await pollAlone("p", 2n, "new");
  await ageRows(store.db, TENANT, 40);
  expect(await bodies()).toEqual(["new", "old"]);
}

describe("the documented retention", () => {
  const retained = tableUnder("docs/operations.md", "Retention").filter((row) => row.length === 5);
  const kept = tableUnder("docs/operations.md", "Retention").filter((row) => row.length === 2);
  const namesIn = (cell = "") => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? "");

  test("names each table of the database once: as deleted by age, or with the reason why its rows are kept", async () => {
    const client = new pg.Client(store.connection);
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'sluice' and table_type = 'BASE TABLE' and table_name !~ '^delivery_bodies_\\d+$'`,
    );
    await client.end();
    const documented = [...retained, ...kept].flatMap(([cell]) => namesIn(cell));
    expect(documented.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  test("gives the rules, periods and settings of the service", () => {
    const settings = environmentSchema.parse({});
    const periods = (isDemo: boolean) =>
      retentionsOf(retentionDaysOf(settings, isDemo)).map(({ rule, days }) => [rule.tables.join(" "), days]);
    // These two have no rule: one is deleted by whole weeks, the other one behind a signed head.
    const documented = retained.filter(([cell]) => !/`(?:delivery_bodies|audit_entries)`/.test(cell ?? ""));
    const column = (place: number) => documented.map((row) => [namesIn(row[0]).join(" "), Number(row[place])]);
    expect(column(1)).toEqual(periods(false));
    expect(column(2)).toEqual(periods(true));
    const named = retained.flatMap((row) => namesIn(row[3]));
    expect(new Set(named)).toEqual(new Set(Object.values(RETENTION_SETTINGS)));
    for (const [, days, demo, setting] of retained) {
      const name = namesIn(setting)[0];
      const kind = Object.entries(RETENTION_SETTINGS).find(([, known]) => known === name)?.[0] as keyof typeof DAYS;
      if (name === undefined) continue;
      expect([name, DAYS[kind], retentionDaysOf(settings, true)[kind]]).toEqual([name, Number(days), Number(demo)]);
      expect(retentionDaysOf(environmentSchema.parse({ [name]: "77" }), true)[kind]).toBe(77);
    }
  });
});

describe("bytes that nothing refers to", () => {
  test("are deleted after their period, others are not", async () => {
    await leaveOldBytes();
    await pollAlone("q", 1n, "young");
    await pollAlone("q", 2n, "newest");
    expect(await sweep(payloadRetention, 41)).toEqual({});
    expect(await sweep(payloadRetention, 30)).toEqual({ raw_payloads: 1 });
    expect(await bodies()).toEqual(["new", "newest", "young"]);
  });

  test("are skipped without waiting while a transaction that is not committed yet refers to them again", async () => {
    await leaveOldBytes();
    await store.db.transaction(TENANT, async (tx) => {
      await poll(tx, "p", 3n, "old");
      expect(await sweep(payloadRetention, 30)).toEqual({});
    });
    expect(await sweep(payloadRetention, 30)).toEqual({ raw_payloads: 1 });
    expect(await bodies()).toEqual(["old"]);
  });

  test("are stored again by a transaction that refers to them while they are being deleted", async () => {
    await leaveOldBytes();
    let writing: Promise<void> | undefined;
    await store.db.transaction(TENANT, async (tx) => {
      expect(await payloadRetention.deleteBatch(tx, { days: 30, after: undefined, limit: undefined })).toMatchObject({
        deleted: 1,
      });
      writing = pollAlone("p", 3n, "old");
      await eventually("the writer to wait for the lock", async () => {
        return (await waitingFor("locktype = 'transactionid'")) > 0;
      });
    });
    await writing;
    expect(await bodies()).toEqual(["new", "old"]);
  });

  test("are kept when a transaction that refers to them commits after the deletion has looked for references", async () => {
    await leaveOldBytes();
    // Evaluated after the references and before the lock; it waits for the writer.
    const isUnneeded = `${EXPIRING_PAYLOADS.isUnneeded} and pg_advisory_xact_lock_shared(115) is not null`;
    const slow = expiringRows({ ...EXPIRING_PAYLOADS, isUnneeded });
    let deleting: Promise<unknown> | undefined;
    await store.db.transaction(TENANT, async (gate) => {
      await gate.query("select pg_advisory_xact_lock(115)");
      deleting = sweep(slow, 30);
      await eventually("the deletion to have looked", async () => {
        return (await waitingFor("locktype = 'advisory' and objid = 115")) > 0;
      });
      await pollAlone("p", 3n, "old");
    });
    expect(await deleting).toEqual({});
    expect(await bodies()).toEqual(["new", "old"]);
  });
});

/** Ended runs of a source, a minute apart, the oldest first. */
async function addRuns(count: number, sourceId = "main", status = "SUCCEEDED"): Promise<void> {
  await query(
    `with made as (select 'run_' || $2 || $3 || lpad(n::text, 6, '0') as id, n from generate_series(1, $1::int) as n),
     runs as (
       insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, finished_at, event_seq)
       select 'acme', id, $2, 'INCREMENTAL', 'SCHEDULE', $3, now(), now() - interval '40 days' + n * interval '1 minute', 0
       from made)
     insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at, finished_at)
     select 'acme', id, stream, $2, $3, now(), now() from made, unnest(array['a', 'b']) as stream`,
    [count, sourceId, status],
  );
}

const countOf = async (table: string) =>
  (await query<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count;

describe("old runs", () => {
  test("are deleted with their streams by several processes at the same time, each once; the newest of each result stays", async () => {
    await addRuns(900);
    await addRuns(100, "main", "FAILED");
    await addRuns(100, "other");
    const swept = await Promise.all(Array.from({ length: 3 }, () => sweep(runRetention, 30, 50)));
    const left = await sweep(runRetention, 30); // what one had locked, another has skipped
    const deleted = [...swept, left].reduce((sum, counts) => sum + (counts["sync_runs"] ?? 0), 0);
    expect(deleted).toBe(1_097);
    expect(await query("select source_id, status, right(id, 6) as n from sync_runs order by 1, 2")).toEqual([
      { source_id: "main", status: "FAILED", n: "000100" },
      { source_id: "main", status: "SUCCEEDED", n: "000900" },
      { source_id: "other", status: "SUCCEEDED", n: "000100" },
    ]);
    expect(await countOf("sync_run_streams")).toBe(6);
  });

  test("that another transaction has locked are skipped without waiting", async () => {
    await addRuns(10);
    await store.db.transaction(TENANT, async (tx) => {
      await tx.query("select 1 from sync_runs where right(id, 6) in ('000002', '000005') for update");
      expect(await sweep(runRetention, 30, 3)).toEqual({ sync_runs: 7 });
    });
    expect(await sweep(runRetention, 30, 3)).toEqual({ sync_runs: 2 });
  });

  test("that have not ended are kept, whatever their age", async () => {
    await addRuns(2);
    await query(
      `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
       values ('acme', 'run_open', 'main', 'FULL', 'REQUEST', 'RUNNING', now() - interval '400 days', 0)`,
    );
    expect(await sweep(runRetention, 30)).toEqual({ sync_runs: 1 });
    expect(await query("select id from sync_runs where status = 'RUNNING'")).toEqual([{ id: "run_open" }]);
  });
});

/** Rows of each table from which old ones are deleted, of which a tenth is old, and rows that refer to them. */
async function addManyRows(tx: Transaction): Promise<void> {
  const rows = "generate_series(1, 2500) as n";
  const when = "now() - (n / 6) * interval '1 day'";
  const statements = [
    "insert into sources (tenant_id, id, connector, status, status_since) values ($1, 'main', '', 'ACTIVE', now())",
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, finished_at, event_seq)
     select $1, 'run_' || n, 'main', 'FULL', 'SCHEDULE', 'SUCCEEDED', now(), ${when}, 0 from ${rows}`,
    `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at, finished_at)
     select $1, 'run_' || n, 'a', 'main', 'SUCCEEDED', now(), now() from ${rows}`,
    `insert into raw_payloads (tenant_id, source_id, content_hash, media_type, encoding, bytes, received_at, referenced_at)
     select $1, 'main', 'hash' || n, '', 'identity', '', now(), ${when} from ${rows}`,
    `insert into files (tenant_id, id, source_id, content_hash, name, size, media_type, origin, status, received_at, next_attempt_at, refusal)
     select $1, 'fil_' || n, 'main', 'file' || n, '', 1, '', 'POLL', 'REFUSED', now(), ${when}, '' from ${rows}`,
    `insert into file_chunks (tenant_id, file_id, seq, bytes) select $1, 'fil_' || n, 0, '' from ${rows}`,
    `insert into statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
     select $1, 'stm_' || n, 1, 'main', '', 'fil_' || n, 1, '{}' from ${rows}`,
    `insert into quarantined_records (tenant_id, id, source_id, entity_type, code, path, problem, raw_path, raw_hash, run_id, status, first_at, last_at, resolved_at)
     select $1, 'qrt_' || n, 'main', 'Party', '', '', '', '', 'hash' || n, 'run_' || n, 'RESOLVED', now(), now(), ${when} from ${rows}`,
    `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at, closed_at)
     select $1, 'fnd_' || n, 'main', '', 'DATABASE', '', '{}', '', now(), ${when} from ${rows}`,
    `insert into record_differences (tenant_id, source_id, run_id, stream, entity_type, entity_id, external_id, day, kind, found_at)
     select $1, 'main', 'run_' || n, 'a', 'Party', 'pty_' || n, n, now(), 'MISSING', ${when} from ${rows}`,
    `insert into evidence_packs (tenant_id, id, from_at, to_at, created_by, created_at, status, finished_at)
     select $1, 'evp_' || n, now(), now(), '', now(), 'READY', ${when} from ${rows}`,
    `insert into evidence_chunks (tenant_id, pack_id, seq, bytes) select $1, 'evp_' || n, 0, '' from ${rows}`,
    `insert into alerts (tenant_id, id, endpoint_id, type, subject, severity, status, data, finished_at)
     select $1, 'alr_' || n, '', 'TEST', n, 'INFO', 'DELIVERED', '{}', ${when} from ${rows}`,
    `insert into alert_mutes (tenant_id, id, until, reason, created_by) select $1, 'mut_' || n, ${when}, '', '' from ${rows}`,
    `insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at, finished_at)
     select $1, 'dlv_' || n, 'main', n, '', now(), 'APPLIED', now(), now() from ${rows}`,
    `insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
     select $1, 'dlv_' || n, 1, ${when}, 'RETRY' from ${rows}`,
    `insert into webhook_counts (tenant_id, source_id, at) select $1, 'main', now() - n * interval '1 hour' from ${rows}`,
    `insert into source_metrics (tenant_id, source_id, name, resolution, at, count, sum, max)
     select $1, 'main', 'CALLS', 'HOUR', now() - n * interval '1 hour', 1, 1, 1 from ${rows}`,
    `insert into webhook_silences (tenant_id, source_id, since, until_at)
     select $1, 'main', now() - n * interval '1 hour', now() - n * interval '1 hour' from ${rows}`,
    `insert into events (tenant_id, seq, at, kind, data) select $1, n, ${when}, '', '{}' from ${rows}`,
    `insert into entity_changes (tenant_id, entity_id, revision, source_id, changed_at, change, via, fields)
     select $1, 'pay_' || n, 2, 'main', ${when}, 'UPDATED', 'POLL', '{}' from ${rows}`,
    ...Object.values(ENTITY_TABLES).map(
      ({ table }) =>
        `insert into ${table} (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality, observed_at, written_at, via, raw_path, raw_hash)
         select $1, '${table}_' || n, 'main', n, now(), 1, 1, 1, now(), now(), 'POLL', '', 'hash' || n from ${rows}`,
    ),
  ];
  for (const statement of statements) await tx.query(statement, [tx.tenantId]);
}

describe("with many rows of two tenants", () => {
  let many: TestStore;
  beforeAll(async () => {
    many = await useStore();
    for (const tenantId of ["acme", "umbrella"]) await many.db.transaction(tenantId, addManyRows);
    await analyze(many);
  });
  afterAll(async () => {
    await many[Symbol.asyncDispose]();
  });

  test.each(retentionsOf(DAYS).map(({ rule, days }) => [rule.tables[0], { rule, days }] as const))(
    "a batch of %s reads every table by an index",
    async (_table, { rule, days }) => {
      const batch = { days, after: undefined, limit: undefined };
      const plans = await plansOfWork(many, (tx) => rule.deleteBatch(tx, batch));
      expect(plans.some((plan) => plan["Index Name"] !== undefined)).toBe(true);
      const scanned = plans.filter((plan) => plan["Node Type"] === "Seq Scan").map((plan) => plan["Relation Name"]);
      expect(scanned.filter((table) => table !== "event_heads" && table !== "sources")).toEqual([]);
    },
  );
});
