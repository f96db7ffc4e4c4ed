import { expect, test } from "@jest/globals";
import { type Edge, findCycle, findFolderCycles, importsOf, sourceFiles } from "./import-graph.ts";

const ROOT = process.cwd();

/** Imports that every part of ingest may use. */
const INGEST = [
  "src/sources",
  "src/events",
  "src/upstream",
  "src/store",
  "src/connector-api",
  "src/runtime",
  "src/domain",
];

/**
 * Who may import whom; a folder may always import itself. Read with the folders in DESIGN: each line builds on those
 * file belongs to the longest name that it begins with, so that nested folders have lines of their own: such a folder may
 * import nothing of the folder that it is in unless its line says so.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/domain": [],
  "src/runtime": ["src/domain"],
  "src/connector-api": ["src/domain"],
  "src/protocols": ["src/runtime", "src/domain"],
  "src/protocols/iso20022": ["src/runtime", "src/domain"],
  "src/protocols/postgres-cdc": ["src/domain"],
  "src/store": ["src/store/entities", "src/store/migrations", "src/runtime", "src/domain"],
  "src/store/embedded": ["src/runtime", "src/domain"],
  "src/store/entities": ["src/store", "src/domain"],
  "src/store/migrations": [],
  "src/connectors": ["src/connectors", "src/connector-api", "src/protocols", "src/domain"],
  "src/connectors/stripe/map": ["src/connectors/stripe/wire", "src/connector-api", "src/protocols", "src/domain"],
  "src/connectors/stripe/wire": ["src/protocols"],
  "src/connectors/plaid/map": ["src/connectors/plaid/wire", "src/connector-api", "src/protocols", "src/domain"],
  "src/connectors/plaid/wire": ["src/protocols"],
  "src/events": ["src/store", "src/runtime", "src/domain"],
  "src/upstream": [
    "src/upstream/budget",
    "src/store",
    "src/connector-api",
    "src/protocols",
    "src/runtime",
    "src/domain",
  ],
  "src/upstream/budget": ["src/store", "src/connector-api", "src/runtime", "src/domain"],
  "src/sources": [
    "src/sources/secrets",
    "src/runtime",
    "src/upstream",
    "src/events",
    "src/store",
    "src/connector-api",
    "src/domain",
  ],
  "src/sources/secrets": ["src/store", "src/runtime", "src/domain"],
  "src/ingest/runs": INGEST,
  "src/ingest/refetch-queue": ["src/store", "src/runtime", "src/domain"],
  "src/ingest/apply": ["src/ingest/refetch-queue", "src/events", "src/store", "src/connector-api", "src/domain"],
  "src/ingest/webhooks": [
    "src/ingest/runs",
    "src/ingest/refetch-queue",
    "src/ingest/apply",
    ...INGEST,
    "src/protocols",
  ],
  "src/ingest/statements": ["src/ingest/apply", ...INGEST],
  "src/ingest/files": ["src/ingest/statements", "src/ingest/apply", ...INGEST],
  "src/ingest/refetch": ["src/ingest/refetch-queue", "src/ingest/apply", ...INGEST],
  "src/ingest/feeds": ["src/ingest/files", "src/ingest/runs", "src/ingest/apply", ...INGEST],
  "src/ingest/polling": [
    "src/ingest/feeds",
    "src/ingest/polling/ranges",
    "src/ingest/polling/missing-objects",
    "src/ingest/runs",
    "src/ingest/refetch",
    "src/ingest/refetch-queue",
    "src/ingest/webhooks/health",
    "src/ingest/apply",
    ...INGEST,
  ],
  "src/ingest/polling/ranges": [
    "src/ingest/runs",
    "src/ingest/apply",
    "src/store",
    "src/connector-api",
    "src/runtime",
    "src/domain",
  ],
  "src/ingest/polling/missing-objects": [
    "src/ingest/refetch-queue",
    "src/ingest/runs",
    "src/ingest/apply",
    "src/events",
    "src/store",
    "src/connector-api",
    "src/domain",
  ],
  "src/ingest/webhooks/health": ["src/ingest/runs", "src/ingest/apply", ...INGEST],
  "src/ingest/read-through": ["src/ingest/refetch-queue", "src/ingest/apply", ...INGEST],
  "src/reconcile": [
    "src/reconcile/payout-proof",
    "src/reconcile/balance-chain",
    "src/ingest/refetch-queue",
    "src/ingest/apply",
    ...INGEST,
  ],
  "src/reconcile/payout-proof": ["src/store", "src/domain"],
  "src/reconcile/balance-chain": ["src/store", "src/domain"],
  "src/reconcile/completeness": ["src/ingest/polling", "src/ingest/runs", "src/ingest/apply", ...INGEST],
  "src/statistics": ["src/store", "src/runtime", "src/domain"],
  "src/diagnosis/facts": ["src/store", "src/domain"],
  "src/diagnosis/rules": ["src/diagnosis/facts", "src/domain"],
  "src/diagnosis": [
    "src/diagnosis/facts",
    "src/diagnosis/rules",
    "src/ingest/apply",
    "src/statistics",
    "src/events",
    "src/store",
    "src/runtime",
    "src/domain",
  ],
  "src/alerts": [
    "src/diagnosis",
    "src/ingest/apply",
    "src/sources/secrets",
    "src/sources",
    "src/events",
    "src/protocols",
    "src/store",
    "src/runtime",
    "src/domain",
  ],
  "src/graph/queries": [
    "src/reconcile/payout-proof",
    "src/reconcile/balance-chain",
    "src/statistics",
    "src/store",
    "src/domain",
  ],
  "src/graph/loaders": [
    "src/graph/queries",
    "src/reconcile/payout-proof",
    "src/reconcile/balance-chain",
    "src/diagnosis",
    "src/runtime",
    "src/ingest/read-through",
    "src/ingest/webhooks/health",
    "src/upstream/budget",
    "src/store",
    "src/events",
    "src/domain",
  ],
  resolvers: ["src/graph", "src/events", "src/domain"],
  "src/api-keys": ["src/store", "src/runtime", "src/domain"],
  "src/audit": ["src/sources/secrets", "src/store", "src/runtime", "src/domain"],
  "src/evidence/contributors": ["src/reconcile/payout-proof", "src/store"],
  "src/evidence": ["src/evidence/contributors", "src/audit", "src/events", "src/store", "src/runtime", "src/domain"],
  "src/server/auth": ["src/api-keys", "resolvers", "src/runtime", "src/domain"],
  "src/server/graphql": ["resolvers", "src/runtime", "src/domain"],
  "src/server/http": ["src/server/auth", "src/server/graphql", "resolvers", "src/runtime", "src/domain"],
  "src/server/subscriptions": [
    "src/api-keys",
    "src/server/auth",
    "src/server/graphql",
    "resolvers",
    "src/runtime",
    "src/events",
    "src/domain",
  ],
  "src/server/callback": [
    "src/server/graphql",
    "src/server/subscriptions",
    "src/sources/secrets",
    "resolvers",
    "src/store",
    "src/protocols",
    "src/runtime",
    "src/events",
    "src/domain",
  ],
  "src/server/streams": [
    "src/server/auth",
    "src/server/graphql",
    "src/server/http",
    "src/server/subscriptions",
    "src/runtime",
    "resolvers",
    "src/events",
    "src/domain",
  ],
  "src/server/websocket": [
    "src/server/auth",
    "src/server/graphql",
    "src/server/http",
    "src/server/subscriptions",
    "src/runtime",
    "resolvers",
    "src/events",
    "src/domain",
  ],
  "src/server/dashboard": ["src/server/http", "src/domain"],
  "src/server/graphiql": ["src/server/http", "src/domain"],
  "src/server": [
    "src/audit",
    "src/evidence",
    "src/server/auth",
    "src/server/graphql",
    "src/server/http",
    "src/server/dashboard",
    "src/server/graphiql",
    "src/server/callback",
    "src/server/subscriptions",
    "src/server/streams",
    "src/server/websocket",
    "src/api-keys",
    "resolvers",
    "src/ingest",
    "src/graph",
    ...INGEST,
  ],
  sandbox: [],
  // The dashboard knows the service by its graph alone.
  dashboard: ["dashboard"],
  "dashboard/format": [],
  "dashboard/graph": ["clients/sluice-events"],
  "dashboard/operations": ["dashboard/graph"],
  "dashboard/state": ["dashboard/graph", "dashboard/format"],
  "dashboard/ui": ["dashboard/state", "dashboard/operations", "dashboard/format"],
  "dashboard/pages": ["dashboard/ui", "dashboard/state", "dashboard/operations", "dashboard/graph", "dashboard/format"],
  "src/demo": ["sandbox", "src/domain"],
  "src/sources/connected": [
    "src/sources",
    "src/sources/secrets",
    "src/sources/erasure",
    "src/config.ts",
    "src/connector-api",
    "src/connectors",
    "src/upstream",
    "src/events",
    "src/store",
    "src/runtime",
    "src/domain",
  ],
  "src/sources/erasure": ["src/sources", "src/store", "src/runtime", "src/domain"],
  "src/sources/shared-credentials.ts": ["src/connector-api", "src/upstream"],
  "src/store/connection-shares.ts": [],
  "src/config": [
    "src/store/connection-shares.ts",
    "src/sources",
    "src/connector-api",
    "src/protocols",
    "src/connectors",
    "src/domain",
  ],
  "src/config.ts": ["src/config"],
  "src/sources/file-sources.ts": ["src/sources", "src/config.ts"],
  "src/sources/open-sources.ts": [
    "src/sources",
    "src/config.ts",
    "src/connector-api",
    "src/connectors",
    "src/upstream",
    "src/domain",
  ],
  "src/start-failure.ts": ["src/config.ts", "src/domain"],
  "src/read-settings.ts": ["src/config.ts"],
  "src/log.ts": ["src/runtime", "src/domain"],
  "src/metrics.ts": ["src/ingest", "src/events", "src/upstream"],
  "src/parts": [
    "src/alerts",
    "src/audit",
    "src/evidence",
    "src/api-keys",
    "resolvers",
    "src/server",
    "src/reconcile",
    "src/diagnosis",
    "src/statistics",
    "src/ingest",
    ...INGEST,
    "src/demo",
    "src/connectors",
    "src/metrics.ts",
    "src/config.ts",
  ],
};

const files = sourceFiles(ROOT, ["src", "sandbox", "resolvers", "dashboard"]);
const edges = files.flatMap((file) => importsOf(ROOT, file));

/** The longest name in the table that contains the file; the first two folders if there is none. */
function layerOf(file: string): string {
  const names = Object.keys(MAY_IMPORT).filter((name) => file === name || file.startsWith(`${name}/`));
  return names.toSorted((a, b) => b.length - a.length)[0] ?? file.split("/").slice(0, 2).join("/");
}

