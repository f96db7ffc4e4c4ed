import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { closeUnseenDrift } from "../../../src/ingest/apply/close-unseen-drift.ts";
import { DRIFT_KINDS } from "../../../src/ingest/apply/drift-kinds.ts";
import { startDriftingDatabase } from "../../helpers/drift/drifting-database.ts";
import { startDriftingCardProcessor, startDriftingGrpc } from "../../helpers/drift/drifting-grpc.ts";
import { startDriftingBank, startDriftingPlaid, startDriftingStripe } from "../../helpers/drift/drifting-http.ts";
import { CHANGES, type Change, type DriftingUpstream } from "../../helpers/drift/drifting-upstream.ts";
import { eventually } from "../../helpers/eventually.ts";
import { askGraph } from "../../helpers/graphql.ts";
import { databaseUrl } from "../../helpers/postgres.ts";
import { type ServiceInProcess, startServiceInProcess } from "../../helpers/service-in-process.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** The complete service with one source of each format, each of which leaves its contract in every way that it has. */
const TENANT = "acme";

const upstreams = await Promise.all([
  startDriftingStripe(),
  startDriftingPlaid(),
  startDriftingBank(),
  startDriftingGrpc(),
  startDriftingCardProcessor(),
  startDriftingDatabase(),
]);

let folder: string;
let store: TestStore;
let service: ServiceInProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-drift-"));
  store = await useStore();
  const sources = upstreams.map(({ connector, config, budget }) => ({
    id: connector,
    tenant: TENANT,
    connector,
    config,
    ...(budget !== undefined && { budget }),
    schedule: "manual",
  }));
  const settings = join(folder, "sluice.yaml");
  await writeFile(settings, JSON.stringify({ tenants: [TENANT], sources })); // JSON is YAML
  service = await startServiceInProcess({
    SLUICE_CONFIG: settings,
    DATABASE_URL: databaseUrl(store.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "error",
  });
}, 240_000);
afterAll(async () => {
  await service.stop();
  for (const upstream of upstreams) await upstream[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function ask<Data>(query: string): Promise<Data> {
  const { data, errors } = await askGraph<Data>(service.url, query);
  if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** Reads the streams in full; resolves with the status of the run. */
async function read({ connector, streams }: DriftingUpstream): Promise<string> {
  const { startSync } = await ask<{ startSync: { run: { id: string } } }>(
    `mutation { startSync(input: { sourceId: "${connector}", mode: FULL, streams: ${JSON.stringify(streams)} }) { run { id } } }`,
  );
  return eventually("the run", async () => {
    const { syncRun } = await ask<{ syncRun: { status: string; finishedAt: string | null } }>(
      `{ syncRun(id: "${startSync.run.id}") { status finishedAt } }`,
    );
    return syncRun.finishedAt !== null && syncRun.status;
  });
}

interface Row extends Record<string, unknown> {
  readonly kind: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Findings of a source about its contract that are open. */
const findings = ({ connector }: DriftingUpstream): Promise<readonly Row[]> =>
  store.db.read(TENANT, (tx) =>
    tx.query<Row>(
      `select kind, evidence from findings where source_id = $1 and kind = any($2) and closed_at is null order by opened_at`,
      [connector, Object.keys(DRIFT_KINDS)],
    ),
  );

/** Lets the time pass after which objects that differ count as no longer sent. */
const passTime = ({ connector }: DriftingUpstream): Promise<void> =>
  store.db.transaction(TENANT, async (tx) => {
    await tx.query(
      `update findings set evidence = evidence || jsonb_build_object('lastSeen', now() - interval '9 days')
       where source_id = $1 and evidence ? 'entity'`,
      [connector],
    );
    await closeUnseenDrift(tx);
  });

const places = (rows: readonly Row[]) =>
  rows.map(({ kind, evidence }) => ({ kind, path: evidence["path"], of: evidence["entity"] ?? evidence["subject"] }));

describe.each(upstreams)("$connector", (upstream) => {
  const cases = CHANGES.map((change) => [change, upstream.expected[change]] as const);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown;

  test("as documented has no finding about its contract", async () => {
    await eventually("the first read", async () => (await read(upstream)) === "SUCCEEDED");
    expect(await findings(upstream)).toEqual([]);
  });

  test.each(cases.flatMap(([change, expected]) => ("none" in expected ? [] : [[change, expected] as const])))(
    "in which %s has one finding, which closes by itself, and is read on (F26)",
    async (change: Change, expected) => {
      await upstream.set(change);
      await read(upstream);
      await eventually("the finding", async () => (await findings(upstream)).length > 0);
      const rows = await findings(upstream);
      expect(places(rows)).toEqual([expected]);
      expect(rows[0]?.evidence).toMatchObject({ firstSeen: time, lastSeen: time });
      const { count, samplePath, subject, samples } = rows[0]?.evidence ?? {};
      expect(count).toBeGreaterThan(0);
      expect(samplePath ?? subject).toEqual(expect.any(String));
      expect(samples).toEqual([expect.any(String)]);

      await read(upstream);
      const again = await findings(upstream);
      expect(places(again)).toEqual([expected]);
      expect(again[0]?.evidence["firstSeen"]).toBe(rows[0]?.evidence["firstSeen"]);

      await upstream.set(undefined);
      expect(await read(upstream)).toBe("SUCCEEDED");
      await passTime(upstream);
      await eventually("the finding to close", async () => (await findings(upstream)).length === 0);
      const [source] = await store.db.read(TENANT, (tx) =>
        tx.query("select status from sources where id = $1", [upstream.connector]),
      );
      expect(source).toEqual({ status: "ACTIVE" });
    },
  );
});
