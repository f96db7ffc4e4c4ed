import { constants, type ClientHttp2Stream } from "node:http2";
import { ServiceError } from "../../domain/error.ts";
import { abortReason } from "../../runtime/abort.ts";
import { startTimeLimit, type TimeLimit } from "../rest/time-limit.ts";
import { callFailure } from "./call-failure.ts";
import type { Connection } from "./connection.ts";
import { framed, FrameSplitter } from "./frames.ts";
import { inflate } from "./inflate.ts";
import { metadataOf, type Metadata } from "./metadata.ts";
import { grpcTimeout } from "./timeout.ts";

export interface GrpcRequest {
  /** Service and method: `bank.v1.Ledger/ListPayments`. */
  readonly path: string;
  /** The encoded message. */
  readonly message: Uint8Array;
  /** In addition to the channel's own. */
  readonly metadata?: Metadata;
}

export interface CallOptions {
  readonly connection: Connection;
  readonly request: GrpcRequest;
  /** Largest accepted message, compressed and not. */
  readonly maxMessageBytes: number;
  readonly signal: AbortSignal;
  /** Time in which the call must end, which is sent to the server; undefined: it has none. */
  readonly timeoutMs: number | undefined;
}

/**
 * One call with one request message. It is advanced by its reader: as long as nobody calls `next`, it reads at most a
 * window of bytes, and the server has to wait.
 */
export class GrpcCall {
  readonly #stream: ClientHttp2Stream;
  readonly #options: CallOptions;
  readonly #limit: TimeLimit;
  readonly #splitter: FrameSplitter;
  readonly #opened = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #headers: Metadata = {};
  #trailers: Metadata | undefined;
  #httpStatus = 0;
  #reason: unknown;
  #isOver = false;
  /** Called when there is something to read, or nothing more will come. */
  #wake: () => void = () => undefined;

  private constructor(stream: ClientHttp2Stream, options: CallOptions, limit: TimeLimit) {
    this.#stream = stream;
    this.#options = options;
    this.#limit = limit;
    this.#splitter = new FrameSplitter(options.maxMessageBytes);
    this.#opened.promise.catch(() => undefined); // a caller may not wait for it
    this.#listen();
  }

  /** Sends the request. @throws ServiceError UPSTREAM_* | CANCELED if it cannot be sent */
  static async start(options: CallOptions): Promise<GrpcCall> {
    const { connection, request, signal, timeoutMs } = options;
    const limit = startTimeLimit(signal, timeoutMs ?? MAX_TIMER_MS);
    try {
      const stream = await before(
        limit.signal,
        connection.request(request.path, {
          [constants.HTTP2_HEADER_CONTENT_TYPE]: "application/grpc+proto",
          te: "trailers",
          "user-agent": "grpc-node-sluice",
          "grpc-accept-encoding": "identity,gzip",
          ...(timeoutMs !== undefined && { "grpc-timeout": grpcTimeout(timeoutMs) }),
          ...request.metadata,
        }),
      );
      const call = new GrpcCall(stream, options, limit);
      stream.end(framed(request.message));
      return call;
    } catch (reason) {
      limit.release();
      if (limit.expired()) throw timedOut(timeoutMs, { notProcessed: true });
      if (signal.aborted) throw abortReason(signal);
      throw ServiceError.from(reason);
    }
  }

