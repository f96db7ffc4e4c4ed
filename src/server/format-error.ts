import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { FastifyBaseLogger } from "fastify";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";

/** What every error says of itself beside its message. */
export interface ErrorExtensions extends Record<string, unknown> {
  readonly code: string;
  /** One of the five causes; null where it is none of them. */
  readonly cause: string | null;
  /** Name of the source that it happened at. */
  readonly source: string | null;
  /** The same operation may succeed later. */
  readonly retryable: boolean;
  /** Earliest useful moment for another try, from now. */
  readonly retryAfterMs: number | null;
  /** Finds the log lines of the request. */
  readonly requestId: string;
}

/** An error as clients may see it. */
export type FormatError = (error: unknown, requestId: string) => GraphQLFormattedError;

/**
 * The one way for errors to leave. Ours keep code and public message; GraphQL's own about the caller's document or
 * variables keep their words; everything else is a bug of ours: it is logged and called "internal error".
 */
export function createErrorFormatter({ log }: { readonly log: FastifyBaseLogger }): FormatError {
  return (error, requestId) => {
    const place = error instanceof GraphQLError ? placeOf(error) : {};
    const root = rootOf(error);
    if (root instanceof ServiceError && root.code !== "INTERNAL") {
      return { message: root.publicMessage, ...place, extensions: extensionsOf(root, requestId) };
    }
    const code = root instanceof GraphQLError ? clientErrorCode(root, error) : undefined;
    if (code !== undefined && error instanceof GraphQLError) {
      return { message: error.message, ...place, extensions: { ...NO_EXTENSIONS, code, requestId } };
    }
    log.error({ err: root, requestId, path: "path" in place ? place.path?.join(".") : undefined }, "internal error");
    return { message: "internal error", ...place, extensions: { ...NO_EXTENSIONS, code: "INTERNAL", requestId } };
  };
}

/** Extensions of an error that is the caller's and of no source, but for code and request. */
export const NO_EXTENSIONS = { cause: null, source: null, retryable: false, retryAfterMs: null } as const;

/** What was thrown first, below what GraphQL has put around it. */
function rootOf(error: unknown): unknown {
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

/** Code of an error that the caller made; undefined for one that GraphQL has found in what our resolvers returned. */
function clientErrorCode(root: GraphQLError, error: unknown): string | undefined {
  const given = root.extensions["code"] ?? (error instanceof GraphQLError ? error.extensions["code"] : undefined);
  if (typeof given === "string" && given !== "INTERNAL_SERVER_ERROR") return given;
  // Coercion of variables and arguments; graphql-js marks them by nothing but their words.
  if (error instanceof GraphQLError && /^(Variable "\$|Argument ")/.test(error.message)) return "BAD_USER_INPUT";
  return /^(Unknown operation named|Must provide (an operation|operation name))/.test(root.message)
    ? "OPERATION_RESOLUTION_FAILURE"
    : undefined;
}
