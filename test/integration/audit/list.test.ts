import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { signGrownHeads } from "../../../src/audit/sign-head.ts";
import { loadSigningKey } from "../../../src/audit/signing-key.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { analyze, nodesOf, plansOf } from "../../helpers/plans.ts";

let graph: GraphServer;
const page = { limit: 21, after: undefined };

beforeAll(async () => {
  graph = await useGraphServer();
  const { database: db } = graph;
  await db.transaction("acme", (tx) =>
    tx.query(
      `insert into audit_entries (tenant_id, body)
       select 'acme', json_build_object('version', 1, 'operation', n::text, 'phase', 'COMPLETE',
         'action', case when n % 500 = 0 then 'mutation.pauseSource' else 'mutation.startSync' end,
         'principal', json_build_object('kind', 'TOKEN', 'subject', 'user-' || n % 1000, 'scopes', '{admin}'::text[]),
         'requestId', null, 'traceId', null, 'remoteAddress', null, 'arguments', json_build_object('n', n),
         'outcome', 'SUCCEEDED', 'errorCode', null, 'subject', json_build_object('type', 'SOURCE', 'id', 's' || n % 1000),
         'before', null, 'after', null)::text from generate_series(1, 5000) as n`,
    ),
  );
  await signGrownHeads(db, await loadSigningKey(db, createKeyring(undefined, [])), new AbortController().signal);
});
afterAll(async () => await graph[Symbol.asyncDispose]());

const LIST = `query ($filter: AuditFilter, $after: String) { auditEntries(filter: $filter, first: 4, after: $after) {
  nodes { sequence action arguments principal { kind subject scopes } subject { type id } previousHash hash }
  pageInfo { hasNextPage endCursor } } }`;

test("pages go through all rows that match, the newest first", async () => {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await graph.query(LIST, {
      variables: { filter: { action: "mutation.pauseSource" }, after },
    });
    expect(errors).toEqual([]);
    found.push(...data.auditEntries.nodes.map((node: { sequence: string }) => node.sequence));
    after = data.auditEntries.pageInfo.hasNextPage ? data.auditEntries.pageInfo.endCursor : null;
  } while (after !== null);
  expect(found).toEqual(["5000", "4500", "4000", "3500", "3000", "2500", "2000", "1500", "1000", "500"]);
});

test("each condition selects rows", async () => {
  const count = async (filter: object) => (await graph.query(LIST, { variables: { filter } })).data.auditEntries.nodes;
  expect(await count({ principal: "user-7" })).toHaveLength(4);
  expect(await count({ subjectType: "SOURCE", subjectId: "s999" })).toMatchObject([{ sequence: "4999" }, {}, {}, {}]);
  expect(await count({ outcome: "FAILED" })).toEqual([]);
  expect(await count({ from: "2100-01-01T00:00:00Z" })).toEqual([]);
  expect(await count({ to: "2000-01-01T00:00:00Z" })).toEqual([]);
  expect(await count({ from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" })).toMatchObject([
    { sequence: "5000" },
    {},
    {},
    {},
  ]);
});

test("the newest signed head is that of the last row", async () => {
  const { data } = await graph.query(
    "{ auditHead { sequence hash signedAt signature publicKey } auditEntries(first: 1) { nodes { hash } } }",
  );
  expect(data.auditHead).toMatchObject({ sequence: "5000", hash: data.auditEntries.nodes[0].hash });
  expect(data.auditHead.signature).toMatch(/^[0-9a-f]{128}$/);
});

test.each([
  [{}],
  [{ action: "mutation.pauseSource" }],
  [{ principal: "user-7" }],
  [{ subjectType: "SOURCE", subjectId: "s7" }],
  [{ subjectType: "SOURCE" }],
  [{ outcome: "FAILED" }],
  [{ from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }],
])("a page of %j is found by an index, without reading the table", async (filter) => {
  const store = { connection: graph.connection, db: createDatabase({ connection: graph.connection, max: 2 }) };
  try {
    await analyze({ ...store, [Symbol.asyncDispose]: () => Promise.resolve() }, "audit_entries");
    const plans = await plansOf({ ...store, [Symbol.asyncDispose]: () => Promise.resolve() }, (loaders) =>
      loaders.auditPage.load({ filter, page }),
    );
    const nodes = plans.flatMap(nodesOf);
    expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
    expect(nodes.some((node) => node["Index Name"]?.startsWith("audit_entries") === true)).toBe(true);
  } finally {
    await store.db.close();
  }
});
