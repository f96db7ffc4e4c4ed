import { ServiceError } from "../../domain/error.ts";
import { parseExactJson } from "./exact-json.ts";

/** What `readJson` needs of an answer. */
export interface JsonAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Present when the body was parsed before. */
  readonly json?: unknown;
}

const JSON_MEDIA_TYPE = /^(?:application\/json|text\/json|[\w.+-]+\/[\w.+-]+\+json)$/;

/**
 * The answer's JSON document as `parseExactJson` gives it; not parsed again where it was parsed already. A missing
 * content type is let pass when the body is JSON, a different one is not: what a proxy sends in the upstream's place
 * (an error page, a login form, an empty 200) must not be read as "no objects".
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
  return parseExactJson(answer.body);
}

/** A header's value is outside data: only what a media type may consist of goes on into a message. */
function safeName(mediaType: string): string {
  return /^[\w.+/-]{1,80}$/.test(mediaType) ? mediaType : "that is malformed";
}
