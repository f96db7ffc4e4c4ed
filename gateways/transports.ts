import { MemPubSub } from "@graphql-hive/pubsub";
import type { Server } from "../src/server/create-server.ts";
import type { Subgraph } from "./subgraph.ts";

/** Transports of subscriptions between gateway and subgraph. */
export const TRANSPORTS = [
  "WebSocket",
  "server-sent events by GET",
  "server-sent events by POST",
  "HTTP callback",
] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Transports of the package `sluice-events` between a client and a gateway. */
export const CLIENT_TRANSPORTS = ["sse", "multipart", "webSocket"] as const;
export type ClientTransport = (typeof CLIENT_TRANSPORTS)[number];

/** Interval at which Hive's runtimes expect a message; we send one after half of it, and learn so that a client has left. */
const HEARTBEAT_MS = 6_000;
const CALLBACK_PATH = "/callback";

const NO_SUBSCRIPTIONS = "has no subscriptions";
const NO_SUBSCRIPTION_BY = Object.fromEntries(TRANSPORTS.map((transport) => [transport, NO_SUBSCRIPTIONS]));

/** Transports that a gateway does not speak, whatever the subgraph does, with the reason. */
export const TRANSPORT_LIMITS: Readonly<Record<string, Readonly<Partial<Record<Transport, string>>>>> = {
  "@apollo/gateway": NO_SUBSCRIPTION_BY,
  grafbase: {
    "server-sent events by GET": "sends subscriptions by POST alone",
    "HTTP callback": "has WebSocket and server-sent events alone",
  },
};

const NO_MULTIPART = "sends subscriptions to clients by server-sent events and WebSocket alone";

/** Transports that a gateway does not speak with clients, with the reason. */
export const CLIENT_LIMITS: Readonly<Record<string, Readonly<Partial<Record<ClientTransport, string>>>>> = {
  "@graphql-hive/gateway-runtime": { multipart: NO_MULTIPART },
  "@graphql-hive/router-runtime": { multipart: NO_MULTIPART },
};

/** Number of subscriptions that are open at Sluice over a transport. */
export function openSubscriptions({ sockets, streams, callbacks }: Server, transport: Transport): number {
  if (transport === "WebSocket") return sockets.operations;
  if (transport === "HTTP callback") return callbacks?.open ?? 0;
  return streams.open;
}

/** Settings by which Hive's runtimes subscribe over a transport. @param origin of the gateway */
export function hiveSettings(transport: Transport, subgraphs: readonly Subgraph[], origin: string): object {
  const subscriptions = (webSocketUrl: string) =>
    ({
      WebSocket: { kind: "ws", location: webSocketUrl },
      "server-sent events by GET": undefined, // as without settings
      "server-sent events by POST": { kind: "http", options: { method: "POST" } },
      "HTTP callback": {
        kind: "http-callback",
        options: {
          public_url: `${origin}${CALLBACK_PATH}`,
          path: CALLBACK_PATH,
          heartbeat_interval: HEARTBEAT_MS,
        },
      },
    })[transport];
  const entries = subgraphs.flatMap(({ name, webSocketUrl }) => {
    const entry = webSocketUrl === undefined ? undefined : subscriptions(webSocketUrl);
    return entry === undefined ? [] : [[name, { options: { subscriptions: entry } }] as const];
  });
  return {
    transportEntries: Object.fromEntries(entries),
    ...(transport === "HTTP callback" && { webhooks: true, pubsub: new MemPubSub() }),
  };
}

/** Lines of grafbase's settings of a subgraph, by which it subscribes over a transport. */
export function grafbaseLines(transport: Transport, { webSocketUrl }: Pick<Subgraph, "webSocketUrl">): string {
  if (webSocketUrl === undefined) return "";
  return transport === "WebSocket"
    ? `websocket_url = "${webSocketUrl}"\n`
    : `subscription_protocol = "server_sent_events"\n`;
}
