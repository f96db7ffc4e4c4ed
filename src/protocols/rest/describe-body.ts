import { findJsonFault } from "./json-fault.ts";

/** Describes a text that is not JSON: `an HTML page`, `JSON cut off at character 812`. Quotes nothing of it. */
export function describeText(text: string): string {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (text.length === 0) return "nothing";
  if (start.length === 0) return `white space only (${text.length} characters)`;
  if (/^<(?:!doctype html|html|head|body|title|h1)/.test(start)) return "an HTML page";
  if (start.startsWith("<")) return "XML or other markup";
  const { position, truncated } = findJsonFault(text);
  if (truncated) return `JSON cut off at character ${position}`;
  if (/^[[{"]/.test(start)) return `broken JSON, first wrong at character ${position}`;
  return `text that is no JSON, first wrong at character ${position}`;
}

/** Describes bytes that are not UTF-8. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip data";
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return "UTF-16 text";
  return `${bytes.length} bytes that are not UTF-8`;
}
