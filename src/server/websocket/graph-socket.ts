import type { Server } from "graphql-ws";
import type { RawData, WebSocket } from "ws";
import { ServiceError } from "../../domain/error.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createSender } from "./sender.ts";

/** The peer may come again with its cursor: graphql-ws clients and routers retry after 1013. */
const TRY_AGAIN_LATER = 1013;
const FORBIDDEN = 4403;
const INTERNAL = 4500;
/** What a close without a close frame is called. */
const CLOSED_ABNORMALLY = 1006;

export interface SocketLimits {
  /** A peer that has accepted nothing of what was sent for this long is cut off. */
  readonly stallMs: number;
  /** A peer that lets more bytes than this wait is cut off. */
  readonly maxBufferedBytes: number;
  /** Between pings; a peer that sent nothing since the last one is cut off. */
  readonly pingIntervalMs: number;
  /** A peer that does not finish the closing handshake is gone without it. */
  readonly closeGraceMs: number;
}

export interface GraphSocketOptions<Extra> {
  readonly socket: WebSocket;
  /** The machine of the protocol: graphql-ws. */
  readonly protocol: Server<Extra>;
  readonly extra: Extra;
  readonly limits: SocketLimits;
  readonly onProblem: (problem: ServiceError) => void;
}

/** One socket under the machine. */
export interface GraphSocket {
  /** Ends the socket's operations at once and the socket with the code; forcibly after the grace. */
  readonly close: (code: number, reason: string) => void;
  /** Resolves when the socket is gone. */
  readonly closed: Promise<void>;
}

/**
 * Joins a socket and graphql-ws, which waits for each `send` before it asks an operation for the next result: at most
 * one result per operation is on its way. A peer that does not read is cut off, and once a socket is closing its
 * operations end at that moment, not with the handshake: they would run on into nothing.
 */
export function openGraphSocket<Extra>(options: GraphSocketOptions<Extra>): GraphSocket {
  const { socket, protocol, extra, limits, onProblem } = options;
  const gone = Promise.withResolvers<void>();
  const sender = createSender({ socket, ...limits, onTooSlow: () => close(TRY_AGAIN_LATER, "Too slow") });
  const onSilence = (): void => close(TRY_AGAIN_LATER, "No answer to ping");
  const stopHeartbeat = startHeartbeat({ socket, intervalMs: limits.pingIntervalMs, onSilence });
  let released = false;
  let grace: NodeJS.Timeout | undefined;
  /** There are none while the machine is still looking at the subprotocol. */
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

  async function receive(handle: (data: string) => Promise<void>, data: RawData): Promise<void> {
    if (released) return;
    try {
      await handle(textOf(data));
    } catch (reason) {
      const problem = ServiceError.from(reason);
      onProblem(problem);
      close(...closeCodeOf(problem));
    }
  }

  async function send(data: string): Promise<void> {
    if (socket.readyState === socket.OPEN && !released) await sender.send(data);
    else release(CLOSED_ABNORMALLY, "Closing");
  }

  socket.on("error", () => undefined); // a frame that is none, or a reset: `close` follows with its code
  socket.once("close", (code, reason) => {
    clearTimeout(grace);
    release(code, reason.toString());
    gone.resolve();
  });
  endOperations = protocol.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code = 1000, reason = "") => close(code, reason),
      onMessage: (handle) => socket.on("message", (data: RawData) => void receive(handle, data)),
    },
    extra,
  );
  return { close, closed: gone.promise };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

/** What the peer is told when its message could not be handled; 4500 alone keeps it from trying again. */
function closeCodeOf(problem: ServiceError): [number, string] {
  if (problem.code === "UNAUTHENTICATED" || problem.code === "FORBIDDEN") return [FORBIDDEN, "Forbidden"];
  return problem.retryable ? [TRY_AGAIN_LATER, "Try again later"] : [INTERNAL, "Internal server error"];
}
