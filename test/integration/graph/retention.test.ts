import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { hash } from "node:crypto";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import { apply } from "../../../src/ingest/apply/apply.ts";
import { encodePayloads } from "../../../src/ingest/apply/encode-payloads.ts";
import { updateFindings } from "../../../src/ingest/apply/update-findings.ts";
import { fileId } from "../../../src/ingest/files/file-id.ts";
import { storeFile } from "../../../src/ingest/files/store-file.ts";
import { retentionsOf } from "../../../src/parts/retention.ts";
import { deleteOldRows } from "../../../src/store/delete-old-rows.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { ageRows } from "../../helpers/age-rows.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { at, partyMessage } from "../../helpers/messages.ts";

const TENANT = "acme";
const SOURCE = "main";
const DAYS = {
  deliveries: 5,
  events: 4,
  runs: 3,
  payloads: 2,
  files: 3,
  quarantine: 4,
  findings: 6,
  history: 9,
  alerts: 99,
  audit: 99,
  evidence: 99,
};

/** An event in the life of a source. Numbers name one of a few objects, so that they meet again. */
type Step =
  | { readonly do: "run"; readonly status: "SUCCEEDED" | "FAILED" | "RUNNING" }
  /** A page of the last run with one party, or with one that can't be applied. Its bytes may have been read before. */
  | { readonly do: "page"; readonly party: number; readonly bytes: number; readonly isMalformed: boolean }
  | { readonly do: "finding"; readonly subject: number; readonly isOpen: boolean }
  /** A file that is refused, or that has one statement and perhaps a party. */
  | { readonly do: "file"; readonly content: number; readonly statement: number | undefined; readonly party: number }
  | { readonly do: "pass"; readonly days: number }
  | { readonly do: "sweep" };

const few = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("run" as const), status: fc.constantFrom("SUCCEEDED", "FAILED", "RUNNING") }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("page" as const),
      party: few,
      bytes: fc.nat({ max: 5 }),
      isMalformed: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant("finding" as const), subject: few, isOpen: fc.boolean() }),
  fc.record({
    do: fc.constant("file" as const),
    content: fc.nat({ max: 4 }),
    statement: fc.option(few, { nil: undefined }),
    party: few,
  }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pass" as const), days: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sweep" as const) }) },
);

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer({ operations: { maxCost: 1_000_000 } });
  await addSource({ database: graph.database, tenantId: TENANT, sourceId: SOURCE });
});
afterAll(async () => graph[Symbol.asyncDispose]());

const transaction = <T>(work: (tx: Transaction) => Promise<T>) => graph.database.transaction(TENANT, work);

const FILLED = [
  "parties",
  "sync_runs",
  "sync_run_streams",
  "raw_payloads",
  "quarantined_records",
  "findings",
  "files",
  "file_chunks",
  "statement_parts",
] as const;

const clear = () =>
  transaction(async (tx) => {
    for (const table of FILLED) await tx.query(`delete from ${table}`);
  });

/** Lives one step; `moment` orders the states of a party. */
async function live(life: Step, moment: number, runId: string | undefined): Promise<string | undefined> {
  if (life.do === "run") return addRun(life.status, moment);
  if (life.do === "page") await transaction((tx) => readPage(tx, life, moment, runId));
  else if (life.do === "file") await transaction((tx) => takeFile(tx, life));
  else if (life.do === "pass") await ageRows(graph.database, TENANT, life.days);
  else if (life.do === "finding") await transaction((tx) => check(tx, life));
  else await sweepAndCompare();
  return runId;
}

async function addRun(status: string, moment: number): Promise<string> {
  const id = newOperationId("SyncRun", moment);
  await transaction(async (tx) => {
    const finished = status === "RUNNING" ? "null" : "now()";
    await tx.query(
      `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, finished_at, event_seq)
       values ($1, $2, $3, 'INCREMENTAL', 'SCHEDULE', $4, now(), ${finished}, 0)`,
      [TENANT, id, SOURCE, status],
    );
    await tx.query(
      `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at, finished_at)
       values ($1, $2, 'parties', $3, $4, now(), ${finished})`,
      [TENANT, id, SOURCE, status],
    );
  });
  return id;
}

async function readPage(
  tx: Transaction,
  { party, bytes, isMalformed }: Extract<Step, { do: "page" }>,
  moment: number,
  runId: string | undefined,
): Promise<void> {
  const payload = { bytes: new TextEncoder().encode(`page ${bytes}`), mediaType: "application/json" };
  const raw = { payload, path: "" };
  const externalId = `p${party}`;
  const message = isMalformed
    ? ({ type: "malformed", entity: "Party", externalId, path: "name", problem: "must be text", raw } as const)
    : { ...partyMessage(externalId, `name ${moment}`, at(BigInt(moment))), raw };
  const items = [{ message, deliveryId: undefined }];
  const payloads = await encodePayloads(items);
  await apply(tx, { sourceId: SOURCE, via: "POLL", items, runId, renames: [], requestedAt: undefined, payloads });
}

