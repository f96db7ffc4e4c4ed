import type { MalformedMessage, RawPayload, RecordMessage, TombstoneMessage } from "../../connector-api/messages.ts";

/** PostgreSQL accepts neither U+0000 in text nor an unpaired surrogate in JSON. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** Returns whether bytes could contain either, in any form that JSON and XML allow: raw or escaped. */
function mayHoldUnstorable(payload: RawPayload): boolean {
  const existing = PAYLOADS.get(payload);
  if (existing !== undefined) return existing;
  const { buffer, byteOffset, byteLength } = payload.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const may = SIGNS.some((sign) => bytes.includes(sign));
  PAYLOADS.set(payload, may);
  return may;
}

const SIGNS = ["\0", "u0000", "&#", "\\ud", "\\uD"] as const;
/** Cache of the result: a payload is searched once, however many records point into it. */
const PAYLOADS = new WeakMap<RawPayload, boolean>();

/** Returns whether the store would reject a message's text; one such record must not fail its whole batch. */
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

/** Converts the item into a malformed message. */
export function unstorableMessage(message: RecordMessage | TombstoneMessage): MalformedMessage {
  return {
    type: "malformed",
    entity: message.type === "record" ? message.record.type : message.entity,
    externalId: message.type === "record" ? message.record.externalId : message.externalId,
    path: "",
    problem: "text must contain neither U+0000 nor an unpaired surrogate",
    raw: message.raw,
  };
}

/**
 * Makes the text about a malformed item storable, because it may quote the item: a property's name in a path, an id.
 */
export function storableFault(message: MalformedMessage): MalformedMessage {
  const { externalId, path, problem } = message;
  if ([externalId ?? "", path, problem].every(isStorable)) return message;
  const printable = (text: string) => text.toWellFormed().replaceAll("\0", "\u{fffd}");
  return {
    ...message,
    externalId: externalId === undefined || !isStorable(externalId) ? undefined : externalId,
    path: printable(path),
    problem: printable(problem),
  };
}
