import type { IncomingMessage } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { eventually } from "../test/helpers/eventually.ts";
import { drawSeed } from "../test/helpers/draw-seed.ts";
import { runCompatibilitySuite } from "./compatibility.ts";
import { COMPOSERS } from "./compose.ts";
import type { Subgraph } from "./subgraph.ts";
import { checkPartnerContract, CONTRACT_COMPOSERS } from "./contracts.ts";
import { followThroughCuts } from "./cut-connections.ts";
import { followDocument } from "./document.ts";
import { type Answer, type Gateway, type GatewayError, GATEWAYS, type StartGateway } from "./gateways.ts";
import { createMatrix, type Matrix } from "./matrix.ts";
import { compileRelay } from "./relay.ts";
import { type Query, startSubgraphs, startWorld, type Supergraph, SUPERGRAPHS, type World } from "./supergraphs.ts";
import {
  CLIENT_LIMITS,
  CLIENT_TRANSPORTS,
  openSubscriptions,
  type Transport,
  TRANSPORT_LIMITS,
  TRANSPORTS,
} from "./transports.ts";

/** Of the cuts of connections; printed, and taken from the variable. */
const seed = drawSeed("GATEWAYS_SEED");

/** Composes each supergraph by every composer, serves it by every gateway, and prints what works. */
async function run(): Promise<void> {
  const matrix = createMatrix();
  await using world = await startWorld();
  await matrix.check("@refetchable on every type that implements Node", "relay-compiler", compileRelay);
  await matrix.check("23 of 23 tests, with traces", "Apollo's compatibility suite", runCompatibilitySuite);
  await matrix.check("the steps of docs/partners.md", "Hive Gateway", followDocument);
  for (const supergraph of SUPERGRAPHS) await checkSupergraph(world, supergraph, matrix);
  matrix.print((text) => process.stdout.write(text));
  process.stdout.write(`\n${matrix.failures} failed\n`);
  process.exitCode = matrix.failures === 0 ? 0 : 1;
}

async function checkSupergraph(world: World, supergraph: Supergraph, matrix: Matrix): Promise<void> {
  await using running = await startSubgraphs(world, supergraph);
  const { subgraphs } = running;
  for (const [name, compose] of Object.entries(COMPOSERS)) {
    await matrix.check(`composition: ${supergraph.name}`, name, async () => {
      const { errors } = await compose(subgraphs);
      if (errors.length > 0) throw new Error(errors.join("\n"));
    });
  }
  if (supergraph === SUPERGRAPHS[0]) {
    for (const [name, compose] of Object.entries(CONTRACT_COMPOSERS)) {
      await matrix.check("contract of partners", name, async () => checkPartnerContract(subgraphs, compose));
    }
  }
  const answers = new Map<string, unknown>();
  for (const [name, start] of Object.entries(GATEWAYS)) {
    await matrix.check(`served: ${supergraph.name}`, name, async () => {
      const gateway = await start({ subgraphs, transport: "WebSocket", port: world.port });
      try {
        for (const query of supergraph.queries) {
          const row = `query: ${query.name}`;
          const limit = query.limits?.[name];
          if (limit !== undefined) matrix.notApplicable(row, name, limit);
          else await matrix.check(row, name, () => checkQuery(world, gateway, query, answers));
        }
      } finally {
        await gateway.close();
      }
    });
  }
  if (supergraph !== SUPERGRAPHS[0]) return;
  for (const [name, start] of Object.entries(GATEWAYS)) {
    for (const transport of TRANSPORTS) {
      await checkSubscription({ world, subgraphs, matrix, name, start, transport });
    }
    await checkCuts({ world, subgraphs, matrix, name, start });
  }
}

/** @throws Error when the answer has errors, differs from that of the first gateway, or took more SQL statements */
async function checkQuery(
  { graph }: World,
  gateway: Gateway,
  { name, text, tables = [], error }: Query,
  answers: Map<string, unknown>,
): Promise<void> {
  graph.takeStatements();
  const { data, errors = [] } = await gateway.query(text);
  const sent = graph.takeStatements();
  if (error === undefined ? errors.length > 0 : !hasError(errors, error)) throw new Error(JSON.stringify(errors));
  const first = answers.get(name) ?? data;
  answers.set(name, first);
  if (error === undefined && /null|\[\]/.test(JSON.stringify(data)))
    throw new Error(`expected all values, got ${JSON.stringify(data)}`);
  if (!isDeepStrictEqual(first, data)) {
    throw new Error(`expected ${JSON.stringify(first)}, got ${JSON.stringify(data)}`);
  }
  for (const table of tables) {
    const reads = sent.filter((statement) => statement.includes(` from ${table} `));
    if (reads.length !== 1) throw new Error(`expected one statement of ${table}, got ${sent.join("\n")}`);
  }
}

