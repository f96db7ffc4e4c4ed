import { ServiceError } from "../../domain/error.ts";
import { type CallOptions, GrpcCall, type GrpcRequest } from "./call.ts";
import { type ConnectionOptions, createConnection } from "./connection.ts";
import { type Metadata, requireMetadata } from "./metadata.ts";

export interface GrpcChannelOptions extends ConnectionOptions {
  /** Sent with each call: credentials. Never logged. */
  readonly metadata?: Metadata;
  /** Largest accepted message, compressed and not. Default: 4 MiB. */
  readonly maxMessageBytes?: number;
}

/** Limits of one attempt. */
export interface GrpcLimits {
  readonly signal: AbortSignal;
  /** Time in which a unary call must end, or a stream must open. */
  readonly timeoutMs: number;
  /** Called with the headers and trailers of the answer to a unary call. */
  readonly onMetadata?: (metadata: Metadata) => void;
}

/** The answer to a unary call. */
export interface GrpcAnswer {
  /** The encoded message, as the server sent it. */
  readonly message: Uint8Array;
  /** Headers and trailers. */
  readonly metadata: Metadata;
  /** Time on our clock, epoch milliseconds, no later than the request's first byte. */
  readonly sentAtMs: number;
  /** Duration from `sentAtMs` to the end of the response, on a monotonic clock. */
  readonly durationMs: number;
}

export interface GrpcStreamRequest extends GrpcRequest {
  /** Time in which the whole stream must end, which is sent to the server. Undefined: it may last for any time. */
  readonly lifetimeMs?: number;
  /**
   * True if the server may be silent until it has a first message: the stream then counts as open when the server has
   * answered a PING after the request, and a refusal may come as the error of the messages.
   */
  readonly mayBeSilent?: true;
}

/**
 * Calls to one gRPC server with one set of credentials. Neither repeats a call nor waits for permits. Failures are
 * ServiceErrors: UPSTREAM_* and CANCELED.
 */
export interface GrpcChannel {
  /** @throws ServiceError UPSTREAM_* | CANCELED; UPSTREAM_GARBLED without a message, UPSTREAM_MALFORMED with several */
  unary(request: GrpcRequest, limits: GrpcLimits): Promise<GrpcAnswer>;
  /**
   * Opens a server stream, or a bidirectional one to which we send one message. Its messages are read as they are
   * requested: the server waits for a slow reader. Leaving the iteration early ends the call.
   */
  serverStream(request: GrpcStreamRequest, limits: GrpcLimits): Promise<AsyncIterableIterator<Uint8Array>>;
  /** Rejects new calls; resolves when those in flight have ended and all sockets are closed. */
  close(): Promise<void>;
}

const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/**
 * Creates a channel without opening a socket. The caller closes it.
 * @throws ServiceError INVALID_INPUT for settings that cannot be used
 */
export function createGrpcChannel(options: GrpcChannelOptions): GrpcChannel {
  const connection = createConnection(options);
  const own = requireMetadata(options.metadata ?? {});
  const maxMessageBytes = options.maxMessageBytes ?? MAX_MESSAGE_BYTES;
  const inFlight = new Set<Promise<unknown>>();
  let isClosed = false;

  /** Starts a call, which is in flight from now until its stream is closed. */
  async function start(request: GrpcRequest, limits: Pick<CallOptions, "signal" | "timeoutMs">): Promise<GrpcCall> {
    if (isClosed) throw new ServiceError("CANCELED", "the connection to the upstream is closed");
    const metadata = { ...own, ...requireMetadata(request.metadata ?? {}) };
    const started = GrpcCall.start({ connection, maxMessageBytes, request: { ...request, metadata }, ...limits });
    const ended = started
      .then((call) => call.closed())
      .catch(() => undefined) // its caller gets the failure
      .finally(() => inFlight.delete(ended));
    inFlight.add(ended);
    return started;
  }

  return {
    async unary(request, limits) {
      const sentAtMs = Date.now();
      const started = performance.now();
      const call = await start(request, limits);
      const message = await onlyMessage(call);
      const metadata = call.metadata();
      limits.onMetadata?.(metadata);
      return { message, metadata, sentAtMs, durationMs: performance.now() - started };
    },
    async serverStream(request, limits) {
      const life = followSignal(limits.signal);
      const timer = setTimeout(() => life.abort(notOpened(limits.timeoutMs)), limits.timeoutMs);
      try {
        const call = await start(request, { signal: life.signal, timeoutMs: request.lifetimeMs });
        void call.closed().then(life.release);
        await (request.mayBeSilent === true ? call.reached() : call.opened());
        return messagesOf(call);
      } catch (reason) {
        life.abort(reason);
        life.release();
        throw reason;
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all(inFlight);
      await connection.close();
    },
  };
}

async function onlyMessage(call: GrpcCall): Promise<Uint8Array> {
  const message = await call.next();
  if (message === undefined) throw new ServiceError("UPSTREAM_GARBLED", "the answer has no message");
  if ((await call.next()) === undefined) return message;
  call.cancel();
  throw new ServiceError("UPSTREAM_MALFORMED", "the answer has more than one message");
}

/** An iterator by hand: `return` of a generator would wait for a message that may never come. */
function messagesOf(call: GrpcCall): AsyncIterableIterator<Uint8Array> {
  const done = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const value = await call.next();
      return value === undefined ? done : { done: false, value };
    },
    return() {
      call.cancel();
      return Promise.resolve(done);
    },
  };
}

/** A signal of a stream's own, aborted with the caller's until it is released. */
function followSignal(outer: AbortSignal) {
  const controller = new AbortController();
  const follow = (): void => controller.abort(outer.reason);
  outer.addEventListener("abort", follow, { once: true });
  if (outer.aborted) follow();
  return {
    signal: controller.signal,
    abort: (reason: unknown) => controller.abort(reason),
    release: () => outer.removeEventListener("abort", follow),
  };
}

function notOpened(timeoutMs: number): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream did not answer in time", {
    detail: `the upstream did not open the stream within ${Math.round(timeoutMs)} ms`,
  });
}
