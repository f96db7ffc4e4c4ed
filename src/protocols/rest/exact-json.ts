import { isAscii } from "node:buffer";
import { ServiceError } from "../../domain/error.ts";
import { describeBytes, describeText } from "./describe-body.ts";
import { scanJson } from "./json-scan.ts";

/** Deeper documents are refused. Real ones stay below 20; recursive code behind us is safe to a few thousand. */
export const MAX_JSON_DEPTH = 256;

/** A number with a fraction or an exponent, kept as it was written: `1.10`, `1e400`. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The literal, digit by digit. */
  toString(): string {
    return this.text;
  }
}

/**
 * A JSON document without the loss of a digit: an integer within ±(2^53 − 1) is a number, a larger one a bigint, any
 * number with a fraction or an exponent an `ExactNumber`. A leading byte order mark is skipped. `__proto__` is an
 * ordinary own property.
 * @throws ServiceError UPSTREAM_GARBLED when it is not one whole JSON document in UTF-8; the message names the position
 * and what kind of text came, never a piece of it
 * @throws ServiceError UPSTREAM_MALFORMED when it nests deeper than `MAX_JSON_DEPTH`
 */
export function parseExactJson(input: string | Uint8Array): unknown {
  const text = typeof input === "string" ? input.replace(/^\uFEFF/, "") : decode(input);
  const scan = scanJson(text, MAX_JSON_DEPTH);
  if (scan.depth > MAX_JSON_DEPTH) {
    throw new ServiceError("UPSTREAM_MALFORMED", `JSON must not nest deeper than ${MAX_JSON_DEPTH} levels`);
  }
  try {
    return scan.hasExactNumber ? JSON.parse(text, exactValue) : JSON.parse(text);
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

/** Reviver. `source` is the literal as written; engines give it for primitive values only. */
function exactValue(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  if (/[.eE]/.test(context.source)) return new ExactNumber(context.source);
  return Number.isSafeInteger(value) ? value : BigInt(context.source);
}