/** Returns whether a line of the table names the layer, or a folder that contains it. */
const covers = (names: readonly string[], layer: string): boolean =>
  names.some((name) => layer === name || layer.startsWith(`${name}/`));

function show(edge: Edge): string {
  return `${edge.from}:${edge.line} imports ${edge.to}`;
}

const isTop = (file: string): boolean => /^src\/[^/]+$/.test(file);
const isTestOnly = (file: string): boolean => /\.test\.ts$|\/fixtures\//.test(file);

test("every folder imports only the folders that its row of the table allows", () => {
  const wrong = edges.filter((edge) => {
    if (edge.from === "src/main.ts" || isTestOnly(edge.from)) return false;
    const [from, to] = [layerOf(edge.from), layerOf(edge.to)];
    return from !== to && !covers(MAY_IMPORT[from] ?? [], to);
  });
  expect(wrong.map(show)).toEqual([]);
});

test("no connector imports another connector", () => {
  const connectorOf = (file: string) => /^src\/connectors\/([^/]+)\//.exec(file)?.[1];
  const wrong = edges.filter((edge) => {
    const [from, to] = [connectorOf(edge.from), connectorOf(edge.to)];
    return from !== undefined && to !== undefined && from !== to;
  });
  expect(wrong.map(show)).toEqual([]);
});

