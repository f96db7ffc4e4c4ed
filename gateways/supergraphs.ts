import { randomBytes } from "node:crypto";
import { appendEvents } from "../src/events/append.ts";
import { entityId } from "../src/domain/ids.ts";
import { createKeyring } from "../src/sources/secrets/keyring.ts";
import { createDatabase } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { type GraphServer, type GraphServerOptions, useGraphServer } from "../test/helpers/graph-server.ts";
import { type FaultProxy, startFaultProxy } from "../test/helpers/fault-proxy.ts";
import { addSource, ledgerWorld, putRecords } from "../test/helpers/ledger-world.ts";
import { useDatabase } from "../test/helpers/postgres.ts";
import { subgraphSdl } from "../tools/subgraph-sdl.ts";
import type { Subgraph } from "./subgraph.ts";
import { type GatewayPort, openGatewayPort } from "./gateway-port.ts";
import { type PartnerServer, startPartner } from "./partner-server.ts";
import type { Partner } from "./partner.ts";
import { invoices, labels, notes, orders, PLACE } from "./partners.ts";

/** Sluice with these partners. */
export interface Supergraph {
  readonly name: string;
  readonly partners: readonly Partner[];
  /** Other subgraphs have objects that implement Node. */
  readonly sharedNode: boolean;
  /** Queries that every gateway has to answer without an error, and equally. */
  readonly queries: readonly Query[];
}

export interface Query {
  readonly name: string;
  readonly text: string;
  /** Tables that Sluice has to read with one statement each. */
  readonly tables?: readonly string[];
  /** Code and path of an error that the answer has to have. Default: no error. */
  readonly error?: { readonly code: string; readonly path: readonly (string | number)[] };
  /** Gateways that cannot plan the query, whatever the subgraph does, with the reason. */
  readonly limits?: Readonly<Record<string, string>>;
}

export const SUPERGRAPHS: readonly Supergraph[] = [
  {
    name: "keys and @interfaceObject",
    partners: [orders, notes],
    sharedNode: false,
    queries: [
      {
        name: "100 payments of a partner's list, by our id: one statement",
        text: "{ orders(first: 100) { nodes { number total { amount } payment { externalId status amount { amount minor } } } } }",
        tables: ["payments"],
      },
      {
        name: "100 payouts of a partner's list, by the provider's id: one statement",
        text: "{ orders(first: 100) { nodes { payout { id status memo } } } }",
        tables: ["payouts"],
      },
      {
        name: "types of objects that a partner knows as Node alone",
        text: "{ flagged { __typename id } }",
        tables: ["payments", "refunds"],
        limits: { grafbase: "refuses an @interfaceObject's own type name" },
      },
      {
        name: "fields of the types of 100 objects that a partner knows as Node alone: one statement for each type",
        text: "{ flagged { __typename id notes ... on Payment { externalId } ... on Refund { externalId reason } } }",
        tables: ["payments", "refunds"],
        limits: {
          "@graphql-hive/router-runtime": "plans no fields of a type behind an @interfaceObject",
          grafbase: "refuses an @interfaceObject's own type name",
        },
      },
      {
        name: "fields that a partner adds to our objects by a key, in our list",
        text: "{ payments(first: 5) { nodes { externalId order { number reference { value } } } pageInfo { hasNextPage } } }",
      },
      {
        name: "fields that a partner adds to every Node by @interfaceObject, in our list",
        text: "{ payments(first: 5) { nodes { externalId notes } } }",
        limits: {
          "@graphql-hive/gateway-runtime": "plans no fields of an @interfaceObject for a single type",
          grafbase: "plans no fields of an @interfaceObject for a single type",
        },
      },
      {
        name: "a fresh object behind a join",
        text: "{ orders(first: 2) { nodes { payment { fresh(maxAge: 86400) { status freshness { via } } } } } }",
      },
      {
        name: "an error behind a join keeps its code, and the path of its own object",
        text: "{ orders(first: 2) { nodes { payment { externalId fresh(maxAge: -1) { id } } } } }",
        error: { code: "INVALID_INPUT", path: ["orders", "nodes", 0, "payment", "fresh"] },
      },
      { name: "Query.node", text: '{ node(id: "stripe-main") { __typename id } }' },
    ],
  },
  {
    name: "interface Node and enums",
    partners: [orders, labels],
    sharedNode: false,
    queries: [
      {
        name: "objects that a partner declares to implement Node, and its value of an enum",
        text: "{ transfers { status to { name label } } parties(first: 2) { nodes { label } } }",
      },
    ],
  },
  {
    name: "another Relay subgraph",
    partners: [orders, invoices],
    sharedNode: true,
    queries: [
      {
        name: "objects of the other subgraph by its Query.node, and ours behind them",
        text: '{ node(id: "invoice-1") { __typename id ... on Invoice { payment { externalId } } } }',
      },
    ],
  },
];

