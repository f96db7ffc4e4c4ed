import type { FastifyReply, FastifyRequest } from "fastify";
import { OperationTypeNode } from "graphql";
import { ServiceError } from "../../domain/error.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import { ownHeader } from "../auth/create-authenticator.ts";
import { isLoopbackOrigin } from "../auth/loopback.ts";
import { errorsOf } from "../graphql/invalid-document.ts";
import type { OperationRequest } from "../graphql/prepare-operation.ts";
import { callerOf } from "../http/caller.ts";
import { httpFailure } from "../http/http-errors.ts";
import { isRequestFailure } from "../http/is-request-failure.ts";
import type { Operation } from "../subscriptions/operation.ts";
import { type OpenOperation, openOperation } from "../subscriptions/open-messages.ts";
import type { Quota, Release } from "../subscriptions/quota.ts";
import type { TransportGraph } from "../subscriptions/transport-graph.ts";
import type { AcceptedStream } from "./accepted-stream.ts";
import { startStream, type Stream } from "./stream.ts";
import type { StreamFormat } from "./stream-format.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The response is a stream: how long it takes says nothing about the server. */
    isStream: boolean;
  }
}

export interface StreamLimits {
  /** Open streams of the process. */
  readonly maxStreams: number;
  /** Time after which a client that does not accept what is sent to it is disconnected. */
  readonly stallMs: number;
  /** Time that a client gets to accept the end of its stream when the server closes. */
  readonly closeGraceMs: number;
  /** Default: that of the format. */
  readonly keepAliveMs?: number;
}

export const DEFAULT_STREAM_LIMITS: StreamLimits = { maxStreams: 12_000, stallMs: 10_000, closeGraceMs: 3_000 };

export interface StreamsOptions {
  readonly graph: TransportGraph;
  readonly quota: Quota;
  /** True without authentication: requests from pages of other hosts are rejected. */
  readonly loopbackOnly: boolean;
  readonly limits?: Partial<StreamLimits>;
}

export interface ServeInput {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly accepted: AcceptedStream;
  /** Reads the operation of the request. */
  readonly read: () => OperationRequest;
}

/** Operations whose results are a stream in the response: server-sent events, and Apollo's multipart. */
export interface Streams {
  /** Number of open streams. */
  readonly open: number;
  /**
   * Begins the response, and returns true; false, with nothing sent, for an operation that is no subscription from a
   * client that accepts an ordinary response.
   * @throws what is answered with an HTTP status instead of a stream
   */
  serve(input: ServeInput): boolean;
  /** Interrupts every stream, so that its client connects again, and accepts no more. */
  close(): Promise<void>;
}

export function createStreams(options: StreamsOptions): Streams {
  const { graph, quota, loopbackOnly } = options;
  const limits = { ...DEFAULT_STREAM_LIMITS, ...options.limits };
  const open = new Set<Stream>();
  const running = new Set<Operation>();
  let closing = false;

  /** Counts the connection. @throws ServiceError FORBIDDEN | OVERLOADED */
  function admit(request: FastifyRequest): Release {
    if (loopbackOnly && !isLoopbackOrigin(request.headers.origin))
      throw new ServiceError("FORBIDDEN", "without authentication only pages of localhost may connect");
    if (closing) throw new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 });
    if (open.size >= limits.maxStreams)
      throw new ServiceError("OVERLOADED", "there are too many streams", { retryAfterMs: 1_000 });
    return quota.openConnection(callerOf(request));
  }

  function begin({ request, read }: ServeInput, { transport }: StreamFormat): OpenOperation {
    const resumeAfter = ownHeader(request.headers, "last-event-id") || undefined; // empty: no event had an id
    const principal = callerOf(request);
    const operation = openOperation({
      graph,
      quota,
      running,
      principal,
      transport,
      resumeAfter,
      read,
      requestId: request.id,
    });
    if (operation.type !== OperationTypeNode.MUTATION || request.method === "POST") return operation;
    operation.end();
    throw httpFailure("METHOD_NOT_ALLOWED");
  }

  /** Opens the operation, or what reports why it cannot be executed. */
  function beginOrFail(input: ServeInput): OpenOperation | string {
    const { request, accepted } = input;
    try {
      return begin(input, accepted.format);
    } catch (reason) {
      if (!accepted.isOnly || isRequestFailure(reason)) throw reason;
      return JSON.stringify({ errors: errorsOf(reason).map((error) => graph.formatError(error, request.id)) });
    }
  }

  function serve(input: ServeInput): boolean {
    const { request, reply, accepted } = input;
    const release = admit(request);
    try {
      const operation = beginOrFail(input);
      const isStream =
        typeof operation === "string" || accepted.isOnly || operation.type === OperationTypeNode.SUBSCRIPTION;
      if (!isStream) {
        operation.end();
        release();
        return false;
      }
      const { expiresAtMs } = callerOf(request);
      const stream = startStream({ reply, format: accepted.format, limits, operation, expiresAtMs });
      request.isStream = true;
      open.add(stream);
      void stream.closed.then(() => {
        open.delete(stream);
        release();
      });
      return true;
    } catch (reason) {
      release();
      throw reason;
    }
  }

  return {
    get open() {
      return open.size;
    },
    serve,
    async close() {
      closing = true;
      const leaving = [...open];
      for (const stream of leaving)
        stream.interrupt(new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 }));
      const closed = Promise.all(leaving.map((stream) => stream.closed));
      await waitAtMost(limits.closeGraceMs, closed);
      for (const stream of leaving) stream.destroy();
      await closed;
    },
  };
}
