import type { OperationRequest } from "../graphql/prepare-operation.ts";
import { httpFailure } from "./http-errors.ts";

/** Parameters of GraphQL over HTTP as received, not checked; without any for a body that is no object. */
export type OperationParameters = Readonly<Record<string, unknown>>;

/** Parameters that have JSON as their text in a query string. */
const JSON_PARAMETERS: ReadonlySet<string> = new Set(["variables", "extensions"]);

/** Reads the parameters of a request by POST from its body, and by GET from its query string. */
export function operationParametersOf(request: {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}): OperationParameters {
  const { method, url, body } = request;
  if (method === "GET") return parametersOfSearch(searchOf(url));
  return isRecord(body) ? body : {};
}

/** Returns the query string of a path, with its question mark; empty if there is none. */
export function searchOf(path: string): string {
  const start = path.indexOf("?");
  return start < 0 ? "" : path.slice(start);
}

/** A parameter that is there twice is an array, and one that is not JSON stays a text: neither is accepted. */
function parametersOfSearch(search: string): OperationParameters {
  const given = Map.groupBy(new URLSearchParams(search), ([name]) => name);
  const entries = [...given].map(([name, values]): [string, unknown] => {
    const [value, ...others] = values.map(([, text]) => (JSON_PARAMETERS.has(name) ? parsed(text) : text));
    return [name, others.length > 0 ? [value, ...others] : value];
  });
  return Object.fromEntries(entries);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * Returns the operation that parameters describe; undefined for those that are not GraphQL over HTTP, which Apollo
 * rejects with the reason.
 * @throws GraphQLError BAD_REQUEST for variables that are no object, which Apollo would take from a query string
 */
export function operationRequestOf(parameters: OperationParameters): OperationRequest | undefined {
  const { query, operationName = null, variables = null } = parameters;
  if (typeof query !== "string" || query === "") return undefined;
  if (operationName !== null && typeof operationName !== "string") return undefined;
  if (variables !== null && !isRecord(variables)) throw httpFailure("BAD_REQUEST", "variables must be a JSON object");
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function isRecord(value: unknown): value is OperationParameters {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
