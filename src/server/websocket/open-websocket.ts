import { handleProtocols } from "graphql-ws";
import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServiceError } from "../../domain/error.ts";
import { closeWhenExpired } from "./expiry.ts";
import type { SocketGraph } from "./graph.ts";
import { type GraphSocket, openGraphSocket, type SocketLimits } from "./graph-socket.ts";
import type { Operation } from "./operation.ts";
import { createProtocol } from "./protocol.ts";
import { refusalOf, refuse } from "./upgrade.ts";

const GOING_AWAY = 1001;

export interface WebSocketLimits extends SocketLimits {
  /** From the socket's opening to `connection_init`; 4408 after it. */
  readonly initTimeoutMs: number;
  /** Of one message; 1009 above it. */
  readonly maxMessageBytes: number;
  /** Operations of one socket at a time. */
  readonly maxOperations: number;
  readonly maxSockets: number;
}

/** A stalled peer is cut off before its missing pong would be noticed, so that it learns why. */
export const DEFAULT_LIMITS: WebSocketLimits = {
  initTimeoutMs: 3_000,
  maxMessageBytes: 1024 * 1024,
  maxOperations: 100,
  maxSockets: 12_000,
  stallMs: 10_000,
  maxBufferedBytes: 4 * 1024 * 1024,
  pingIntervalMs: 12_000,
  closeGraceMs: 3_000,
};

export interface OpenWebSocketOptions {
  /** Every upgrade of this server is answered here. */
  readonly server: HttpServer;
  readonly graph: SocketGraph;
  /** True without authentication: requests of other hosts' pages are refused. */
  readonly loopbackOnly: boolean;
  readonly limits?: Partial<WebSocketLimits>;
  /** Told what went wrong inside; peers are told no more than a code. */
  readonly onProblem: (problem: ServiceError) => void;
}

/** The graph over graphql-transport-ws: subscriptions, and queries and mutations too. */
export interface WebSocketTransport {
  readonly sockets: number;
  /** Operations running now, over all sockets. */
  readonly operations: number;
  /** Takes no more, tells every peer that we go away, and resolves when all sockets are gone. */
  close(): Promise<void>;
}

export function openWebSocket(options: OpenWebSocketOptions): WebSocketTransport {
  const { server, graph, loopbackOnly, onProblem } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const protocol = createProtocol({ graph, ...limits });
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxMessageBytes,
    handleProtocols,
  });
  const open = new Map<GraphSocket, ReadonlySet<Operation>>();
  let closing = false;

  function accept(socket: WebSocket, { headers }: IncomingMessage): void {
    const operations = new Set<Operation>();
    const gone = new AbortController();
    const extra = {
      headers,
      operations,
      principal: undefined,
      onAuthenticated: ({ expiresAtMs }: { expiresAtMs: number | undefined }): void =>
        closeWhenExpired({ expiresAtMs, close: graphSocket.close, signal: gone.signal }),
    };
    const graphSocket = openGraphSocket({ socket, protocol, extra, limits, onProblem });
    open.set(graphSocket, operations);
    void graphSocket.closed.then(() => {
      open.delete(graphSocket);
      gone.abort();
    });
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refusalOf(request, open.size, { loopbackOnly, maxSockets: closing ? 0 : limits.maxSockets });
    if (refusal !== undefined) return refuse(socket, refusal);
    acceptor.handleUpgrade(request, socket, head, (accepted) => accept(accepted, request));
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