test("no sandbox imports another sandbox: shared code is in sandbox/shared, which imports none of them", () => {
  const sandboxOf = (file: string) => /^sandbox\/([^/]+)\//.exec(file)?.[1];
  const wrong = edges.filter((edge) => {
    const [from, to] = [sandboxOf(edge.from), sandboxOf(edge.to)];
    return from !== undefined && to !== undefined && from !== to && to !== "shared";
  });
  expect(wrong.map(show)).toEqual([]);
});

test("no file imports main.ts", () => {
  expect(edges.filter((edge) => edge.to === "src/main.ts").map(show)).toEqual([]);
});

test("every folder of src is in the table", () => {
  const layers = new Set(files.filter((file) => file !== "src/main.ts" && !file.endsWith(".test.ts")).map(layerOf));
  expect([...layers].filter((layer) => !(layer in MAY_IMPORT))).toEqual([]);
});

test("there is no import cycle, type-only imports included", () => {
  expect(findCycle(edges)).toBeUndefined();
});

test("no folder is in a cycle with a subfolder, and no subfolders of a folder are in one", () => {
  // A file directly in `src` has a line of its own in the table. What codegen writes names the resolvers' context.
  const nested = edges.filter(
    ({ from, to }) => !isTop(from) && !isTop(to) && !isTestOnly(from) && !from.includes("/__generated__/"),
  );
  expect(findFolderCycles(nested).map(({ folder, imports }) => [folder, ...imports.map(show)])).toEqual([]);
});

test("a cycle of folders would be found, whatever files it goes through", () => {
  const edge = (from: string, to: string): Edge => ({ from, to, line: 1 });
  const knot = [edge("src/a/one.ts", "src/a/b/two.ts"), edge("src/a/b/three.ts", "src/a/four.ts")];
  expect(findFolderCycles(knot)).toEqual([{ folder: "src/a", imports: knot }]);
  const siblings = [edge("src/a/one.ts", "src/b/c/two.ts"), edge("src/b/three.ts", "src/a/d/four.ts")];
  expect(findFolderCycles(siblings)).toEqual([{ folder: "src", imports: siblings }]);
  expect(
    findFolderCycles([edge("src/a/one.ts", "src/a/b/two.ts"), edge("src/a/b/two.ts", "src/a/c/three.ts")]),
  ).toEqual([]);
});

test("only config.ts and main.ts read the environment", async () => {
  const { readFile } = await import("node:fs/promises");
  const readers: string[] = [];
  for (const file of files) {
    if (file === "src/main.ts" || file.endsWith(".test.ts") || file.startsWith("sandbox/")) continue;
    if (/process\.env/.test(await readFile(file, "utf8"))) readers.push(file);
  }
  expect(readers).toEqual([]);
});

test("a cycle is detected", () => {
  const edge = (from: string, to: string): Edge => ({ from, to, line: 1 });
  expect(findCycle([edge("a", "b"), edge("b", "c"), edge("c", "a")])).toEqual(["a", "b", "c", "a"]);
});
