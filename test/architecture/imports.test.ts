import { expect, test } from "@jest/globals";
import { type Edge, findCycle, importsOf, sourceFiles } from "./import-graph.ts";

const ROOT = process.cwd();

/** Who may import whom; a folder may always import itself. Read with DESIGN's folders: each line builds on those above it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/domain": [],
  "src/worker": ["src/domain"],
  "src/connector-api": ["src/domain"],
  "src/protocols": ["src/domain"],
  "src/store": ["src/domain"],
  "src/connectors": ["src/connector-api", "src/protocols", "src/domain"],
  "src/upstream": ["src/store", "src/connector-api", "src/protocols", "src/domain"],
  "src/events": ["src/store", "src/domain"],
  "src/apply": ["src/events", "src/store", "src/connector-api", "src/domain"],
  "src/inbox": [
    "src/apply",
    "src/events",
    "src/upstream",
    "src/store",
    "src/connector-api",
    "src/protocols",
    "src/worker",
    "src/domain",
  ],
  "src/statements": ["src/apply", "src/events", "src/upstream", "src/store", "src/connector-api", "src/domain"],
  "src/files": [
    "src/statements",
    "src/apply",
    "src/events",
    "src/upstream",
    "src/store",
    "src/connector-api",
    "src/worker",
    "src/domain",
  ],
  "src/sync": ["src/apply", "src/events", "src/upstream", "src/store", "src/connector-api", "src/worker", "src/domain"],
  "src/read-through": [
    "src/apply",
    "src/events",
    "src/upstream",
    "src/store",
    "src/connector-api",
    "src/worker",
    "src/domain",
  ],
  "src/loaders": ["src/read-through", "src/upstream", "src/store", "src/events", "src/domain"],
  resolvers: ["src/loaders", "src/events", "src/domain"],
  "src/server": [
    "resolvers",
    "src/inbox",
    "src/files",
    "src/sync",
    "src/read-through",
    "src/loaders",
    "src/events",
    "src/upstream",
    "src/store",
    "src/connector-api",
    "src/domain",
  ],
  "src/sandbox": [],
  "src/demo": ["src/sandbox", "src/events", "src/domain"],
  "src/shared-credentials.ts": ["src/connector-api", "src/upstream"],
  "src/config.ts": ["src/shared-credentials.ts", "src/connector-api", "src/protocols", "src/connectors", "src/domain"],
  "src/sources.ts": ["src/config.ts", "src/connector-api", "src/connectors", "src/upstream", "src/domain"],
  "src/start.ts": ["src/domain"],
  "src/metrics.ts": ["src/inbox", "src/sync", "src/events", "src/upstream"],
};

const files = sourceFiles(ROOT, ["src", "resolvers"]);
const edges = files.flatMap((file) => importsOf(ROOT, file));

function layerOf(file: string): string {
  if (file.startsWith("resolvers/")) return "resolvers";
  return file.split("/").slice(0, 2).join("/");
}

function show(edge: Edge): string {
  return `${edge.from}:${edge.line} imports ${edge.to}`;
}

test("every folder imports only what stands below it", () => {
  const wrong = edges.filter((edge) => {
    if (edge.from === "src/main.ts" || /\.test\.ts$|\/fixtures\//.test(edge.from)) return false;
    const [from, to] = [layerOf(edge.from), layerOf(edge.to)];
    return from !== to && !(MAY_IMPORT[from] ?? []).includes(to);
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

test("no sandbox imports another sandbox: what several need is in shared, which needs none of them", () => {
  const sandboxOf = (file: string) => /^src\/sandbox\/([^/]+)\//.exec(file)?.[1];
  const wrong = edges.filter((edge) => {
    const [from, to] = [sandboxOf(edge.from), sandboxOf(edge.to)];
    return from !== undefined && to !== undefined && from !== to && to !== "shared";
  });
  expect(wrong.map(show)).toEqual([]);
});

test("nobody imports main.ts", () => {
  expect(edges.filter((edge) => edge.to === "src/main.ts").map(show)).toEqual([]);
});

test("every folder of src stands in the table", () => {
  const layers = new Set(files.filter((file) => file !== "src/main.ts" && !file.endsWith(".test.ts")).map(layerOf));
  expect([...layers].filter((layer) => !(layer in MAY_IMPORT))).toEqual([]);
});

test("there is no import cycle, type-only imports included", () => {
  expect(findCycle(edges)).toBeUndefined();
});

test("only config.ts and main.ts read the environment", async () => {
  const { readFile } = await import("node:fs/promises");
  const readers: string[] = [];
  for (const file of files) {
    if (file === "src/main.ts" || file.endsWith(".test.ts") || file.startsWith("src/sandbox/")) continue;
    if (/process\.env/.test(await readFile(file, "utf8"))) readers.push(file);
  }
  expect(readers).toEqual([]);
});

test("a cycle would be found", () => {
  const edge = (from: string, to: string): Edge => ({ from, to, line: 1 });
  expect(findCycle([edge("a", "b"), edge("b", "c"), edge("c", "a")])).toEqual(["a", "b", "c", "a"]);
});
