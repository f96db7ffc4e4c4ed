import { isAscii } from "node:buffer";
import { ServiceError } from "../../domain/error.ts";
import { describeBytes, describeText } from "./describe-body.ts";
import { ExactNumber } from "./exact-number.ts";
import { type JsonScan, scanJson } from "./json-scan.ts";
import { countMembers, findRepeatedKey, markRepeatedKeys } from "./repeated-keys.ts";

/**
 * Deeper documents are rejected. Real ones stay below 20; recursive code that runs afterwards is safe to a few
 * thousand.
 */
export const MAX_JSON_DEPTH = 256;

/**
 * Parses a JSON document without the loss of a digit: an integer within ±(2^53 − 1) is a number, a larger one a bigint,
 * any number with a fraction or an exponent an `ExactNumber`. A leading byte order mark is skipped. `__proto__` is an
 * ordinary own property.
 * @throws ServiceError UPSTREAM_GARBLED when it is not one whole JSON document in UTF-8; the message names the position
 * and the kind of the received text, never a part of it
 * @throws ServiceError UPSTREAM_MALFORMED when it nests deeper than `MAX_JSON_DEPTH`, or an object has a duplicate key:
 * parsers differ on which of the two values counts (RFC 8259, section 4), and the signature of a body covers both
 */
export function parseExactJson(input: string | Uint8Array): unknown {
  const text = textOf(input);
  const { document, hasRepeatedKey } = parseText(text);
  const path = hasRepeatedKey ? findRepeatedKey(text) : undefined;
  if (path === undefined) return document;
  throw new ServiceError(
    "UPSTREAM_MALFORMED",
    `JSON must not have a key twice in one object, got ${JSON.stringify(path)} twice`,
  );
}

/**
 * Parses like `parseExactJson`, for documents of which one part may be ambiguous and the others must be readable: a
 * value whose key its object has twice is `REPEATED_KEY`, which no schema accepts.
 * @throws ServiceError UPSTREAM_GARBLED | UPSTREAM_MALFORMED
 */
export function parseExactJsonParts(input: string | Uint8Array): unknown {
  const text = textOf(input);
  const { document, hasRepeatedKey } = parseText(text);
  if (hasRepeatedKey) markRepeatedKeys(text, document);
  return document;
}

function textOf(input: string | Uint8Array): string {
  return typeof input === "string" ? input.replace(/^\uFEFF/, "") : decode(input);
}

function parseText(text: string): { readonly document: unknown; readonly hasRepeatedKey: boolean } {
  const scan = scanJson(text, MAX_JSON_DEPTH);
  if (scan.depth > MAX_JSON_DEPTH) {
    throw new ServiceError("UPSTREAM_MALFORMED", `JSON must not nest deeper than ${MAX_JSON_DEPTH} levels`);
  }
  const document = parseScanned(text, scan);
  const members = typeof document === "object" && document !== null ? countMembers(document) : 0;
  return { document, hasRepeatedKey: members !== scan.members };
}

function parseScanned(text: string, { hasExactNumber }: JsonScan): unknown {
  try {
    return hasExactNumber ? JSON.parse(text, exactValue) : JSON.parse(text);
  } catch {
    // V8's error quotes the text, so it is not even kept as a cause.
    throw new ServiceError("UPSTREAM_GARBLED", `expected a JSON document, got ${describeText(text)}`);
  }
}

function decode(bytes: Uint8Array): string {
  // Most documents are ASCII, which is copied instead of decoded, and parsed from one byte a character.
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ServiceError("UPSTREAM_GARBLED", `expected JSON in UTF-8, got ${describeBytes(bytes)}`);
  }
}

/** Reviver. `source` is the literal as written; engines provide it for primitive values only. */
function exactValue(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  if (/[.eE]/.test(context.source)) return new ExactNumber(context.source);
  return Number.isSafeInteger(value) ? value : BigInt(context.source);
}
