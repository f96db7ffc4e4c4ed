import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { SOURCE, statesOf } from "../../../src/domain/lifecycles.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { type GraphAnswer, type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { measureReads, type StatementCost } from "../../helpers/operation-costs.ts";
import { useDatabase } from "../../helpers/postgres.ts";

/** Sources of each of two tenants, in which the common connector of one is unknown to the other. */
const SOURCES = 5_000;
/** The oldest ones have rare connectors, platforms and statuses. */
const RARE = 60;
const PAGE = 50;
const STATUSES = statesOf(SOURCE);

let graph: GraphServer;
let database: Database;
const costs: StatementCost[] = [];
beforeAll(async () => {
  const opened = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const client = new pg.Client(opened.connection);
  await client.connect();
  for (const tenant of ["acme", "umbrella"]) {
    await client.query(
      `insert into sluice.sources (tenant_id, id, connector, status, status_since, registered_at, origin, disconnected_at,
         platform)
       select $1, $1 || '-' || lpad(n::text, 5, '0'), case when n <= ${RARE} then 'rare' else $1 || '-common' end,
         case when n <= ${RARE} then ($2::text[])[1 + n % ${STATUSES.length}] else 'ACTIVE' end,
         now() - n * interval '1 minute',
         now() + n * interval '1 minute', case when n % 2 = 0 then 'CONNECTED' else 'SETTINGS_FILE' end,
         case when n % 10 = 0 then now() end,
         case when n % 10 = 0 then null when n <= ${RARE} then 'small-client' when n % 2 = 0 then $1 || '-client' end
       from generate_series(1, ${SOURCES}) as n`,
      [tenant, STATUSES],
    );
  }
  // Of every 500 sources one is out of step and one was never evaluated; those that are disconnected keep their state.
  await client.query(
    `insert into sluice.source_health (tenant_id, source_id, state, since)
     select tenant_id, id, case when n % 500 = 3 then 'OUT_OF_STEP' when n % 500 = 7 then 'UNKNOWN' when n % 500 = 20 then 'OUT_OF_STEP'
       else 'IN_STEP' end, now() from (select *, right(id, 5)::integer as n from sluice.sources) as source where n % 500 <> 9`,
  );
  await client.query("analyze sluice.sources, sluice.source_health");
  await client.end();
  database = createDatabase({ connection: opened.connection, max: 4 });
  graph = await useGraphServer({ database: measureReads(database, costs) }, opened);
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
  await database?.close();
});

interface SourceNode {
  readonly id: string;
  readonly connector: string;
  readonly platform: { readonly id: string; readonly connector: string } | null;
  readonly status: string | null;
  readonly connectedAt: string | null;
}

/** Reads all pages, and checks the work of each. */
async function listAll(args: string, maxRows: number): Promise<readonly SourceNode[]> {
  const nodes: SourceNode[] = [];
  let after: string | null = null;
  for (;;) {
    costs.length = 0;
    const { data, errors }: GraphAnswer = await graph.query(
      `query ($after: String) { sources(first: ${PAGE}, after: $after${args}) { nodes { id connector platform { id connector } status connectedAt } pageInfo { hasNextPage endCursor } } }`,
      { variables: { after }, headers: { "x-sluice-tenant": "acme" } },
    );
    expect(errors).toEqual([]);
    const excessive = costs.filter(({ rows, scannedTables }) => rows > maxRows || scannedTables.length > 0);
    expect(excessive).toEqual([]);
    nodes.push(...data.sources.nodes);
    if (!data.sources.pageInfo.hasNextPage) return nodes;
    after = data.sources.pageInfo.endCursor;
  }
}

const idOf = (n: number): string => `acme-${String(n).padStart(5, "0")}`;
const numbers = Array.from({ length: SOURCES }, (_, index) => index + 1);
const isConnected = (n: number): boolean => n % 10 !== 0;
const statusOf = (n: number): string => (n <= RARE ? (STATUSES[n % STATUSES.length] ?? "") : "ACTIVE");