async function check(tx: Transaction, { subject, isOpen }: Extract<Step, { do: "finding" }>): Promise<void> {
  const finding = { cause: "DATABASE", summary: "s", evidence: {}, remedy: "r" } as const;
  await updateFindings(tx, SOURCE, [
    { kind: "TEST", subject: `subject ${subject}`, finding: isOpen ? finding : undefined },
  ]);
}

/** Stores and applies a file, as `storeFile` and the applier do one after the other. */
async function takeFile(tx: Transaction, { content, statement, party }: Extract<Step, { do: "file" }>): Promise<void> {
  const bytes = new TextEncoder().encode(`file ${content}`);
  const contentHash = hash("sha256", bytes, "hex");
  const id = fileId(TENANT, SOURCE, contentHash);
  const file = { id, sourceId: SOURCE, contentHash, name: id, size: bytes.byteLength } as const;
  const refusal = { reason: "NOT_CAMT", problem: "p", position: undefined } as const;
  await storeFile(
    tx,
    { ...file, mediaType: "application/xml", origin: "UPLOAD" },
    statement === undefined ? { refusal } : { parts: [] },
    // oxlint-disable-next-line typescript/require-await -- a stream of what is there already
    async function* () {
      yield bytes;
    },
  );
  if (statement === undefined) return;
  await tx.query("update files set status = 'STORED', finished_at = now() where id = $1 and status = 'ACCEPTED'", [id]);
  await tx.query(
    `insert into statement_parts as existing (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
     select $1, $2, 1, $3, 'acc', id, 1, '{}' from files where id = $4 and status = 'STORED'
     on conflict (tenant_id, statement_id, page) do update set file_id = excluded.file_id`,
    [TENANT, `stm_${statement}`, SOURCE, id],
  );
  await tx.query(
    "update parties set raw_hash = $1 where external_id = $2 and exists (select 1 from files where id = $3 and status = 'STORED')",
    [contentHash, `p${party}`, id],
  );
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly status: string;
  readonly days: number | null;
  readonly hash: string | null;
  readonly run: string | null;
}

/** Rows with their age in days; `days` is null for one that has not ended. */
async function rowsOf(text: string): Promise<readonly Row[]> {
  return transaction((tx) =>
    tx.query<Row>(
      `select id, status, hash, run, (extract(epoch from now() - aged_at) / 86400)::float8 as days from (${text}) as read`,
    ),
  );
}

const NONE = "null::text";
const READ = {
  findings: `select id, '' as status, ${NONE} as hash, ${NONE} as run, closed_at as aged_at from findings`,
  quarantine: "select id, status, raw_hash as hash, run_id as run, resolved_at as aged_at from quarantined_records",
  runs: `select id, status, ${NONE} as hash, ${NONE} as run, finished_at as aged_at from sync_runs`,
  payloads: `select content_hash as id, '' as status, content_hash as hash, ${NONE} as run, referenced_at as aged_at from raw_payloads`,
  files: `select id, status, content_hash as hash, ${NONE} as run, next_attempt_at as aged_at from files`,
} as const;

/** The ids that must remain, by an independent reading of the documented rules. */
async function expected(): Promise<Record<keyof typeof READ, readonly string[]>> {
  const isYoung = (row: Row, limit: number): boolean => row.days === null || row.days < limit;
  const findings = (await rowsOf(READ.findings)).filter((row) => isYoung(row, DAYS.findings));
  const quarantine = (await rowsOf(READ.quarantine)).filter((row) => isYoung(row, DAYS.quarantine));
  const runs = await rowsOf(READ.runs);
  const newest = [...Map.groupBy(runs, ({ status }) => status).values()].map((same) =>
    same.reduce((best, row) => ((row.days ?? -1) < (best.days ?? -1) ? row : best)),
  );
  const named = new Set(quarantine.map(({ run }) => run));
  const parties = await transaction((tx) => tx.query<{ hash: string }>("select raw_hash as hash from parties"));
  const used = new Set([...parties.map((row) => row.hash), ...quarantine.map((row) => row.hash)]);
  const inStatements = await transaction((tx) => tx.query<{ id: string }>("select file_id as id from statement_parts"));
  const sources = new Set(inStatements.map(({ id }) => id));
  const ids = (rows: readonly Row[]): readonly string[] => rows.map(({ id }) => id).toSorted();
  return {
    findings: ids(findings),
    quarantine: ids(quarantine),
    runs: ids(runs.filter((row) => isYoung(row, DAYS.runs) || named.has(row.id) || newest.includes(row))),
    payloads: ids((await rowsOf(READ.payloads)).filter((row) => isYoung(row, DAYS.payloads) || used.has(row.hash))),
    files: ids(
      (await rowsOf(READ.files)).filter(
        (row) => isYoung(row, DAYS.files) || used.has(row.hash) || sources.has(row.id) || row.status === "ACCEPTED",
      ),
    ),
  };
}