/** Sluice with 100 payments and what belongs to them, on a PostgreSQL of its own. */
export interface World extends AsyncDisposable {
  readonly graph: GraphServer;
  /** Where a gateway listens that gets events by HTTP callback. */
  readonly port: GatewayPort;
  /** Another way to it, whose connections can be cut. */
  readonly portProxy: FaultProxy;
  /** Commits an event about a payment; resolves with its number. */
  announcePayment(): Promise<bigint>;
}

const CALLBACK_CONNECTIONS = 2;
const CALLBACK_LIMITS = { perPrincipal: 100, perTenant: 100 };

/** @param options of the server. Default: every caller is the development principal */
export async function startWorld(options: GraphServerOptions = {}): Promise<World> {
  const port = await openGatewayPort();
  const portProxy = await startFaultProxy(port.origin);
  const graph = await startGraph([port.origin, portProxy.url], options);
  const place = { database: graph.database, ...PLACE };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, 100));
  await graph.database.transaction(PLACE.tenantId, (tx) => tx.query("update payments set observed_at = now()"));
  const id = entityId(PLACE.tenantId, PLACE.sourceId, "Payment", "pi_7");
  return {
    graph,
    port,
    portProxy,
    async announcePayment() {
      const body = { kind: "EntityChanged", change: "UPDATED", entityType: "Payment", entityId: id } as const;
      const event = { sourceId: PLACE.sourceId, body };
      return await graph.database.transaction(PLACE.tenantId, (tx) => appendEvents(tx, [event]));
    },
    async [Symbol.asyncDispose]() {
      await graph[Symbol.asyncDispose]();
      await portProxy[Symbol.asyncDispose]();
      await port[Symbol.asyncDispose]();
    },
  };
}

/** Starts Sluice, which may send events by HTTP callback to these origins. */
async function startGraph(origins: readonly string[], options: GraphServerOptions): Promise<GraphServer> {
  const opened = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const db = createDatabase({ connection: opened.connection, max: CALLBACK_CONNECTIONS });
  const settings = { origins, networks: [], limits: CALLBACK_LIMITS };
  const callbacks = { settings, db, keyring: createKeyring(randomBytes(32), []) };
  const close = async (): Promise<void> => {
    await db.close();
    await opened.close();
  };
  return useGraphServer({ callbacks, ...options }, { connection: opened.connection, close });
}

/** The SDL as composers get it that ask the subgraph. */
async function servedSdl(graph: GraphServer): Promise<string> {
  const { data } = await graph.query("{ _service { sdl } }");
  return data._service.sdl as string; // the federation protocol says so
}

/** The running subgraphs of a supergraph; disposing ends those of the partners. */
export interface RunningSubgraphs extends AsyncDisposable {
  readonly subgraphs: readonly Subgraph[];
}

export async function startSubgraphs({ graph }: World, supergraph: Supergraph): Promise<RunningSubgraphs> {
  const servers: PartnerServer[] = [];
  const subgraphs: Subgraph[] = [
    {
      name: "sluice",
      url: `${graph.url}/graphql`,
      webSocketUrl: `${graph.url.replace("http", "ws")}/ws`,
      sdl: supergraph.sharedNode ? subgraphSdl({ sharedNode: true }) : await servedSdl(graph),
    },
  ];
  for (const partner of supergraph.partners) {
    const server = await startPartner(partner);
    servers.push(server);
    subgraphs.push({ name: partner.name, url: server.url, sdl: partner.sdl });
  }
  const close = async () => void (await Promise.all(servers.map((server) => server.close())));
  return { subgraphs, [Symbol.asyncDispose]: close };
}
