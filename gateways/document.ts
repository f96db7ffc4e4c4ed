import { randomUUID } from "node:crypto";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { SignJWT } from "jose";
import { codeBlock } from "../test/helpers/documents.ts";
import { eventually } from "../test/helpers/eventually.ts";
import { subgraphSdl } from "../tools/subgraph-sdl.ts";
import { type Client, freePort, postTo, subscribeTo } from "./gateways.ts";
import { PLACE } from "./partners.ts";
import { startWorld, type World } from "./supergraphs.ts";
import { openSubscriptions, type Transport } from "./transports.ts";

/** Where the document's example has the demo's, the checks have their own. */
const DEMO_PAYMENT = "ch_3ueGZxSbkw1jB7Y8PdK0003Dv";
const EXPECTED = { externalId: "pi_1", status: "SUCCEEDED", amount: { amount: "10.50", currency: "EUR" } };

const EVENT_LIMIT_MS = 30_000;
const AUTH_SECRET = randomUUID();

/**
 * Does what docs/partners.md says under "Five minutes", with Hive's gateway, on free ports, and with callers who need a
 * token.
 * @throws Error when a step fails, the answer is not the joined one, or the token does not reach us
 */
export async function followDocument(): Promise<void> {
  await using world = await startWorld({ auth: { kind: "secret", secret: AUTH_SECRET } });
  const { graph } = world;
  const folder = join(import.meta.dirname, `.document-${randomUUID()}`); // below the packages that its scripts import
  const port = await freePort();
  const placed = (text: string): string =>
    text
      .replaceAll("127.0.0.1:4000", new URL(graph.url).host)
      .replaceAll("127.0.0.1:4002", new URL(world.port.origin).host)
      .replaceAll("4001", String(port))
      .replaceAll("gateway.config.js", "gateway.config.mjs")
      .replaceAll("stripe-demo", "stripe-main")
      .replaceAll(DEMO_PAYMENT, "pi_1");
  await mkdir(folder);
  let server: ChildProcess | undefined;
  try {
    const files = {
      "sluice.graphql": subgraphSdl(),
      "invoices.graphql": codeBlock("example", "partner-sdl", "graphql"),
      "invoices.mjs": codeBlock("example", "partner-server", "js"),
      "compose.mjs": codeBlock("example", "partner-compose", "js"),
      "gateway.config.mjs": codeBlock("example", "partner-hive", "js"),
      "callback.config.mjs": codeBlock("example", "partner-hive-callback", "js"),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), placed(content));
    const partner = spawn(process.execPath, ["invoices.mjs"], { cwd: folder, stdio: "ignore" });
    server = partner;
    const url = `http://127.0.0.1:${port}/`;
    await eventually("the partner of the document", () =>
      postTo({ send: fetch, url }, "{ __typename }").then(
        () => true,
        () => (partner.exitCode === null ? undefined : Promise.reject(new Error("invoices.mjs ended"))),
      ),
    );
    const [code] = (await once(spawn(process.execPath, ["compose.mjs"], { cwd: folder }), "close")) as [number];
    if (code !== 0) throw new Error(`compose.mjs ended with ${code}`);
    await expectJoin(world, folder);
  } finally {
    server?.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}

/** The configurations of the document, over WebSocket, without settings of subscriptions, and over HTTP callback. */
async function expectJoin(world: World, folder: string): Promise<void> {
  const configurationIn = async (name: string) => {
    const { gatewayConfig } = (await import(pathToFileURL(join(folder, name)).href)) as {
      readonly gatewayConfig: Readonly<Record<string, unknown>>;
    };
    return { ...gatewayConfig, supergraph: join(folder, "supergraph.graphql") }; // the command finds it beside the file
  };
  const first = await configurationIn("gateway.config.mjs");
  await expectAnswers(world, first, "WebSocket");
  await expectAnswers(world, { ...first, transportEntries: {} }, "server-sent events by GET");
  await expectAnswers(world, await configurationIn("callback.config.mjs"), "HTTP callback");
}

async function expectAnswers(world: World, configuration: object, transport: Transport): Promise<void> {
  const runtime = createGatewayRuntime({ ...configuration, logging: false } as never);
  const leave = world.port.serve({ request: runtime });
  try {
    const key = new TextEncoder().encode(AUTH_SECRET);
    const claims = new SignJWT({ tenant: PLACE.tenantId, scope: "read" }).setProtectedHeader({ alg: "HS256" });
    const headers = { authorization: `Bearer ${await claims.setExpirationTime("1h").sign(key)}` };
    const client = { send: (request: Request) => runtime.fetch(request), url: "http://gateway/graphql", headers };
    const answer = await postTo(client, codeBlock("example", "partner-query", "graphql"));
    const { invoices } = answer.data as { readonly invoices: readonly [{ readonly payment: object }] };
    const { externalId, status, amount } = invoices[0].payment as Readonly<Record<string, unknown>>;
    const joined = JSON.stringify({ externalId, status, amount });
    if (joined !== JSON.stringify(EXPECTED)) throw new Error(`expected ${JSON.stringify(EXPECTED)}, got ${joined}`);
    const { errors = [] } = await postTo(client, codeBlock("example", "partner-fresh", "graphql"));
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    await expectEvent(world, client, transport);
  } finally {
    leave();
    await runtime[Symbol.asyncDispose]();
  }
}

/** @throws Error unless the document's subscription yields a position and then the event that is committed */
async function expectEvent(world: World, client: Client, transport: Transport): Promise<void> {
  const controller = new AbortController();
  const types: unknown[] = [];
  try {
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(EVENT_LIMIT_MS)]);
    for await (const answer of subscribeTo(client, codeBlock("example", "partner-subscription", "graphql"), signal)) {
      types.push(
        (answer.data as { readonly syncEvents?: { readonly __typename: string } } | null)?.syncEvents?.__typename,
      );
      const open = openSubscriptions(world.graph.server, transport);
      if (open !== 1) throw new Error(`expected one subscription over ${transport}, got ${open}`);
      if (types.length === 2) break;
      await world.announcePayment();
    }
  } finally {
    controller.abort();
  }
  if (types.join() !== "StreamPosition,EntityChanged")
    throw new Error(`expected a position and an event over ${transport}, got ${types.join()}`);
}
