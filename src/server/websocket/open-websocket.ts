import { handleProtocols } from "graphql-ws";
import type { IncomingHttpHeaders, IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Principal } from "../../../resolvers/principal.ts";
import type { ServiceError } from "../../domain/error.ts";
import { receivedTraceparent } from "../../runtime/tracing.ts";
import { errorResponse, writeError } from "../http/http-errors.ts";
import { requestIdOf } from "../http/request-id.ts";
import type { AllowedPages } from "../http/allowed-pages.ts";
import type { TransportGraph } from "../subscriptions/transport-graph.ts";
import { type GraphSocket, openGraphSocket, type SocketLimits } from "./graph-socket.ts";
import type { Operation } from "../subscriptions/operation.ts";
import { createProtocol, type SocketState } from "./protocol.ts";
import { createQuota, type Quota, type QuotaLimits } from "../subscriptions/quota.ts";
import { refusalOf } from "./upgrade.ts";

const GOING_AWAY = 1001;
/** After 4401 a client would never reconnect; after 4403 it does, with a new token if it has one. */
const FORBIDDEN = 4403;

export interface WebSocketLimits extends SocketLimits, QuotaLimits {
  /** Time from the socket's opening to `connection_init`; then the socket is closed with 4408. */
  readonly initTimeoutMs: number;
  /** Maximum size of one message; a larger one closes the socket with 1009. */
  readonly maxMessageBytes: number;
  /** Maximum number of concurrent operations of one socket. */
  readonly maxOperations: number;
  readonly maxSockets: number;
}

/** A stalled peer is disconnected before its missing pong would be noticed, so that it learns the reason. */
export const DEFAULT_LIMITS: WebSocketLimits = {
  initTimeoutMs: 3_000,
  maxMessageBytes: 1024 * 1024,
  maxOperations: 100,
  maxSockets: 12_000,
  perPrincipal: { connections: 1_000, operations: 2_000, bytes: 16 * 1024 * 1024 },
  perTenant: { connections: 6_000, operations: 12_000, bytes: 64 * 1024 * 1024 },
  stallMs: 10_000,
  maxBufferedBytes: 4 * 1024 * 1024,
  pingIntervalMs: 12_000,
  closeGraceMs: 3_000,
};

export interface OpenWebSocketOptions {
  /** Server whose upgrade requests are all handled here. */
  readonly server: HttpServer;
  readonly graph: TransportGraph;
  /** True without authentication: requests from pages of other hosts are rejected. */
  readonly loopbackOnly: boolean;
  readonly pages: Pick<AllowedPages, "allowsOrigin">;
  readonly limits?: Partial<WebSocketLimits>;
  /** Shared with other transports. Default: one of these limits. */
  readonly quota?: Quota;
  /** Called with internal problems; peers receive only a code. */
  readonly onProblem: (problem: ServiceError) => void;
}

/** Graph over graphql-transport-ws: subscriptions, and queries and mutations too. */
export interface WebSocketTransport {
  readonly sockets: number;
  /** Number of running operations over all sockets. */
  readonly operations: number;
  /** Accepts no more sockets, sends every peer a close for shutdown, and resolves when all sockets are closed. */
  close(): Promise<void>;
}

export function openWebSocket(options: OpenWebSocketOptions): WebSocketTransport {
  const { server, graph, loopbackOnly, pages, onProblem } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const quota = options.quota ?? createQuota(limits);
  const protocol = createProtocol({ graph, quota, ...limits });
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxMessageBytes,
    handleProtocols,
  });
  const open = new Map<GraphSocket, ReadonlySet<Operation>>();
  let closing = false;

  /** Nothing here keeps the request in memory: there are many sockets. */
  function accept(socket: WebSocket, headers: IncomingHttpHeaders, connection: Duplex): void {
    const onClosed: (() => void)[] = [];
    const extra: SocketState = {
      headers,
      send: () => Promise.resolve(),
      operations: new Set<Operation>(),
      traceparent: receivedTraceparent(headers["traceparent"]),
      principal: undefined,
      onAuthenticated(principal: Principal): void {
        const release = quota.openConnection(principal);
        if (!open.has(graphSocket)) return release();
        onClosed.push(release);
        const disconnected = new AbortController();
        onClosed.push(() => disconnected.abort());
        graph.access.watch({
          principal,
          signal: disconnected.signal,
          onEnded: ({ publicMessage }) => graphSocket.close(FORBIDDEN, publicMessage),
        });
      },
    };
    const graphSocket = openGraphSocket({ socket, connection, protocol, extra, limits, onProblem });
    open.set(graphSocket, extra.operations);
    void graphSocket.closed.then(() => {
      open.delete(graphSocket);
      for (const end of onClosed.splice(0)) end();
    });
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refusalOf(request, open.size, {
      loopbackOnly,
      pages,
      maxSockets: closing ? 0 : limits.maxSockets,
    });
    if (refusal !== undefined) {
      const requestId = requestIdOf(request);
      return writeError(socket, requestId, errorResponse(refusal, requestId, graph.formatError));
    }
    acceptor.handleUpgrade(request, socket, head, (accepted) => accept(accepted, request.headers, socket));
  }

  server.on("upgrade", onUpgrade);
  return {
    get sockets() {
      return open.size;
    },
    get operations() {
      return [...open.values()].reduce((sum, operations) => sum + operations.size, 0);
    },
    async close() {
      closing = true;
      const leaving = [...open.keys()];
      for (const socket of leaving) socket.close(GOING_AWAY, "Going away");
      await Promise.all(leaving.map((socket) => socket.closed));
      server.off("upgrade", onUpgrade);
      acceptor.close();
    },
  };
}
