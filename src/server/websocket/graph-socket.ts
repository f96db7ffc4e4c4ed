import type { Server } from "graphql-ws";
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { ServiceError } from "../../domain/error.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { readMessage } from "./message.ts";
import type { SendFrames } from "./send-results.ts";
import { createSender } from "./sender.ts";

/** The peer may reconnect with its cursor: graphql-ws clients and routers retry after 1013. */
const TRY_AGAIN_LATER = 1013;
const FORBIDDEN = 4403;
const INTERNAL = 4500;
/** Close code reported for a close without a close frame. */
const CLOSED_ABNORMALLY = 1006;

export interface SocketLimits {
  /** Time after which a peer that has accepted none of the sent bytes is disconnected. */
  readonly stallMs: number;
  /** Number of unsent bytes above which a peer is disconnected. */
  readonly maxBufferedBytes: number;
  /** Interval between pings; a peer that has sent nothing since the last one is disconnected. */
  readonly pingIntervalMs: number;
  /** Time after which a peer that does not finish the closing handshake is disconnected without it. */
  readonly closeGraceMs: number;
}

export interface GraphSocketOptions<Extra extends SendingState> {
  readonly socket: WebSocket;
  /** The connection below the socket. */
  readonly connection: Duplex;
  /** State machine of the protocol: graphql-ws. */
  readonly protocol: Server<Extra>;
  readonly extra: Extra;
  readonly limits: SocketLimits;
  readonly onProblem: (problem: ServiceError) => void;
}

/** State of a socket that is completed when it is opened. */
export interface SendingState {
  /** Sends messages that are ready, as frames. */
  send: SendFrames;
}

/** One socket under the control of the state machine. */
export interface GraphSocket {
  /** Ends the socket's operations immediately and the socket with the code; forcibly after the grace period. */
  readonly close: (code: number, reason: string) => void;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
}

/**
 * Connects a socket to graphql-ws, which waits for each `send` before it requests the next result from an operation: at
 * most one result per operation is in transit. A peer that does not read is disconnected. When a socket starts to
 * close, its operations end immediately, not with the handshake: their results could no longer be delivered.
 */
export function openGraphSocket<Extra extends SendingState>(options: GraphSocketOptions<Extra>): GraphSocket {
  const { socket, connection, protocol, extra, limits, onProblem } = options;
  const disconnected = Promise.withResolvers<void>();
  const sender = createSender({ socket, connection, ...limits, onTooSlow: () => close(TRY_AGAIN_LATER, "Too slow") });
  const onSilence = (): void => close(TRY_AGAIN_LATER, "No answer to ping");
  const stopHeartbeat = startHeartbeat({ socket, intervalMs: limits.pingIntervalMs, onSilence });
  let released = false;
  let grace: NodeJS.Timeout | undefined;
  /** There are no operations while the state machine is still checking the subprotocol. */
  let endOperations = (_code: number, _reason: string): Promise<void> => Promise.resolve();

  function release(code: number, reason: string): void {
    if (released) return;
    released = true;
    sender.stop();
    stopHeartbeat();
    endOperations(code, reason).catch((cause: unknown) => onProblem(ServiceError.from(cause)));
  }

  function close(code: number, reason: string): void {
    release(code, reason);
    if (socket.readyState !== socket.CLOSED) grace ??= setTimeout(() => socket.terminate(), limits.closeGraceMs);
    socket.close(code, reason);
  }

  function onFailure(reason: unknown): void {
    const problem = ServiceError.from(reason);
    onProblem(problem);
    close(...closeCodeOf(problem));
  }

  /** The promise lasts as long as the operation that the message begins. */
  function receive(handle: (data: string) => Promise<void>, message: unknown): void {
    if (released) return;
    handle(message as string).catch(onFailure); // its type names a text alone, but its parser takes parsed messages too
  }

  function send(data: string | Buffer): Promise<void> {
    if (socket.readyState === socket.OPEN && !released) return sender.send(data);
    release(CLOSED_ABNORMALLY, "Closing");
    return Promise.resolve();
  }

  socket.on("error", () => undefined); // an invalid frame, or a reset: `close` follows with its code
  socket.once("close", (code, reason) => {
    clearTimeout(grace);
    release(code, reason.toString());
    disconnected.resolve();
  });
  extra.send = send;
  endOperations = protocol.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code = 1000, reason = "") => close(code, reason),
      onMessage: (handle) => socket.on("message", (data: RawData) => receive(handle, readMessage(data))),
    },
    extra,
  );
  return { close, closed: disconnected.promise };
}

/**
 * Returns the close code and reason for a peer whose message could not be handled; only 4500 keeps it from retrying.
 */
function closeCodeOf(problem: ServiceError): [number, string] {
  if (problem.code === "OVERLOADED") return [TRY_AGAIN_LATER, problem.publicMessage];
  if (isRefusal(problem)) return [FORBIDDEN, "Forbidden"];
  return problem.retryable ? [TRY_AGAIN_LATER, "Try again later"] : [INTERNAL, "Internal server error"];
}

/** The peer may connect again with other credentials. */
function isRefusal({ code }: ServiceError): boolean {
  return code === "UNAUTHENTICATED" || code === "FORBIDDEN" || code === "ROUTER_SECRET_REQUIRED";
}
