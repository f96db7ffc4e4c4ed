import type { SubscribePayload } from "graphql-ws";
import type { RawData } from "ws";
import { type DocumentParameters, hasPersistedQuery } from "../graphql/documents/document-request.ts";

/** Operation of a `subscribe` message, as the peer sent it. */
export interface SubscribeRequest extends DocumentParameters {
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Parses a message for the state machine, which keeps the message of an operation as long as the operation runs:
 * therefore it gets neither the bytes nor the text, and only the known members. What is no JSON object is left to it to
 * reject.
 */
export function readMessage(data: RawData): unknown {
  const text = textOf(data);
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) return text;
  const { type, id, payload } = message as Readonly<Record<string, unknown>>; // any object has these, or undefined
  return { type, id, payload: type === "subscribe" ? withQuery(payload) : payload };
}

const PAYLOAD_MEMBERS: ReadonlySet<string> = new Set([
  "query",
  "documentId",
  "extensions",
  "operationName",
  "variables",
]);

/**
 * Takes the operation out of the payload of a `subscribe` message, which is empty afterwards: variables that the
 * operation does not declare, and extensions, would else be in memory as long as it runs.
 */
export function takeRequest(payload: SubscribePayload): SubscribeRequest {
  const { query, documentId, extensions, operationName, variables } = payload as SubscribePayload & DocumentParameters;
  const members = payload as unknown as Record<string, unknown>; // our own object, of `readMessage`
  for (const name of Object.keys(members)) {
    // An object of which something is deleted takes much more memory, and there is one for each operation.
    if (PAYLOAD_MEMBERS.has(name)) members[name] = undefined;
    else delete members[name];
  }
  return { query, documentId, extensions, operationName: operationName ?? undefined, variables: variables ?? {} };
}

/** The state machine requires a text: an empty one stands for a document that is named by its id or hash. */
function withQuery(payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return payload;
  const { query, documentId, extensions } = payload as DocumentParameters; // every member is optional and unknown
  const isNamed = (documentId ?? undefined) !== undefined || hasPersistedQuery(extensions);
  return isNamed && (query ?? undefined) === undefined ? { ...payload, query: "" } : payload;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
