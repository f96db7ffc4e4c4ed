import type { FastifyReply, FastifyRequest } from "fastify";
import { OperationTypeNode } from "graphql";
import { ServiceError } from "../../domain/error.ts";
import { ownHeader } from "../auth/create-authenticator.ts";
import { errorsOf } from "../graphql/invalid-document.ts";
import type { OperationRequest } from "../graphql/prepare-operation.ts";
import { type AllowedPages, OTHER_PAGE } from "../http/allowed-pages.ts";
import { callerOf } from "../http/caller.ts";
import { httpFailure } from "../http/http-errors.ts";
import { isRequestFailure } from "../http/is-request-failure.ts";
import type { Operation } from "../subscriptions/operation.ts";
import { type OpenOperation, openOperation } from "../subscriptions/open-messages.ts";
import type { Quota, Release } from "../subscriptions/quota.ts";
import type { TransportGraph } from "../subscriptions/transport-graph.ts";
import type { AcceptedStream } from "./accepted-stream.ts";
import { createOpenSet } from "./open-set.ts";
import { startStream } from "./stream.ts";

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
  readonly pages: Pick<AllowedPages, "allowsOrigin">;
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
  const { graph, quota, pages } = options;
  const limits = { ...DEFAULT_STREAM_LIMITS, ...options.limits };
  const open = createOpenSet(limits);
  const parts = { graph, quota, running: new Set<Operation>() };

  /** Counts the connection. @throws ServiceError FORBIDDEN | OVERLOADED */
  function admit(request: FastifyRequest): Release {
    if (!pages.allowsOrigin(request.headers.origin)) throw new ServiceError("FORBIDDEN", OTHER_PAGE);
    open.requireRoom();
    return quota.openConnection(callerOf(request));
  }

  /** Begins the response of an admitted connection, or returns false. */
  function begin(input: ServeInput, release: Release): boolean {
    const { request, reply, accepted } = input;
    const operation = openOrReport(parts, input);
    if (typeof operation !== "string" && !accepted.isOnly && operation.type !== OperationTypeNode.SUBSCRIPTION) {
      operation.end();
      return false;
    }
    const principal = callerOf(request);
    const stream = startStream({ reply, format: accepted.format, limits, operation, principal, access: graph.access });
    request.isStream = true;
    request.body = undefined; // Fastify has the request in memory as long as the response lasts
    open.add(stream, release);
    return true;
  }

  return {
    get open() {
      return open.size;
    },
    serve(input) {
      const release = admit(input.request);
      let isStream = false;
      try {
        isStream = begin(input, release);
      } finally {
        if (!isStream) release();
      }
      return isStream;
    },
    close: open.close,
  };
}

/** What the operations of all streams share. */
interface StreamParts {
  readonly graph: TransportGraph;
  readonly quota: Quota;
  readonly running: Set<Operation>;
}

/** Opens the operation of a request, or returns the result that reports why it cannot be executed, as JSON. */
function openOrReport(parts: StreamParts, input: ServeInput): OpenOperation | string {
  const { request, accepted } = input;
  try {
    return openForStream(parts, input);
  } catch (reason) {
    if (!accepted.isOnly || isRequestFailure(reason)) throw reason;
    const { formatError } = parts.graph;
    return JSON.stringify({ errors: errorsOf(reason).map((error) => formatError(error, request.id)) });
  }
}

function openForStream(parts: StreamParts, { request, accepted, read }: ServeInput): OpenOperation {
  const operation = openOperation({
    ...parts,
    principal: callerOf(request),
    transport: accepted.format.transport,
    resumeAfter: ownHeader(request.headers, "last-event-id") || undefined, // empty: no event had an id
    read,
    requestId: request.id,
    traceparent: request.headers["traceparent"],
  });
  if (operation.type !== OperationTypeNode.MUTATION || request.method === "POST") return operation;
  operation.end();
  throw httpFailure("METHOD_NOT_ALLOWED");
}