  /** Resolves when the server has accepted the call: with its headers. @throws ServiceError as `next` */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Resolves when the server has answered a PING that was sent after the request. @throws ServiceError as `next` */
  async reached(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#stream.session?.ping((error) => error === null && resolve()); // otherwise the stream fails too
    });
    await Promise.race([answered, this.#opened.promise]);
  }

  /** Resolves when its stream is closed. Never rejects. */
  closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Headers and, once the call has ended, trailers. */
  metadata(): Metadata {
    return { ...this.#headers, ...this.#trailers };
  }

  /**
   * Returns the next message; undefined when the call has ended with success. One reader at a time.
   * @throws ServiceError UPSTREAM_* | CANCELED that ended it
   */
  async next(): Promise<Uint8Array | undefined> {
    try {
      for (;;) {
        const frame = this.#splitter.take();
        if (frame !== undefined) return frame.isCompressed ? await this.#inflated(frame.data) : frame.data;
        const chunk = this.#stream.read() as Buffer | null; // a stream without encoding reads Buffers
        if (chunk !== null) this.#add(chunk);
        else if (this.#isOver) return this.#finish();
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } catch (reason) {
      this.cancel();
      throw reason;
    }
  }

  /** Ends the call if it has not ended; frees its stream and its timer. */
  cancel(): void {
    this.#limit.release();
    if (this.#stream.destroyed) return;
    this.#stream.close(constants.NGHTTP2_CANCEL);
    this.#stream.destroy(); // a stream that still holds data does not close by itself
  }

  #listen(): void {
    const stream = this.#stream;
    stream.on("response", (headers) => {
      this.#httpStatus = headers[":status"] ?? 0;
      this.#headers = metadataOf(headers);
      if (!isAnswer(this.#httpStatus, this.#headers)) return this.cancel(); // what follows is not of the service
      return this.#settleOpened(this.#headers["grpc-status"] === undefined ? undefined : this.#failure());
    });
    stream.on("trailers", (trailers) => (this.#trailers = metadataOf(trailers)));
    stream.on("error", (reason) => (this.#reason = reason));
    stream.on("readable", () => this.#wake());
    stream.on("close", () => {
      this.#limit.release(); // its reader may never ask again
      this.#isOver = true;
      this.#wake();
      this.#settleOpened(this.#failure());
      this.#closed.resolve();
    });
    this.#limit.signal.addEventListener("abort", () => this.cancel(), { once: true });
  }

  /** Has no effect after the first time. */
  #settleOpened(failure: ServiceError | undefined): void {
    if (failure === undefined) this.#opened.resolve();
    else this.#opened.reject(failure);
  }

  #add(chunk: Buffer): void {
    this.#splitter.add(chunk);
    this.#options.connection.readBytes(this.#stream);
  }

  async #inflated(data: Uint8Array): Promise<Uint8Array> {
    return inflate(data, this.#headers["grpc-encoding"], this.#options.maxMessageBytes);
  }

  #finish(): undefined {
    this.#limit.release();
    const failure = this.#failure();
    if (failure !== undefined) throw failure;
    if (!this.#splitter.isEmpty) throw new ServiceError("UPSTREAM_GARBLED", "the answer ends within a message");
    return undefined;
  }

  /** The failure that the closed stream means; undefined for success. */
  #failure(): ServiceError | undefined {
    const { signal, timeoutMs, connection } = this.#options;
    const metadata = this.metadata();
    if (metadata["grpc-status"] === undefined) {
      if (this.#limit.expired()) return timedOut(timeoutMs);
      if (signal.aborted) return abortReason(signal);
    }
    return callFailure({
      metadata,
      httpStatus: this.#httpStatus,
      reason: this.#reason,
      resetCode: this.#stream.rstCode ?? 0,
      isRefused: connection.isRefused(this.#stream),
    });
  }
}

/** Longest delay of a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Only a service answers with this type of content; a proxy's page has another. */
function isAnswer(httpStatus: number, headers: Metadata): boolean {
  return httpStatus === 200 && headers["content-type"]?.startsWith("application/grpc") === true;
}

/** Waits for a stream, and cancels one that comes too late. */
async function before(signal: AbortSignal, request: Promise<ClientHttp2Stream>): Promise<ClientHttp2Stream> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([request, aborted.promise]);
  } catch (reason) {
    request.then(
      (stream) => stream.close(constants.NGHTTP2_CANCEL),
      () => undefined,
    );
    throw reason;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function timedOut(timeoutMs: number | undefined, call: { readonly notProcessed?: true } = {}): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream did not answer in time", {
    detail: `the upstream gave no complete response within ${Math.round(timeoutMs ?? 0)} ms`,
    call,
  });
}
