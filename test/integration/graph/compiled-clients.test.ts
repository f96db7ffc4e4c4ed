import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse, printSchema } from "graphql";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { entityId } from "../../../src/domain/ids.ts";
import { subgraphSdl } from "../../../tools/subgraph-sdl.ts";
import { codeBlock } from "../../helpers/documents.ts";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, euro, minute, partyRecord, paymentRecord, putRecords } from "../../helpers/ledger-world.ts";

/** Clients whose operations are compiled against our SDL, with what their compilers make. */
const { resolve: found } = createRequire(import.meta.url);
const run = (script: string, args: readonly string[], cwd: string) =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd, timeout: WAIT_LIMIT_MS });

let graph: GraphServer;
let folder: string;
beforeAll(async () => {
  graph = await useGraphServer();
  const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, [
    partyRecord(1),
    ...[1, 2, 3, 4, 5].map((n) =>
      paymentRecord(n, { debtorExternalId: "cus_1", amount: euro(BigInt(n) * 1_000n), createdAt: minute(n) }),
    ),
  ]);
  folder = await mkdtemp(join(tmpdir(), "sluice-clients-"));
  await mkdir(join(folder, "src", "__generated__"), { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "schema.graphql"), printSchema(buildSubgraphSchema(parse(subgraphSdl()))));
}, 120_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const PARTY = entityId("acme", "stripe-main", "Party", "cus_1");

/** As much of Relay's runtime, which has no types, as the test uses. */
interface Relay {
  readonly Network: { create(fetch: (operation: { text: string }, variables: object) => Promise<unknown>): unknown };
  readonly RecordSource: new () => unknown;
  readonly Store: new (source: unknown) => unknown;
  readonly Environment: new (options: object) => RelayEnvironment;
  fetchQuery(environment: RelayEnvironment, query: unknown, variables: object): { toPromise(): Promise<unknown> };
  createOperationDescriptor(query: unknown, variables: object): { readonly fragment: unknown };
  getSingularSelector(fragment: unknown, reference: unknown): unknown;
}
interface RelayEnvironment {
  lookup(selector: unknown): { readonly data: Readonly<Record<string, unknown>> };
  retain(operation: unknown): unknown;
}
interface PagesOfParty {
  readonly payments: {
    readonly edges: readonly { readonly node: { readonly externalId: string } }[];
    readonly pageInfo: { readonly startCursor: string; readonly hasPreviousPage: boolean };
  };
}

test("Relay pages backwards through a connection with its compiled, refetchable fragment", async () => {
  const code = `import { graphql } from "relay-runtime";
graphql\`query pagesQuery($id: ID!) { party(id: $id) { ...pages_party } }\`;
graphql\`fragment pages_party on Party
  @refetchable(queryName: "pagesOfPartyQuery")
  @argumentDefinitions(last: { type: "Int", defaultValue: 2 }, before: { type: "String" }) {
    payments(last: $last, before: $before, orderBy: CREATED_ASC) @connection(key: "pages_payments") {
      edges { node { id externalId } }
    }
  }\`;
`;
  await writeFile(join(folder, "src/pages.js"), code);
  const artifactDirectory = "src/__generated__";
  await writeFile(join(folder, artifactDirectory, "package.json"), '{ "type": "commonjs" }');
  const config = {
    src: "src",
    schema: "schema.graphql",
    language: "javascript",
    artifactDirectory,
    eagerEsModules: false, // Node would need extensions in the imports of modules
  };
  await writeFile(join(folder, "relay.config.json"), JSON.stringify(config));
  await run(found("relay-compiler/cli.js"), ["relay.config.json"], folder);
  const load = createRequire(join(folder, "src/pages.js"));
  const artifact = (name: string): unknown => load(`./__generated__/${name}.graphql.js`);
  const [query, fragment, refetch] = ["pagesQuery", "pages_party", "pagesOfPartyQuery"].map(artifact);

  const relay = ((await import(found("relay-runtime"))) as { default: Relay }).default;
  const environment = new relay.Environment({
    network: relay.Network.create((operation, variables) =>
      post(graph.url, { query: operation.text, variables: variables as Record<string, unknown> }),
    ),
    store: new relay.Store(new relay.RecordSource()),
  });
  const operation = relay.createOperationDescriptor(query, { id: PARTY });
  environment.retain(operation);
  const pages = (): PagesOfParty["payments"] => {
    const { party } = environment.lookup(operation.fragment).data;
    return (environment.lookup(relay.getSingularSelector(fragment, party)).data as unknown as PagesOfParty).payments;
  };
  const ids = (): readonly string[] => pages().edges.map(({ node }) => node.externalId);

  await relay.fetchQuery(environment, query, { id: PARTY }).toPromise();
  expect(ids()).toEqual(["pi_4", "pi_5"]);
  for (const expected of [
    ["pi_2", "pi_3", "pi_4", "pi_5"],
    ["pi_1", "pi_2", "pi_3", "pi_4", "pi_5"],
  ]) {
    expect(pages().pageInfo.hasPreviousPage).toBe(true);
    const variables = { id: PARTY, last: 2, before: pages().pageInfo.startCursor };
    await relay.fetchQuery(environment, refetch, variables).toPromise();
    expect(ids()).toEqual(expected);
  }
  expect(pages().pageInfo.hasPreviousPage).toBe(false);
}, 120_000);

