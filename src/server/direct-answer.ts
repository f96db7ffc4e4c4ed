import type { HTTPGraphQLRequest } from "@apollo/server";
import { type DocumentNode, type ExecutionResult, getOperationAST } from "graphql";
import type { Context } from "../../resolvers/context.ts";
import { ERROR_CODES } from "../domain/error.ts";
import type { Graph } from "./graph.ts";
import { overloadOf } from "./graphql/overload-of.ts";
import { retryHeaders } from "./http/http-errors.ts";

/** A complete answer to an operation. */
export interface DirectAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An operation that the gate has admitted. */
export interface DirectOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Context;
  /** Media type of the answer, of `directMediaType`. */
  readonly mediaType: string;
}

/** Media types of answers by what clients accept; anything else is negotiated by Apollo. */
const MEDIA_TYPES: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, "application/json; charset=utf-8"],
  ["*/*", "application/json; charset=utf-8"],
  ["application/json", "application/json; charset=utf-8"],
  ["application/graphql-response+json", "application/graphql-response+json; charset=utf-8"],
]);

/**
 * Returns the media type of the answer to a usual request: JSON by POST, without extensions and without a wish that only
 * Apollo's pipeline fulfils. Undefined for all others.
 */
export function directMediaType(
  { method, body }: HTTPGraphQLRequest,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  traceHeader: string,
): string | undefined {
  const { accept, "content-type": contentType } = headers;
  if (method !== "POST" || headers[traceHeader] !== undefined || Array.isArray(accept)) return undefined;
  if (contentType !== "application/json" && contentType !== "application/json; charset=utf-8") return undefined;
  const { extensions = null } = body as { readonly extensions?: unknown }; // the gate has read it as an object
  return extensions === null ? MEDIA_TYPES.get(accept) : undefined;
}

export interface DirectOptions {
  readonly graph: Pick<Graph, "schema" | "execute" | "formatError">;
  /** Called when an operation has been completed. */
  readonly onOperation: (operation: { readonly type: string; readonly failed: boolean }) => void;
}

/** Executes an operation and answers as Apollo's pipeline does, which takes as long as a small operation itself. */
export async function answerDirectly(
  { graph, onOperation }: DirectOptions,
  { document, operationName, variables, context, mediaType }: DirectOperation,
): Promise<DirectAnswer> {
  const { schema, execute, formatError } = graph;
  const args = { schema, document, operationName, variableValues: variables, contextValue: context };
  const { data, errors = [] }: ExecutionResult = await execute(args);
  onOperation({ type: getOperationAST(document, operationName)?.operation ?? "unknown", failed: errors.length > 0 });
  const overload = overloadOf(data, errors);
  const formatted = errors.map((error) => formatError(error, context.requestId));
  const notExecuted = data === undefined ? 400 : 200; // a variable has a wrong value
  return {
    status: overload === undefined ? notExecuted : ERROR_CODES[overload.code].http,
    headers: { "content-type": mediaType, ...(overload !== undefined && retryHeaders(overload)) },
    text: `${JSON.stringify(errors.length > 0 ? { errors: formatted, data } : { data })}\n`,
  };
}
