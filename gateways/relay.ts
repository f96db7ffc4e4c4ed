import { buildSubgraphSchema } from "@apollo/subgraph";
import { isInterfaceType, parse, printSchema } from "graphql";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { subgraphSdl } from "../tools/subgraph-sdl.ts";

const COMPILER = createRequire(import.meta.url).resolve("relay-compiler/cli.js");
const TIMEOUT_MS = 60_000;

/** A list in pages, as Relay reads it. */
const PAGES = `fragment nodes_pages on Party
  @refetchable(queryName: "nodesPagesQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    payments(first: $count, after: $cursor) @connection(key: "nodes_payments") { edges { node { id } } }
  }`;

/**
 * Compiles a refetchable fragment for every type that implements Node, and one of a list in pages.
 * @throws Error with the compiler's output
 */
export async function compileRelay(): Promise<void> {
  const schema = buildSubgraphSchema(parse(subgraphSdl()));
  const node = schema.getType("Node");
  if (!isInterfaceType(node)) throw new Error("expected an interface Node");
  const types = schema.getPossibleTypes(node).map(({ name }) => name);
  const fragments = types.map(
    (type) => `fragment nodes_${type} on ${type} @refetchable(queryName: "nodes${type}Query") { __typename }`,
  );
  const folder = await mkdtemp(join(tmpdir(), "sluice-relay-"));
  try {
    await mkdir(join(folder, "src/__generated__"), { recursive: true });
    await writeFile(join(folder, "schema.graphql"), printSchema(schema));
    const code = [...fragments, PAGES].map((fragment) => `graphql\`${fragment}\`;`);
    await writeFile(join(folder, "src/nodes.ts"), `import { graphql } from "react-relay";\n${code.join("\n")}\n`);
    const config = {
      src: "src",
      schema: "schema.graphql",
      language: "typescript",
      artifactDirectory: "src/__generated__",
    };
    await writeFile(join(folder, "relay.config.json"), JSON.stringify(config));
    await promisify(execFile)(process.execPath, [COMPILER, "relay.config.json"], { cwd: folder, timeout: TIMEOUT_MS });
    const queries = (await readdir(join(folder, "src/__generated__"))).filter((name) =>
      name.endsWith("Query.graphql.ts"),
    );
    if (queries.length !== types.length + 1)
      throw new Error(`expected ${types.length + 1} queries, got ${queries.join()}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
