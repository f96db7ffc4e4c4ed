import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { z } from "zod";
import { migrate } from "../../../src/store/migrate.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { type TestConnection, useDatabase } from "../../helpers/postgres.ts";

const FOLDER = "test/fixtures/release-0.4.0";
const fixture = (name: string): string => gunzipSync(readFileSync(`${FOLDER}/${name}`)).toString("utf8");

/** The responses of the release's graph, node by node. */
const answers = z.record(z.string(), z.array(z.unknown())).parse(JSON.parse(fixture("answers.json.gz")));

/** The fields that the release returned. */
const LISTS = {
  parties: "id externalId name email deletedAt",
  accounts: "id externalId name currency balances { kind money { amount currency } }",
  payments:
    "id externalId status amount { amount currency } captured { amount } createdAt attempts { externalId status amount { amount } } debtor { id }",
  refunds: "id externalId status amount { amount currency } payment { id }",
  disputes: "id externalId status stage amount { amount currency }",
  payouts: "id externalId status amount { amount currency } arrivalDate",
  ledgerEntries: "id externalId kind gross { amount currency } fee { amount } net { amount } origin { __typename }",
  bankTransactions: "id externalId status direction amount { amount currency } bookingDate valueDate",
  statements:
    "id externalId kind firstDay lastDay balances { code money { amount currency } } transactions(first: 100) { nodes { id } } links { state }",
  deliveries: "id eventType status receivedAt body",
  findings: "id kind closedAt summary",
  quarantinedRecords: "id path problem status",
  files: "id name status size",
  syncRuns: "id mode status",
} as const;

let graph: GraphServer;
beforeAll(async () => {
  const migrated = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  await migrated.close(); // the application's role, which belongs to the whole server, exists now
  const database = await useDatabase();
  await restore(database.connection);
  await migrate(database.connection);
  graph = await useGraphServer({ operations: { maxCost: 1_000_000 } }, database); // also closes the database
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
});

async function restore(connection: TestConnection): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(fixture("database.sql.gz"));
  await client.end();
}

const page = z.object({
  list: z.object({
    nodes: z.array(z.unknown()),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

async function readAll(list: keyof typeof LISTS): Promise<readonly unknown[]> {
  const nodes: unknown[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors }: Awaited<ReturnType<GraphServer["query"]>> = await graph.query(
      `query ($after: String) { list: ${list}(first: 100, after: $after) {
         nodes { ${LISTS[list]} } pageInfo { hasNextPage endCursor } } }`,
      { variables: { after } },
    );
    expect(errors ?? []).toEqual([]);
    const { list: found } = page.parse(data);
    nodes.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return nodes;
    after = found.pageInfo.endCursor;
  }
}

test.each(Object.keys(LISTS) as (keyof typeof LISTS)[])(
  "%s of a database of release 0.4.0 are the same after the migration",
  async (list) => {
    const before = answers[list] ?? [];
    expect(before.length).toBeGreaterThan(0);
    expect(await readAll(list)).toEqual(before);
  },
);
