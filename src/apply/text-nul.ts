import type { MalformedMessage, RecordMessage, TombstoneMessage } from "../connector-api/messages.ts";

/** PostgreSQL text cannot hold U+0000; one such record must not fail its whole batch. */
export function holdsNul(message: RecordMessage | TombstoneMessage): boolean {
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
