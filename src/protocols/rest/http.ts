import type { LookupFunction } from "node:net";
import { errors, Pool, type Dispatcher } from "undici";
import { ServiceError } from "../../domain/error.ts";
import { createAddressGuard } from "./address-guard.ts";
import { parseBaseUrl } from "./base-url.ts";
import { ACCEPTED_ENCODINGS, decompress, tooLarge } from "./decompress.ts";
import { transportFailure } from "./failure.ts";
import { createGuardedConnect } from "./guarded-connect.ts";
import { requireNetworks } from "./network.ts";
import { requirePath } from "./request-path.ts";
import { startTimeLimit } from "./time-limit.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path and query below the base URL, percent-encoded, starting with "/". */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpLimits {
  readonly signal: AbortSignal;
  /** Timeout of the whole exchange, from connecting to the last byte of the body. */
  readonly timeoutMs: number;
  /** Largest accepted body, both compressed and decompressed. */
  readonly maxBytes: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; a header sent twice is joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Body after removal of its content encoding. */
  readonly body: Uint8Array;
  /** Time on our clock, epoch milliseconds, no later than the request's first byte. */
  readonly sentAtMs: number;
  /** Duration from `sentAtMs` to the response's last byte, on a monotonic clock. */
  readonly durationMs: number;
}

/** HTTP/1.1 client of one upstream. Does not follow redirects and does not retry. */
export interface Http {
  /**
   * Sends a request. A response with any status resolves.
   * @throws ServiceError UPSTREAM_UNAVAILABLE | UPSTREAM_GARBLED | UPSTREAM_MALFORMED | CANCELED | INTERNAL, and
   * UPSTREAM_REJECTED if the upstream's address is not allowed
   */
  send(request: HttpRequest, limits: HttpLimits): Promise<HttpResponse>;
  /** Rejects new requests; resolves when those in flight have ended and all sockets are closed. */
  close(): Promise<void>;
}

export interface HttpOptions {
  /**
   * Scheme, host and port, with an optional path prefix and no trailing slash. As the operator wrote it: only a host
   * that explicitly names this machine (`localhost`, `127.0.0.1`, `[::1]`) may resolve to it.
   */
  readonly baseUrl: string;
  /** Maximum number of open sockets; further requests wait within their own deadline. */
  readonly connections: number;
  /** CIDRs that the upstream may be in although they are not public. Default: none. */
  readonly networks?: readonly string[];
  /** PEM of certificate authorities that are trusted in addition to the system's: a private bank's, a test's. */
  readonly ca?: string;
  /** Name resolution. Default: the system's. */
  readonly lookup?: LookupFunction;
  /** Timeout of TCP and TLS together. */
  readonly connectTimeoutMs?: number;
  /** Maximum time without data: before the headers, and between two chunks of the body. */
  readonly silenceTimeoutMs?: number;
}

/**
 * Creates a client that opens sockets on demand. The caller closes it.
 * @throws ServiceError INVALID_INPUT for a base URL that is not plain http(s), an invalid network, a `ca` that is not a
 * PEM
 */
export function createHttp(options: HttpOptions): Http {
  const base = parseBaseUrl(options.baseUrl);
  const silenceTimeoutMs = options.silenceTimeoutMs ?? 30_000;
  const connect = createGuardedConnect({
    guard: createAddressGuard({ networks: requireNetworks(options.networks ?? []), loopback: base.namesLoopback }),
    timeoutMs: options.connectTimeoutMs ?? 5_000,
    ...(options.ca !== undefined && { ca: options.ca }),
    ...(options.lookup !== undefined && { lookup: options.lookup }),
  });
  const createPool = (): Pool =>
    new Pool(base.origin, {
      connections: options.connections,
      connect,
      allowH2: false, // many requests on one socket would not be limited by `connections`
      pipelining: 1, // so a lost socket costs one request, and a slow response delays no other
      keepAliveTimeout: 4_000, // below the 5 s after which Node and many load balancers drop an idle socket
      headersTimeout: silenceTimeoutMs,
      bodyTimeout: silenceTimeoutMs,
    });
  let pool: Pool | undefined; // created by the first request: most of thousands of upstreams are idle
  let isClosed = false;
  return {
    async send(request, limits) {
      const path = base.prefix + requirePath(request.path);
      if (isClosed) throw transportFailure(new errors.ClientClosedError());
      pool ??= createPool();
      return exchange(pool, path, request, limits);
    },
    async close() {
      isClosed = true;
      await pool?.close();
    },
  };
}

async function exchange(pool: Pool, path: string, request: HttpRequest, limits: HttpLimits): Promise<HttpResponse> {
  const limit = startTimeLimit(limits.signal, limits.timeoutMs);
  const sentAtMs = Date.now();
  const started = performance.now();
  try {
    const answer = await pool.request({
      method: request.method,
      path,
      headers: { "accept-encoding": ACCEPTED_ENCODINGS, ...request.headers },
      body: request.body ?? null,
      signal: limit.signal,
    });
    const bytes = await readBounded(answer.body, limits.maxBytes);
    const durationMs = performance.now() - started;
    const headers = flatHeaders(answer.headers);
    const body = await decompress(bytes, headers["content-encoding"], limits.maxBytes);
    return { status: answer.statusCode, headers, body, sentAtMs, durationMs };
  } catch (reason) {
    if (limit.expired()) throw timedOut(limits.timeoutMs, reason);
    if (limits.signal.aborted) throw new ServiceError("CANCELED", "the call was canceled", { cause: reason });
    throw transportFailure(reason);
  } finally {
    limit.release();
  }
}

/**
 * Reads a body up to the limit. Leaving the loop early destroys the stream and with it the socket, so nothing more is
 * received.
 */
async function readBounded(body: Dispatcher.ResponseData["body"], maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    // a Readable without encoding yields Buffers
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function flatHeaders(headers: Dispatcher.ResponseData["headers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

function timedOut(timeoutMs: number, cause: unknown): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream did not answer in time", {
    detail: `the upstream gave no complete response within ${Math.round(timeoutMs)} ms`,
    cause,
  });
}
