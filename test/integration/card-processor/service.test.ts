import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { cardProcessorSandbox } from "../../../sandbox/card-processor/index.ts";
import type { RunningSandbox } from "../../../sandbox/shared/sandbox.ts";
import { callControl } from "../../../sandbox/shared/call-control.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { eventually } from "../../helpers/eventually.ts";
import { askGraph } from "../../helpers/graphql.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { startService } from "../../helpers/service.ts";

/**
 * The complete service, as a user reads it, compared with the sandbox's own state. Nothing is polled: after the first
 * read only the stream of changes tells what has changed.
 */
const SOURCE = "card-main";
const MAX_INT64 = "9223372036854775807";

let folder: string;
let sandbox: RunningSandbox;
let service: Awaited<ReturnType<typeof startService>>;
let database: Awaited<ReturnType<typeof useDatabase>>;

const startSandbox = (port: number): Promise<RunningSandbox> =>
  cardProcessorSandbox.start({ port, seed: 4, payments: 40, statePath: join(folder, "card.jsonl") });
const control = (method: string, path: string, body?: unknown) => callControl(sandbox.url, { method, path, body });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-card-"));
  sandbox = await startSandbox(0);
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const source = {
    id: SOURCE,
    tenant: "acme",
    connector: "card-processor",
    config: sandbox.sourceConfig,
    schedule: "manual",
  };
  const settings = join(folder, "sluice.yaml");
  await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources: [source] })); // JSON is YAML
  const { host, port, user, database: name } = database.connection;
  const place = new URLSearchParams({ host, port: String(port) });
  service = await startService({
    env: {
      SLUICE_CONFIG: settings,
      DATABASE_URL: `postgres://${user}@localhost/${name}?${place.toString()}`,
      DATA_DIR: folder,
      PORT: "0",
      LOG_LEVEL: "error",
    },
  });
});
afterAll(async () => {
  await service.stop();
  await sandbox.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask<Data>(query: string): Promise<Data> {
  const { data, errors } = await askGraph<Data>(service.url, query);
  if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

const truthSchema = z.object({
  objects: z.object({
    Payment: z.array(z.object({ id: z.string(), status: z.string(), capturedAmount: z.string(), amount: z.string() })),
    LedgerEntry: z.array(z.object({ id: z.string(), net: z.string(), settlementId: z.string().optional() })),
    Settlement: z.array(z.object({ id: z.string(), status: z.string() })),
  }),
});

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every node of a list. */
async function all(list: string, fields: string): Promise<readonly Record<string, unknown>[]> {
  const nodes: Record<string, unknown>[] = [];
  for (let after: string | null = null; ;) {
    const place: string = after === null ? "" : `, after: "${after}"`;
    const query: string = `{ ${list}(first: 100${place}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
    const page: Page<Record<string, unknown>> | undefined = (
      await ask<Record<string, Page<Record<string, unknown>>>>(query)
    )[list];
    nodes.push(...(page?.nodes ?? []));
    if (page?.pageInfo.hasNextPage !== true) return nodes;
    after = page.pageInfo.endCursor;
  }
}

const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => row.join(" ")).toSorted();

/** Resolves when the graph shows what the processor has. */
async function inStep(): Promise<void> {
  const compare = async (): Promise<boolean> => {
    const { objects } = truthSchema.parse(await control("GET", "truth"));
    const payments = await all("payments", "externalId rawStatus amount { minor } captured { minor }");
    const entries = await all("ledgerEntries", "externalId net { minor }");
    const payouts = await all("payouts", "externalId rawStatus");
    const minor = (money: unknown): unknown => (money as { minor: string }).minor; // of Money
    const stored = sorted([
      ...payments
        .filter(({ externalId }) => externalId !== "pay_max")
        .map((one) => [one["externalId"], one["rawStatus"], minor(one["amount"]), minor(one["captured"])]),
      ...entries.map((one) => [one["externalId"], minor(one["net"])]),
      ...payouts.map((one) => [one["externalId"], one["rawStatus"]]),
    ]);
    const expected = sorted([
      ...objects.Payment.map((one) => [one.id, one.status, one.amount, one.capturedAmount]),
      ...objects.LedgerEntry.map((one) => [one.id, one.net]),
      ...objects.Settlement.map((one) => [one.id, one.status]),
    ]);
    return stored.length === expected.length && stored.every((row, index) => row === expected[index]);
  };
  await eventually("the graph to show what the processor has", compare);
}

test("the first read stores what the processor has, with the ledger entries of each settlement", async () => {
  await inStep();
  const { objects } = truthSchema.parse(await control("GET", "truth"));
  const [settlement] = objects.Settlement;
  const expected = objects.LedgerEntry.filter(({ settlementId }) => settlementId === settlement?.id).map(
    ({ id }) => id,
  );
  const { payouts } = await ask<{ payouts: Page<{ ledgerEntries: Page<{ externalId: string }> }> }>(
    `{ payouts(first: 1, filter: { externalId: "${settlement?.id}" }) { nodes { ledgerEntries(first: 100) { nodes { externalId } } } } }`,
  );
  const lines = payouts.nodes[0]?.ledgerEntries.nodes.map(({ externalId }) => externalId) ?? [];
  expect(lines).toEqual(expect.arrayContaining(expected));
});

test("changes reach the graph by the stream alone, also after the processor was restarted and the stream cut (F35)", async () => {
  await control("POST", "activity", { count: 20 });
  await inStep();
  await control("POST", "faults", { cutStreams: { probability: 0.2, count: 3 }, duplicate: 0.2, reorder: 0.2 });
  await control("POST", "activity", { count: 20 });
  await inStep();
  const { port } = new URL(sandbox.url);
  await sandbox.close();
  sandbox = await startSandbox(Number(port));
  await control("POST", "activity", { count: 20 });
  await expect(inStep()).resolves.toBeUndefined();
});

test("an amount of 2^63 - 1 keeps every digit from the processor to the client", async () => {
  const json = { amount: MAX_INT64, currency: "EUR", status: "PAYMENT_STATUS_CAPTURED", capturedAmount: MAX_INT64 };
  await control("POST", "objects", { kind: "Payment", id: "pay_max", json });
  const found = await eventually("the payment", async () => {
    const { payments } = await ask<{ payments: Page<unknown> }>(
      `{ payments(first: 1, filter: { externalId: "pay_max" }) { nodes { amount { minor amount } captured { minor } } } }`,
    );
    return payments.nodes[0];
  });
  expect(found).toMatchObject({
    amount: { minor: MAX_INT64, amount: "92233720368547758.07" },
    captured: { minor: MAX_INT64 },
  });
});

test("a change that cannot be read is quarantined with its bytes, and the stream goes on (F26)", async () => {
  await control("POST", "objects", { kind: "Refund", id: "rfn_bad", json: { amount: "1", currency: "no currency" } });
  await control("POST", "activity", { count: 5 });
  await inStep();
  const { quarantinedRecords } = await ask<{ quarantinedRecords: Page<unknown> }>(
    `{ quarantinedRecords(first: 5, filter: { sourceIds: ["${SOURCE}"] }) { nodes { externalId path problem } } }`,
  );
  expect(quarantinedRecords.nodes).toMatchObject([{ externalId: "rfn_bad", path: "amount" }]);
});

test("a stream whose token is too old is followed by a full read, and a finding that closes", async () => {
  await control("POST", "activity", { count: 10 });
  await control("POST", "faults", {
    expireCursors: { count: 1, path: "/cardprocessor.v1.CardProcessor/StreamChanges" },
  });
  await control("POST", "streams", { cut: "reset" });
  const gap = await eventually("the gap to be closed", async () => {
    const { findings } = await ask<{ findings: Page<{ kind: string; closedAt: string | null }> }>(
      `{ findings(first: 20, filter: { sourceIds: ["${SOURCE}"] }) { nodes { kind closedAt } } }`,
    );
    return findings.nodes.find(({ kind, closedAt }) => kind === "FEED_GAP" && closedAt !== null);
  });
  expect(gap.closedAt).toEqual(expect.any(String));
  await inStep();
});