function hasError(errors: readonly GatewayError[], { code, path }: NonNullable<Query["error"]>): boolean {
  return errors.some((one) => one.extensions?.["code"] === code && isDeepStrictEqual(one.path, path));
}

interface GatewayCheck {
  readonly world: World;
  readonly subgraphs: readonly Subgraph[];
  readonly matrix: Matrix;
  readonly name: string;
  readonly start: StartGateway;
}

/** The package `sluice-events` by each of its transports, with each transport between the gateway and us. */
async function checkCuts({ matrix, name, ...rest }: GatewayCheck): Promise<void> {
  for (const client of CLIENT_TRANSPORTS) {
    const limit = CLIENT_LIMITS[name]?.[client];
    for (const transport of TRANSPORTS) {
      const row = `sluice-events by ${client}, ${transport}, both cut at random: every event once, in order`;
      const reason = limit ?? TRANSPORT_LIMITS[name]?.[transport];
      if (reason !== undefined) matrix.notApplicable(row, name, reason);
      else await matrix.check(row, name, () => followThroughCuts({ ...rest, transport, client, seed }));
    }
  }
}

interface SubscriptionCheck extends GatewayCheck {
  readonly transport: Transport;
}

const SUBSCRIPTION = `subscription { syncEvents { __typename cursor
  ... on EntityChanged { entityId entity { __typename id ... on Payment { externalId order { number } } } } } }`;
const ENDED_MS = 30_000;

async function checkSubscription({ matrix, name, start, ...rest }: SubscriptionCheck): Promise<void> {
  const { world, subgraphs, transport } = rest;
  const row = `subscription over ${transport}: position, event with fields of partners, end`;
  const limit = TRANSPORT_LIMITS[name]?.[transport];
  if (limit !== undefined) {
    matrix.notApplicable(row, name, limit);
    return;
  }
  await matrix.check(row, name, async () => {
    const gateway = await start({ subgraphs, transport, port: world.port });
    try {
      await follow(world, gateway, transport);
    } finally {
      await gateway.close();
    }
  });
}

/** @throws Error unless the events come over the transport, and Sluice ends the subscription when the client has left */
async function follow(world: World, gateway: Gateway, transport: Transport): Promise<void> {
  const { server } = world.graph;
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(ENDED_MS)]);
  const events: unknown[] = [];
  const methods = new Set<string | undefined>();
  const noteMethod = ({ method }: IncomingMessage) => void methods.add(method);
  if (gateway.subscribe === undefined) throw new Error("has no subscriptions");
  server.fastify.server.on("request", noteMethod);
  try {
    for await (const answer of gateway.subscribe(SUBSCRIPTION, signal)) {
      events.push(eventOf(answer));
      const open = openSubscriptions(server, transport);
      if (open !== 1) throw new Error(`expected one subscription over ${transport}, got ${open}`);
      if (events.length === 1) await world.announcePayment();
      else break;
    }
  } finally {
    controller.abort();
    server.fastify.server.off("request", noteMethod);
  }
  const [position, event] = events as readonly Readonly<Record<string, unknown>>[];
  if (position?.["__typename"] !== "StreamPosition") throw new Error(`no position: ${JSON.stringify(events)}`);
  const expected = { __typename: "Payment", id: event?.["entityId"], externalId: "pi_7", order: { number: "7" } };
  if (!isDeepStrictEqual({ ...Object(event?.["entity"]) }, expected)) throw new Error(JSON.stringify(event));
  if (methods.has("GET") !== (transport === "server-sent events by GET"))
    throw new Error(`expected another method, got ${[...methods].join()}`);
  const hasEnded = () => openSubscriptions(server, transport) === 0;
  await eventually("the end of the subscription at Sluice", hasEnded, ENDED_MS);
}

function eventOf({ data, errors = [] }: Answer): unknown {
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return (data as { readonly syncEvents: unknown }).syncEvents; // as requested
}

await run();
