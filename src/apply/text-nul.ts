import type { MalformedMessage, RawPayload, RecordMessage, TombstoneMessage } from "../connector-api/messages.ts";

/** Whether bytes could say U+0000 in any of the ways that JSON and XML have: raw, or escaped. */
function mayHoldNul(payload: RawPayload): boolean {
  const held = PAYLOADS.get(payload);
  if (held !== undefined) return held;
  const { buffer, byteOffset, byteLength } = payload.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const may = bytes.includes(0) || bytes.includes("u0000") || bytes.includes("&#");
  PAYLOADS.set(payload, may);
  return may;
}

/** Looked through once, however many records point into it. */
const PAYLOADS = new WeakMap<RawPayload, boolean>();

/** PostgreSQL text cannot hold U+0000; one such record must not fail its whole batch. */
export function holdsNul(message: RecordMessage | TombstoneMessage): boolean {
  if (!mayHoldNul(message.raw.payload)) return false;
  if (message.type === "tombstone") return message.externalId.includes("\0");
  return Object.values(message.record).some(valueHoldsNul);
}

function valueHoldsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes("\0") || valueHoldsNul(inner));
}

/** The same item, as the malformed one that it is. */
export function nulMessage(message: RecordMessage | TombstoneMessage): MalformedMessage {
  return {
    type: "malformed",
    entity: message.type === "record" ? message.record.type : message.entity,
    externalId: undefined, // may hold the character itself
    path: "",
    problem: "text must not contain U+0000",
    raw: message.raw,
  };
}
