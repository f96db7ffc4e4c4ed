import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { FastifyBaseLogger } from "fastify";
import { ERROR_CODES, ServiceError } from "../../domain/error.ts";

/** Extensions of every error, in addition to its message. */
export interface ErrorExtensions extends Record<string, unknown> {
  readonly code: string;
  /** One of the five causes; null if none of them applies. */
  readonly cause: string | null;
  /** Name of the source at which it happened. */
  readonly source: string | null;
  /** True if the same operation may succeed later. */
  readonly retryable: boolean;
  /** Earliest useful time for a retry, in milliseconds from now. */
  readonly retryAfterMs: number | null;
  /** Id that finds the log lines of the request. */
  readonly requestId: string;
}

/** Converts an error to the form that clients may receive. */
export type FormatError = (error: unknown, requestId: string) => GraphQLFormattedError;

export interface ErrorFormatterOptions {
  readonly log: FastifyBaseLogger;
  /** Whether GraphQL's own errors suggest similar names of the schema. Default: false. */
  readonly suggestions?: boolean;
}

/** A longer message repeats a value that the caller sent. */
const MAX_MESSAGE_CHARACTERS = 1_000;

/**
 * Creates the only formatter of errors for clients. Our errors keep code and public message; GraphQL's own errors about
 * the caller's document or variables keep their message; everything else is a bug of ours: it is logged and returned as
 * "internal error".
 */
export function createErrorFormatter({ log, suggestions = false }: ErrorFormatterOptions): FormatError {
  return (error, requestId) => {
    const place = error instanceof GraphQLError ? placeOf(error) : {};
    const root = rootOf(error);
    if (root instanceof ServiceError && root.code !== "INTERNAL") {
      return { message: root.publicMessage, ...place, extensions: extensionsOf(root, requestId) };
    }
    const code = root instanceof GraphQLError ? clientErrorCode(root, error) : undefined;
    if (code !== undefined && error instanceof GraphQLError) {
      const text = shorten(withoutValues(error.message));
      const message = suggestions ? text : withoutSuggestions(text);
      return { message, ...place, extensions: { ...NO_EXTENSIONS, code, requestId } };
    }
    log.error({ err: root, requestId, path: "path" in place ? place.path?.join(".") : undefined }, "internal error");
    return { message: "internal error", ...place, extensions: { ...NO_EXTENSIONS, code: "INTERNAL", requestId } };
  };
}

/** GraphQL ends a message with its suggestions, and can leave them out in most places only. */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean [^?]*(?:\?|$)/g, "");
}

/**
 * GraphQL's errors print the whole object in which something is missing or wrong. It may contain the credentials of a
 * source, so that only its place and the reason are left.
 */
function withoutValues(message: string): string {
  return message
    .replace(/(got invalid value) [[{].*?((?: at "[^"]*")?); (?=[^;]*$)/s, "$1$2; ")
    .replace(/(found (?:Block)?String) ".*"/s, "$1")
    .replace(/(Expected value of type "[^"]*", found) [[{].*\.$/s, "$1 another value.");
}

function shorten(message: string): string {
  return message.length > MAX_MESSAGE_CHARACTERS ? `${message.slice(0, MAX_MESSAGE_CHARACTERS)} …` : message;
}

/** Extensions, except code and request id, of an error caused by the caller and related to no source. */
export const NO_EXTENSIONS = { cause: null, source: null, retryable: false, retryAfterMs: null } as const;

/** Returns the original error, without the errors that GraphQL has wrapped around it. */
export function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError !== undefined) root = root.originalError;
  return root;
}

function extensionsOf(error: ServiceError, requestId: string): ErrorExtensions {
  const { code, sourceId, retryable, retryAfterMs } = error;
  const { cause } = ERROR_CODES[code];
  return { code, cause, source: sourceId ?? null, retryable, retryAfterMs: retryAfterMs ?? null, requestId };
}

function placeOf({ locations, path }: GraphQLError): Pick<GraphQLFormattedError, "locations" | "path"> {
  return { ...(locations !== undefined && { locations }), ...(path !== undefined && { path }) };
}

/**
 * Returns the code of an error that the caller caused; undefined for an error that GraphQL found in the result of our
 * resolvers.
 */
function clientErrorCode(root: GraphQLError, error: unknown): string | undefined {
  const given = root.extensions["code"] ?? (error instanceof GraphQLError ? error.extensions["code"] : undefined);
  if (typeof given === "string" && given !== "INTERNAL_SERVER_ERROR") return given;
  // Coercion of variables and arguments; graphql-js marks these errors by their message only.
  if (error instanceof GraphQLError && /^(Variable "\$|Argument ")/.test(error.message)) return "BAD_USER_INPUT";
  return /^(Unknown operation named|Must provide (an operation|operation name))/.test(root.message)
    ? "OPERATION_RESOLUTION_FAILURE"
    : undefined;
}