test.each([
  ["all, by name", "", numbers, PAGE * 3],
  ["all, the newest first", ", orderBy: NEWEST", numbers.toReversed(), PAGE * 3],
  ["all, the oldest first", ", orderBy: OLDEST", numbers, PAGE * 3],
  ["all, by the time of their status", ", orderBy: STATUS_NEWEST", numbers, PAGE * 3],
  ["of a rare connector", `, filter: { connector: ["rare"] }`, numbers.slice(0, RARE), PAGE * 3],
  [
    "of a rare connector, the newest first",
    `, orderBy: NEWEST, filter: { connector: ["rare", "nothing"] }`,
    numbers.slice(0, RARE).toReversed(),
    PAGE * 6,
  ],
  ["of another tenant's connector", `, filter: { connector: ["umbrella-common"] }`, [], PAGE],
  [
    "of rare statuses",
    ", filter: { status: [PAUSED, FAILING] }",
    numbers.filter((n) => isConnected(n) && ["PAUSED", "FAILING"].includes(statusOf(n))),
    PAGE * 6,
  ],
  [
    "of a common status, the newest first",
    ", orderBy: NEWEST, filter: { status: [ACTIVE] }",
    numbers.filter((n) => isConnected(n) && statusOf(n) === "ACTIVE").toReversed(),
    PAGE * 3,
  ],
  [
    "of a small platform",
    `, filter: { platform: ["small-client"] }`,
    numbers.filter((n) => n <= RARE && isConnected(n)),
    PAGE * 3,
  ],
  [
    "of two platforms, the newest first",
    `, orderBy: NEWEST, filter: { platform: ["small-client", "acme-client"] }`,
    numbers.filter((n) => isConnected(n) && (n <= RARE || n % 2 === 0)).toReversed(),
    PAGE * 6,
  ],
  [
    "of a rare state of health",
    ", filter: { health: [OUT_OF_STEP, CATCHING_UP] }",
    numbers.filter((n) => n % 500 === 3),
    PAGE * 4,
  ],
  [
    "of a rare state of health, the newest first",
    ", orderBy: NEWEST, filter: { health: [OUT_OF_STEP] }",
    numbers.filter((n) => n % 500 === 3).toReversed(),
    PAGE * 4,
  ],
  [
    "of the usual state of health",
    ", filter: { health: [IN_STEP] }",
    numbers.filter((n) => isConnected(n) && ![3, 7, 9].includes(n % 500)),
    PAGE * 4,
  ],
  // Every source of the tenant is checked.
  [
    "of the state of health UNKNOWN, which those have that were never evaluated",
    ", filter: { health: [UNKNOWN] }",
    numbers.filter((n) => [7, 9].includes(n % 500)),
    SOURCES * 3,
  ],
  ["of no state of health", ", filter: { health: [] }", [], SOURCES * 2],
  ["of another tenant's platform", `, filter: { platform: ["umbrella-client"] }`, [], PAGE],
  // Every name of the tenant is compared.
  ["whose name contains a text", `, filter: { search: "-0001" }`, numbers.slice(9, 19), SOURCES * 2],
])("sources %s are read in pages by an index", async (_name, args, expected, maxRows) => {
  const nodes = await listAll(args, maxRows);
  expect(nodes.map(({ id }) => id)).toEqual(expected.map(idOf));
});

test("a source of a platform shows its platform, and one without shows none", async () => {
  const nodes = await listAll(`, filter: { search: "-0006" }`, SOURCES * 2);
  expect(nodes.map(({ platform }) => platform).slice(0, 3)).toEqual([
    null, // 60, which is disconnected
    null,
    { id: "acme-client", connector: "acme-common" },
  ]);
});

test("a source that is disconnected has no status, and one of the settings file was not connected", async () => {
  const [first, second, , , , , , , , tenth] = await listAll(`, filter: { connector: ["rare"] }`, PAGE * 3);
  expect(first).toMatchObject({ status: statusOf(1), connectedAt: null });
  expect(second).toMatchObject({ status: statusOf(2), connectedAt: expect.any(String) });
  expect(tenth).toMatchObject({ status: null });
});