const TYPED = `import { graphql } from "./gql/gql.ts";
import type { ResultOf } from "@graphql-typed-document-node/core";
import { print } from "graphql";

export const PAYMENTS = graphql(\`
  query PaymentsOfParty($debtor: ID!, $first: Int!) {
    payments(first: $first, filter: { debtor: $debtor }, orderBy: AMOUNT_DESC) {
      nodes { externalId status amount { amount currency minor } freshness { observedAt isStale } }
      totalCount { count }
    }
  }
\`);
export const CHANGES = graphql(\`
  subscription Changes($after: EventCursor) {
    syncEvents(after: $after) { __typename cursor ... on EntityChanged { change entity { __typename id } } }
  }
\`);
export const text = print(PAYMENTS);

export function describePayments({ payments }: ResultOf<typeof PAYMENTS>): string[] {
  return payments.nodes.map(({ externalId, amount, status }) => {
    const exact: string | undefined = amount?.amount; // an amount is text, never a number
    return \`\${externalId} \${exact ?? "?"} \${status ?? "?"}\`;
  });
}

// @ts-expect-error an unknown field is refused
export const wrong = (result: ResultOf<typeof PAYMENTS>) => result.payments.nodes[0].missing;
`;

test("the typed documents of graphql-codegen's client preset compile in strict TypeScript, and run", async () => {
  for (const name of ["graphql", "@graphql-typed-document-node/core"]) {
    await mkdir(dirname(join(folder, "node_modules", name)), { recursive: true });
    await symlink(resolve("node_modules", name), join(folder, "node_modules", name));
  }
  await mkdir(join(folder, "typed"), { recursive: true });
  await writeFile(join(folder, "typed", "payments.ts"), TYPED);
  // as in the document, with the folder of the test
  const documented = codeBlock("example", "frontend-codegen", "json")
    .replace('"schema.graphql"', JSON.stringify(join(folder, "schema.graphql")))
    .replace('"src/**/*.ts"', JSON.stringify(join(folder, "typed/payments.ts")))
    .replace('"src/gql/"', JSON.stringify(join(folder, "typed/gql/")));
  await writeFile(join(folder, "codegen.json"), documented);
  await run(resolve("node_modules/.bin/graphql-codegen"), ["--config", join(folder, "codegen.json")], resolve("."));
  const compilerOptions = {
    target: "esnext",
    lib: ["esnext", "dom"],
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: false,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["typed"] }));
  await run(resolve("node_modules/typescript/bin/tsc"), ["-p", "tsconfig.json"], folder);
  const compiled = (await import(pathToFileURL(join(folder, "typed", "payments.ts")).href)) as {
    readonly text: string;
    describePayments(result: unknown): string[];
  };
  const { data, errors } = await post(graph.url, { query: compiled.text, variables: { debtor: PARTY, first: 2 } });
  expect(errors).toEqual([]);
  expect(compiled.describePayments(data)).toEqual(["pi_5 50.00 SUCCEEDED", "pi_4 40.00 SUCCEEDED"]);
  expect(data.payments.totalCount).toEqual({ count: 5 });
}, 120_000);
