import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { randomUUID } from "node:crypto";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { ERROR_CODES, ServiceError } from "../../domain/error.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { InvalidDocument } from "../graphql/invalid-document.ts";
import { requestIdOf } from "./request-id.ts";
import { answer } from "./upload.ts";

/** Failures of HTTP itself, which no route has seen: their code, HTTP status and default message. */
export const HTTP_FAILURES = {
  BAD_REQUEST: { http: 400, message: "the request is not valid HTTP" },
  METHOD_NOT_ALLOWED: { http: 405, message: "a mutation must be sent by POST" },
  REQUEST_TIMEOUT: { http: 408, message: "the request did not arrive in time" },
  UNSUPPORTED_MEDIA_TYPE: { http: 415, message: "the body must be application/json" },
  EXPECTATION_FAILED: { http: 417, message: "the header Expect must be 100-continue, or left out" },
  HEADERS_TOO_LARGE: { http: 431, message: "the headers are too large" },
} as const;
type HttpFailure = keyof typeof HTTP_FAILURES;

/** Response to a request that failed as a whole: the body has the shape of a GraphQL response. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly GraphQLFormattedError[] };
}

/** Converts whatever was thrown to the response that reports it; a defect of ours is logged, and never described. */
export function errorResponse(reason: unknown, requestId: string, formatError: FormatError): ErrorResponse {
  const { status, error } = classify(reason);
  const errors = error instanceof InvalidDocument ? error.errors : [error];
  return {
    status,
    headers: headersOf(error, status),
    body: { errors: errors.map((one) => formatError(one, requestId)) },
  };
}

/** Sends every error of every route, of paths that have none, and those that Node would answer without a body. */
export function answerErrors(app: FastifyInstance, formatError: FormatError): void {
  app.addHook("onRequest", ({ raw, headers }, _reply, done) => {
    if (headers.host !== undefined || raw.httpVersion === "1.0") done();
    else done(httpFailure("BAD_REQUEST", "the Host header is missing"));
  });
  app.server.on("checkExpectation", (request: IncomingMessage) => {
    const requestId = requestIdOf(request);
    writeError(request.socket, requestId, errorResponse(httpFailure("EXPECTATION_FAILED"), requestId, formatError));
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, formatError));
  app.setNotFoundHandler((request, reply) =>
    sendError(new ServiceError("NOT_FOUND", "there is nothing at this path"), request, reply, formatError),
  );
}

/** Sends an error as the response to a request. */
export function sendError(
  reason: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  formatError: FormatError,
): FastifyReply {
  const { status, headers, body } = errorResponse(reason, request.id, formatError);
  return answer(request, reply.headers(headers), status, body);
}

/**
 * Writes an error to a connection for which there is no reply object, and closes it.
 * @param lingerMs longest time for which the client may still be sending: closing a socket with unread bytes also
 * discards the response
 */
export function writeError(
  socket: Duplex,
  requestId: string,
  { status, headers, body }: ErrorResponse,
  lingerMs = 0,
): void {
  const text = JSON.stringify(body);
  const head = {
    connection: "close",
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "x-request-id": requestId,
    ...headers,
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on("error", () => undefined); // the peer may have disconnected already
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${text}`, () => {
    if (lingerMs === 0) return void socket.destroy();
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    return void socket.once("close", () => clearTimeout(timer));
  });
}

const LINGER_MS = 1_000;
/** Connections that have their answer: Node reports each further piece of what the client sends. */
const answered = new WeakSet<Duplex>();

/** Answers bytes that are not a complete HTTP request: Node's parser found no request to which a route could reply. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex, formatError: FormatError): void {
  if (answered.has(socket)) return;
  const requestId = randomUUID(); // such bytes carry none
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  answered.add(socket);
  return writeError(socket, requestId, errorResponse(error, requestId, formatError), LINGER_MS);
}

/** Creates an error for a failure of HTTP itself. */
export function httpFailure(code: HttpFailure, message: string = HTTP_FAILURES[code].message): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function headersOf(error: unknown, status: number): Readonly<Record<string, string>> {
  if (!(error instanceof ServiceError)) return {};
  if (error.code === "UNAUTHENTICATED") return { "www-authenticate": "Bearer" };
  return status === 503 || status === 429 ? retryHeaders(error) : {};
}

/** Returns the header that says when the request may be sent again; HTTP counts whole seconds. */
export function retryHeaders({ retryAfterMs = 1_000 }: ServiceError): Readonly<Record<string, string>> {
  return { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) };
}

interface Classified {
  readonly status: number;
  readonly error: unknown;
}

/** Converts the rejections of Fastify and of Node's HTTP parser to our codes. */
function classify(reason: unknown): Classified {
  if (reason instanceof ServiceError) return { status: ERROR_CODES[reason.code].http, error: reason };
  if (reason instanceof InvalidDocument) return { status: 400, error: reason };
  if (reason instanceof GraphQLError) return ofGraph(reason);
  const { code, statusCode } = Object(reason) as Partial<FastifyError>; // every property may be missing
  if (code === "ECONNRESET")
    return classify(new ServiceError("CANCELED", "the client disconnected", { cause: reason }));
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return ofHttp(httpFailure("REQUEST_TIMEOUT"));
  if (code === "HPE_HEADER_OVERFLOW") return ofHttp(httpFailure("HEADERS_TOO_LARGE"));
  if (statusCode === 413)
    return classify(new ServiceError("PAYLOAD_TOO_LARGE", "the body is too large", { cause: reason }));
  if (statusCode === 415) return ofHttp(httpFailure("UNSUPPORTED_MEDIA_TYPE"));
  if (code?.startsWith("HPE_") === true || (statusCode !== undefined && statusCode >= 400 && statusCode < 500))
    return ofHttp(httpFailure("BAD_REQUEST", MESSAGES.get(code ?? "")));
  return { status: 500, error: reason };
}

/** An error of a scalar may be one of ours; every other one that is no failure of HTTP is a mistake of the caller. */
function ofGraph(error: GraphQLError): Classified {
  const { originalError } = error;
  if (originalError instanceof ServiceError) return { status: ERROR_CODES[originalError.code].http, error };
  return Object.hasOwn(HTTP_FAILURES, String(error.extensions["code"])) ? ofHttp(error) : { status: 400, error };
}

function ofHttp(error: GraphQLError): Classified {
  const code = error.extensions["code"] as HttpFailure; // made by `httpFailure`
  return { status: HTTP_FAILURES[code].http, error };
}

const MESSAGES: ReadonlyMap<string, string> = new Map([
  ["FST_ERR_CTP_EMPTY_JSON_BODY", "the body is empty"],
  ["FST_ERR_CTP_INVALID_JSON_BODY", "the body is not valid JSON"],
  ["FST_ERR_BAD_URL", "the path is not a valid URL"],
]);