async function sweepAndCompare(): Promise<void> {
  const remaining = await expected();
  const openRuns = await rowsOf(`${READ.runs} where finished_at is null`);
  await deleteOldRows({ db: graph.database, tenantId: TENANT, retentions: retentionsOf(DAYS), batchSize: 2 });
  for (const [kind, ids] of Object.entries(remaining)) {
    const rows = await rowsOf(READ[kind as keyof typeof READ]);
    expect([kind, rows.map(({ id }) => id).toSorted()]).toEqual([kind, ids]);
  }
  for (const { id } of openRuns) expect(remaining.runs).toContain(id);
  await everythingAnswers();
}

const QUERY = `{
  parties(first: 50) { nodes { id raw { contentHash mediaType receivedAt body run { id } file { id } } } }
  syncRuns(first: 50) { nodes { id status streams { stream } } }
  quarantinedRecords(first: 50) { nodes { id status run { id } raw { contentHash mediaType body file { id } } } }
  findings(first: 50) { nodes { id closedAt } }
  files(first: 50) { nodes { id status contentHash } }
}`;

/** Every object of the graph answers, and its bytes, its run and its file are there. */
async function everythingAnswers(): Promise<void> {
  const { data, errors } = await graph.query(QUERY);
  expect(errors).toEqual([]);
  const bodies: unknown[] = [...data.parties.nodes, ...data.quarantinedRecords.nodes].map(({ raw }) => raw.body);
  for (const body of bodies) expect(body).toMatch(/^(?:page|file) \d$/);
  for (const { streams } of data.syncRuns.nodes) expect(streams).toHaveLength(1);
  const linked = await transaction((tx) =>
    tx.query<{ id: string }>("select id from quarantined_records where run_id is not null"),
  );
  const withRun = new Map<string, unknown>(
    data.quarantinedRecords.nodes.map(({ id, run }: { id: string; run: unknown }) => [id, run]),
  );
  for (const { id } of linked) expect(withRun.get(id)).toMatchObject({ id: expect.any(String) });
  const left = await transaction((tx) =>
    tx.query(
      `select run_id from sync_run_streams where run_id not in (select id from sync_runs)
       union all select file_id from file_chunks where file_id not in (select id from files)
       union all select id from files where id not in (select file_id from file_chunks)`,
    ),
  );
  expect(left).toEqual([]);
}

test("whatever a source has lived through, a sweep deletes exactly what is old and unused, and everything left answers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 35 }), async (steps) => {
      await clear();
      let runId: string | undefined;
      for (const [moment, life] of steps.entries()) runId = await live(life, moment + 1, runId);
      await sweepAndCompare();
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

test("a run that a quarantined record names is kept as long as the record", async () => {
  await clear();
  const runId = await addRun("SUCCEEDED", 1);
  await live({ do: "page", party: 0, bytes: 0, isMalformed: true }, 1, runId);
  await addRun("SUCCEEDED", 2);
  await ageRows(graph.database, TENANT, DAYS.runs + DAYS.quarantine);
  await sweepAndCompare();
  const read = () => graph.query(`{ quarantinedRecords { nodes { run { id } raw { body } } } }`);
  expect((await read()).data.quarantinedRecords.nodes).toEqual([{ run: { id: runId }, raw: { body: "page 0" } }]);
  await live({ do: "page", party: 0, bytes: 1, isMalformed: false }, 2, undefined);
  await sweepAndCompare();
  expect((await read()).data.quarantinedRecords.nodes).toHaveLength(1);
  await ageRows(graph.database, TENANT, DAYS.quarantine);
  await sweepAndCompare();
  expect((await read()).data.quarantinedRecords.nodes).toEqual([]);
  expect((await graph.query("{ syncRuns { nodes { id } } }")).data.syncRuns.nodes).toHaveLength(1);
});

test("an object refers to a run that was deleted by null, and the run's id is unknown", async () => {
  await clear();
  const runId = await addRun("SUCCEEDED", 1);
  await live({ do: "page", party: 0, bytes: 0, isMalformed: false }, 1, runId);
  await ageRows(graph.database, TENANT, DAYS.runs + 1);
  await addRun("SUCCEEDED", 2);
  const read = () =>
    graph.query(
      `query ($id: ID!) { parties { nodes { raw { mediaType run { id } } } } syncRun(id: $id) { id } node(id: $id) { id } }`,
      { variables: { id: runId } },
    );
  expect((await read()).data).toEqual({
    parties: { nodes: [{ raw: { mediaType: "application/json", run: { id: runId } } }] },
    syncRun: { id: runId },
    node: { id: runId },
  });
  await deleteOldRows({ db: graph.database, tenantId: TENANT, retentions: retentionsOf(DAYS) });
  const after = await read();
  expect(after.errors).toEqual([]);
  expect(after.data).toEqual({
    parties: { nodes: [{ raw: { mediaType: "application/json", run: null } }] },
    syncRun: null,
    node: null,
  });
});
