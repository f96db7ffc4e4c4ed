import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";
import { type FormatError, NO_EXTENSIONS } from "./format-error.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** Answers what fails before GraphQL: the same shape as a GraphQL error, and never a stack. */
export function answerErrors(app: FastifyInstance, formatError: FormatError): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error);
    if (status === 401) void reply.header("www-authenticate", "Bearer");
    if (status === 503) void reply.header("retry-after", "1");
    const body = status < 500 && !(error instanceof ServiceError) ? refusalOf(error, status, request.id) : undefined;
    return reply
      .code(status)
      .type(JSON_TYPE)
      .send({ errors: [body ?? formatError(error, request.id)] });
  });
  app.setNotFoundHandler((request, reply) => {
    const error = new ServiceError("NOT_FOUND", "there is nothing at this path");
    return reply.code(404).send({ errors: [formatError(error, request.id)] });
  });
}

/** A path that is no URL fails before there is a route, and an error handler, to fail on. */
export function answerBadPath(_error: FastifyError, { id }: FastifyRequest, reply: FastifyReply): void {
  void reply
    .code(400)
    .type(JSON_TYPE)
    .send({ errors: [refusal("BAD_REQUEST", "the path is not a valid URL", id)] });
}

function statusOf(error: FastifyError): number {
  if (error instanceof ServiceError) return ERROR_CODES[error.code].http;
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
}

/** Refused by the HTTP server itself: too large, no JSON, a media type that nobody reads. */
function refusalOf(error: FastifyError, status: number, requestId: string) {
  const [code, message] = REFUSALS.get(status) ?? ["BAD_REQUEST", "the request is not valid"];
  return refusal(code, error.code === "FST_ERR_CTP_EMPTY_JSON_BODY" ? "the body is empty" : message, requestId);
}

function refusal(code: string, message: string, requestId: string) {
  return { message, extensions: { ...NO_EXTENSIONS, code, requestId } };
}

const REFUSALS: ReadonlyMap<number, readonly [code: string, message: string]> = new Map([
  [400, ["BAD_REQUEST", "the body is not valid JSON"]],
  [413, ["PAYLOAD_TOO_LARGE", "the body is too large"]],
  [415, ["UNSUPPORTED_MEDIA_TYPE", "the body must be application/json"]],
]);
