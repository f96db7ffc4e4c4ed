import type { HTTPGraphQLRequest } from "@apollo/server";
import type { OperationRequest } from "../graphql/prepare-operation.ts";

/**
 * Returns the operation of a request by POST or GET; undefined for a request that is not GraphQL over HTTP, which
 * Apollo rejects with the reason.
 */
export function operationRequestOf({ method, body, search }: HTTPGraphQLRequest): OperationRequest | undefined {
  const parameters = method === "GET" ? searchParametersOf(search) : body;
  if (!isRecord(parameters)) return undefined;
  const { query, operationName = null, variables = null } = parameters;
  if (typeof query !== "string" || query === "") return undefined;
  if (operationName !== null && typeof operationName !== "string") return undefined;
  if (variables !== null && !isRecord(variables)) return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

/** Undefined if a parameter is not valid. A parameter that is there twice is an array, and no text. */
function searchParametersOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const search = new URLSearchParams(text);
  const one = (name: string): unknown => {
    const values = search.getAll(name);
    return values.length > 1 ? values : values[0];
  };
  const variables = one("variables");
  const others = { query: one("query"), operationName: one("operationName") };
  if (typeof variables !== "string") return { ...others, variables };
  try {
    return { ...others, variables: JSON.parse(variables) as unknown };
  } catch {
    return undefined; // not JSON
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
