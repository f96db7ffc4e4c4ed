import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { readOptions, type ReconcileOptions } from "./reconcile/options.ts";
import { runScript, startUpstream } from "./reconcile/run-script.ts";
import {
  addressSchema,
  type MatchTask,
  matchingSchema,
  type MeasuredMatching,
  type MeasuredPack,
  type MeasuredVerification,
  packSchema,
  type Result,
  resultSchema,
  type Task,
  TENANT,
  verificationSchema,
} from "./reconcile/task.ts";

/** Of each size: memory does not grow with it. That of packs is what the garbage collector lets buffers grow to. */
const GOALS = { seconds: 60, comparisonMb: 150, packMb: 250 } as const;

type Connection = Task["connection"];

interface Row {
  readonly compare?: Result;
  readonly evidence?: MeasuredPack & { readonly verification: MeasuredVerification };
  readonly match?: readonly MeasuredMatching[];
}

/**
 * A day of 100,000 charges compared with the store, as it was read and after one percent of the rows was altered; an
 * evidence pack of them, and its verification; a generated world of 100,000 payments, whose payouts are matched with the
 * bank's transactions. Each is done with a fifth of them too: memory must be about the same, and time a fifth.
 */
export async function run(): Promise<Record<string, unknown>> {
  const options = readOptions(process.argv.slice(3));
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const postgres = await openEmbeddedPostgres({ dataDir });
  const rows: Row[] = [];
  try {
    for (const size of options.sizes) {
      const open = async (name: string): Promise<Connection> => {
        const database = `bench_${name}_${size}`;
        await createDatabase(postgres.connection, database);
        return { ...postgres.connection, database };
      };
      const row = { size, ...(await measure(size, { ...options, folder: dataDir, open })) };
      console.log(JSON.stringify(row));
      rows.push(row);
    }
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { name: "reconcile", goals: GOALS, met: rows.every(isMet), rows };
}

function isMet({ compare, evidence, match = [] }: Row): boolean {
  const comparisons = compare === undefined ? [] : [compare.inStep, compare.altered];
  const packs = evidence === undefined ? [] : [evidence, evidence.verification];
  const isWithin = (figures: { readonly seconds: number; readonly growthMb: number }, mb: number): boolean =>
    figures.seconds <= GOALS.seconds && figures.growthMb <= mb;
  return (
    comparisons.every((one) => isWithin(one, GOALS.comparisonMb)) &&
    packs.every((one) => isWithin(one, GOALS.packMb)) &&
    (evidence?.verification.problems ?? 0) === 0 &&
    match.every(({ wrong, missed }) => wrong === 0 && missed === 0)
  );
}

async function createDatabase(connection: Connection, database: string): Promise<void> {
  const admin = new pg.Client(connection);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
}

interface Setting extends ReconcileOptions {
  readonly folder: string;
  readonly open: (name: string) => Promise<Connection>;
}

async function measure(size: number, { phases, profile, folder, open }: Setting): Promise<Row> {
  const isCompared = phases.includes("compare") || phases.includes("evidence");
  const compared = isCompared ? await open("compare") : undefined;
  return {
    ...(compared !== undefined && { compare: await compare(size, compared, profile) }),
    ...(compared !== undefined &&
      phases.includes("evidence") && { evidence: await exportPack(compared, folder, profile) }),
    ...(phases.includes("match") && { match: await match(size, open, profile) }),
  };
}

async function match(payments: number, open: Setting["open"], profile: string | undefined) {
  const matched: MeasuredMatching[] = [];
  for (const order of ["given", "random"] as const) {
    const task: MatchTask = { connection: await open(order), payments, order };
    matched.push(await runScript("match", JSON.stringify(task), matchingSchema, profile));
  }
  return matched;
}

async function compare(records: number, connection: Connection, profile: string | undefined): Promise<Result> {
  const upstream = await startUpstream(records);
  try {
    const task: Task = { connection, ...addressSchema.parse(JSON.parse(upstream.line)) };
    return await runScript("compare", JSON.stringify(task), resultSchema, profile);
  } finally {
    upstream.child.kill();
  }
}

async function exportPack(connection: Connection, folder: string, profile: string | undefined) {
  const path = join(folder, "pack.zip");
  const task = JSON.stringify({ connection, tenantId: TENANT, path });
  const pack = await runScript("evidence", task, packSchema, profile);
  return { ...pack, verification: await runScript("verify", path, verificationSchema, profile) };
}
