import type { MalformedMessage, RawPayload, RecordMessage, TombstoneMessage } from "../connector-api/messages.ts";

/** PostgreSQL takes neither U+0000 in text nor half a surrogate pair in JSON. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** Whether bytes could say either, in any of the ways that JSON and XML have: raw, or escaped. */
function mayHoldUnstorable(payload: RawPayload): boolean {
  const held = PAYLOADS.get(payload);
  if (held !== undefined) return held;
  const { buffer, byteOffset, byteLength } = payload.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const may = SIGNS.some((sign) => bytes.includes(sign));
  PAYLOADS.set(payload, may);
  return may;
}

const SIGNS = ["\0", "u0000", "&#", "\\ud", "\\uD"] as const;
/** Looked through once, however many records point into it. */
const PAYLOADS = new WeakMap<RawPayload, boolean>();

/** Whether the store would refuse a message's text; one such record must not fail its whole batch. */
export function holdsUnstorable(message: RecordMessage | TombstoneMessage): boolean {
  if (!mayHoldUnstorable(message.raw.payload)) return false;
  if (message.type === "tombstone") return !isStorable(message.externalId);
  return [message.record, message.unknowns, message.replaces].some(valueIsUnstorable);
}

function valueIsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return !isStorable(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => !isStorable(key) || valueIsUnstorable(inner));
}

/** The same item, as the malformed one that it is. */
export function unstorableMessage(message: RecordMessage | TombstoneMessage): MalformedMessage {
  return {
    type: "malformed",
    entity: message.type === "record" ? message.record.type : message.entity,
    externalId: message.type === "record" ? message.record.externalId : message.externalId,
    path: "",
    problem: "text must hold neither U+0000 nor half a surrogate pair",
    raw: message.raw,
  };
}

/** What is said about a malformed item may quote it: a property's name in a path, an id. */
export function storableFault(message: MalformedMessage): MalformedMessage {
  const { externalId, path, problem } = message;
  if ([externalId ?? "", path, problem].every(isStorable)) return message;
  const shown = (text: string) => text.toWellFormed().replaceAll("\0", "\u{fffd}");
  return {
    ...message,
    externalId: externalId === undefined || !isStorable(externalId) ? undefined : externalId,
    path: shown(path),
    problem: shown(problem),
  };
}
