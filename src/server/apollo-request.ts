import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { FastifyRequest } from "fastify";
import { hasPersistedQuery } from "./graphql/documents/document-request.ts";
import { type OperationParameters, searchOf } from "./http/operation-request.ts";

/**
 * Converts a request to the form that Apollo Server reads.
 * @param parameters of the request, with the text of its document in place of what named it
 * @param isNamed the request had no text, and named its document
 */
export function apolloRequestOf(
  received: FastifyRequest,
  parameters: OperationParameters,
  isNamed: boolean,
): HTTPGraphQLRequest {
  const { method, body, url } = received;
  const isInUrl = method === "GET";
  let headers: HeaderMap | undefined;
  return {
    method,
    body: isNamed && !isInUrl ? parameters : body,
    search: isInUrl ? (isNamed ? searchWith(parameters) : searchOf(url)) : "",
    /** Made on request: only Apollo reads them. */
    get headers() {
      return (headers ??= headersOf(received));
    },
  };
}

/**
 * Puts the text of a document in place of the parameters that name it. Returns the same parameters when they have their
 * text themselves.
 */
export function withText(parameters: OperationParameters, text: string | undefined): OperationParameters {
  const { documentId: id, ...others } = parameters;
  const isNamed = (id ?? undefined) !== undefined || hasPersistedQuery(parameters["extensions"]);
  if (text === undefined || !isNamed) return parameters;
  return { ...others, query: text, extensions: withoutPersistedQuery(parameters["extensions"]) };
}

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

function searchWith(parameters: OperationParameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null) search.append(name, typeof one === "string" ? one : JSON.stringify(one));
  }
  return `?${search.toString()}`;
}

/** Returns the other extensions; null if there are none, which a client may send as well. */
function withoutPersistedQuery(extensions: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof extensions !== "object" || extensions === null) return null;
  const { persistedQuery: _named, ...rest } = { ...extensions } as Record<string, unknown>;
  return Object.keys(rest).length > 0 ? rest : null;
}
