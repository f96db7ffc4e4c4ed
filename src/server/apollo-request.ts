import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { FastifyRequest } from "fastify";
import { type DocumentParameters, hasPersistedQuery } from "./graphql/documents/document-request.ts";
import type { ResolveDocument } from "./graphql/documents/resolve-document.ts";

/** Of a request whose operation is in its body: nothing looks at its query string. */
const NO_SEARCH = { search: "", searchParams: new URLSearchParams() };

type Parameters = DocumentParameters & Readonly<Record<string, unknown>>;

/**
 * Converts a request to the form that Apollo Server reads, with the text of its document in place of what named it.
 * @throws as `resolve` does
 */
export function apolloRequestOf(
  received: FastifyRequest,
  resolve: ResolveDocument,
  tenantId: string,
): HTTPGraphQLRequest {
  const { method, body } = received;
  const isInUrl = method === "GET";
  const { search, searchParams } = isInUrl ? urlOf(received) : NO_SEARCH;
  let headers: HeaderMap | undefined;
  const request = {
    method,
    body,
    search,
    /** Made on request: only Apollo reads them. */
    get headers() {
      return (headers ??= headersOf(received));
    },
  };
  const parameters = isInUrl ? parametersOfUrl(searchParams) : parametersOfBody(body);
  const text = resolve(parameters, tenantId);
  const isNamed = (parameters.documentId ?? undefined) !== undefined || hasPersistedQuery(parameters.extensions);
  if (text === undefined || !isNamed) return request;
  const named = isInUrl
    ? { search: searchWithText(searchParams, parameters, text) }
    : { body: bodyWithText(parameters, text) };
  return { ...request, ...named };
}

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

function parametersOfBody(body: unknown): Parameters {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {};
}

function parametersOfUrl(searchParams: URLSearchParams): Parameters {
  const extensions = parsedExtensions(searchParams.get("extensions"));
  return { query: searchParams.get("query"), documentId: searchParams.get("documentId"), extensions };
}

/** Only the query string is read: the host name does not matter. */
function urlOf(request: FastifyRequest): URL {
  return new URL(request.url, "http://localhost");
}

/** Undefined for a text that Apollo Server rejects. */
function parsedExtensions(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bodyWithText({ documentId: _id, ...parameters }: Parameters, text: string): Parameters {
  return { ...parameters, query: text, extensions: withoutPersistedQuery(parameters.extensions) };
}

function searchWithText(given: URLSearchParams, { extensions }: Parameters, text: string): string {
  const parameters = new URLSearchParams(given);
  parameters.set("query", text);
  parameters.delete("documentId");
  parameters.delete("extensions");
  const rest = withoutPersistedQuery(extensions);
  if (rest !== null) parameters.set("extensions", JSON.stringify(rest));
  return `?${parameters.toString()}`;
}

/** Returns the other extensions; null if there are none, which a client may send as well. */
function withoutPersistedQuery(extensions: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof extensions !== "object" || extensions === null) return null;
  const { persistedQuery: _named, ...rest } = { ...extensions } as Record<string, unknown>;
  return Object.keys(rest).length > 0 ? rest : null;
}
