import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { parse } from "graphql";
import { execFile, type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { createSubgraphSchema } from "../src/server/load-schema.ts";
import { type GraphServer, useGraphServer } from "../test/helpers/graph-server.ts";
import { COMPOSERS } from "./compose.ts";
import type { Subgraph } from "./subgraph.ts";
import { PRODUCT_RESOLVERS } from "./compatibility-products.ts";
import { freePort } from "./gateways.ts";

const require = createRequire(import.meta.url);
const SUITE = dirname(require.resolve("@apollo/federation-subgraph-compatibility-tests/package.json"));
/** Address of the router that is written into the suite. */
const ROUTER_OF_SUITE = "http://localhost:4000/";
const SECRET = randomUUID();
const TESTS = 23;
const SUITE_TIMEOUT_MS = 120_000;
const START_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/**
 * Runs Apollo's compatibility suite for subgraphs against our server with the suite's schema of products, behind
 * @apollo/gateway with the suite's other subgraphs. Its requests reach us through a proxy that adds the secret of routers,
 * as a router would that has it in its settings.
 * @throws Error unless all its tests pass
 */
export async function runCompatibilitySuite(): Promise<void> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  try {
    const sdl = await readFile(join(SUITE, "products.graphql"), "utf8");
    const schema = createSubgraphSchema(parse(sdl), PRODUCT_RESOLVERS);
    const graph = await useGraphServer({ schema, routerSecrets: [SECRET] });
    cleanUp.unshift(async () => graph[Symbol.asyncDispose]());
    const proxy = await startProxy(graph);
    cleanUp.unshift(() => closeServer(proxy));
    const subgraphs: Subgraph[] = [{ name: "products", url: addressOf(proxy), sdl }];
    for (const name of ["users", "inventory"]) {
      const { child, url } = await startSubgraph(name);
      cleanUp.unshift(() => endProcess(child));
      subgraphs.push({ name, url, sdl: await readFile(join(SUITE, `dist/subgraphs/${name}/${name}.graphql`), "utf8") });
    }
    const router = await startRouter(subgraphs);
    cleanUp.unshift(() => router.stop());
    const folder = await copySuite(router.url);
    cleanUp.unshift(() => rm(folder, { recursive: true, force: true }));
    await runTests(folder, addressOf(proxy));
  } finally {
    for (const work of cleanUp) await work();
  }
}

/** A server that passes requests on to `/graphql` with the secret of routers. */
async function startProxy({ url }: GraphServer): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const trace = request.headers["apollo-federation-include-trace"];
      const headers = {
        "content-type": "application/json",
        "x-router-secret": SECRET,
        ...(typeof trace === "string" && { "apollo-federation-include-trace": trace }),
      };
      const answer = await fetch(`${url}/graphql`, { method: "POST", headers, body: await text(request) });
      response.setHeader("content-type", "application/json");
      response.statusCode = answer.status;
      response.end(await answer.text());
    })().catch((reason: unknown) => response.destroy(reason instanceof Error ? reason : undefined));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

async function startSubgraph(name: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const port = await freePort();
  const env = { ...process.env, USERS_PORT: String(port), INVENTORY_PORT: String(port) };
  const child = spawn(process.execPath, [join(SUITE, `dist/subgraphs/${name}/index.js`)], { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/`;
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const body = JSON.stringify({ query: "{ __typename }" });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
    if (answer?.ok === true) return { child, url };
    if (performance.now() > deadlineMs || child.exitCode !== null) throw new Error(`${name} did not start`);
    await pause(LOOK_EVERY_MS);
  }
}

async function startRouter(subgraphs: readonly Subgraph[]) {
  const { supergraph, errors } = (await COMPOSERS["@apollo/composition"]?.(subgraphs)) ?? { errors: [] };
  if (supergraph === undefined) throw new Error(`not composed: ${errors.join("; ")}`);
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl: supergraph }) });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
  return { url, stop: () => server.stop() };
}

/** Copies the suite's tests to where its dependencies are found, with the address of our router; returns the folder. */
async function copySuite(routerUrl: string): Promise<string> {
  const folder = join(dirname(SUITE), `.compatibility-${randomUUID()}`);
  await mkdir(folder);
  await cp(join(SUITE, "products.graphql"), join(folder, "products.graphql"));
  const dist = join(SUITE, "dist");
  const filter = (path: string): boolean => !path.startsWith(join(dist, "subgraphs"));
  await cp(dist, join(folder, "dist"), { recursive: true, filter });
  for (const name of await readdir(join(folder, "dist/utils"))) {
    const path = join(folder, "dist/utils", name);
    if (name.endsWith(".js")) await writeFile(path, (await readFile(path, "utf8")).replace(ROUTER_OF_SUITE, routerUrl));
  }
  return folder;
}

async function runTests(folder: string, productsUrl: string): Promise<void> {
  const report = join(folder, "report.json");
  const options = ["--rootDir", join(folder, "dist/tests"), "--testPathIgnorePatterns", "^$"];
  const haste = ["--haste", '{"retainAllFiles":true}', "--testMatch", "**/*.test.js"];
  const jest = join(dirname(require.resolve("jest/package.json", { paths: [SUITE] })), "bin/jest.js");
  const output = ["--json", "--outputFile", report, "--transform", "{}", "--runInBand"];
  const env = { ...process.env, PRODUCTS_URL: productsUrl, NODE_OPTIONS: "" };
  const run = promisify(execFile)(process.execPath, [jest, ...options, ...haste, ...output], {
    cwd: folder,
    env,
    timeout: SUITE_TIMEOUT_MS,
  });
  const failure: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { numPassedTests, numTotalTests } = JSON.parse(await readFile(report, "utf8")) as {
    readonly numPassedTests: number;
    readonly numTotalTests: number;
  };
  if (failure !== undefined || numPassedTests !== TESTS || numTotalTests !== TESTS) {
    throw new Error(`${numPassedTests} of ${numTotalTests} passed, expected ${TESTS}: ${String(failure)}`);
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}
