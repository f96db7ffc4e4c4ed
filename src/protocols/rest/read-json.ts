import { ServiceError } from "../../domain/error.ts";
import { parseExactJsonParts } from "./exact-json.ts";

/** Fields of a response that `readJson` needs. */
export interface JsonAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Present if the body was parsed before. */
  readonly json?: unknown;
}

const JSON_MEDIA_TYPE = /^(?:application\/json|text\/json|[\w.+-]+\/[\w.+-]+\+json)$/;

/**
 * Returns the response's JSON document as `parseExactJsonParts` does, so that an ambiguous item of a list fails alone;
 * not parsed again if it was parsed already. A missing content type is accepted when the body is JSON, a different one
 * is not: a proxy's response in the upstream's place (an error page, a login form, an empty 200) must not be read as
 * "no objects".
 * @throws ServiceError UPSTREAM_GARBLED | UPSTREAM_MALFORMED
 */
export function readJson(answer: JsonAnswer): unknown {
  if (answer.json !== undefined) return answer.json;
  const mediaType = answer.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== undefined && answer.body.length > 0 && !JSON_MEDIA_TYPE.test(mediaType)) {
    throw new ServiceError("UPSTREAM_GARBLED", `expected a JSON document, got content type ${safeName(mediaType)}`, {
      detail: `expected a JSON document with status ${answer.status}, got content type ${safeName(mediaType)}`,
    });
  }
  return parseExactJsonParts(answer.body);
}

/** What answers in an upstream's place: pages, proxies and file servers. */
const NAMED_TYPES: ReadonlySet<string> = new Set([
  "application/octet-stream",
  "application/xhtml+xml",
  "application/xml",
  "text/html",
  "text/plain",
  "text/xml",
]);

/**
 * Returns the media type for a message. A header's value is untrusted, and may repeat the credentials of the request:
 * only well-known types are named.
 */
function safeName(mediaType: string): string {
  if (NAMED_TYPES.has(mediaType)) return mediaType;
  return /^[\w.+/-]{1,80}$/.test(mediaType) ? "that is not JSON" : "that is malformed";
}
