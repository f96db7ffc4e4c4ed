import { type Field, ProtoMessage, type ProtoValue } from "../../../protocols/protobuf/message.ts";

/**
 * Returns a message as an object with the names of the .proto file, for its schema: 64-bit integers as bigint, enums as
 * the names of their values, absent messages left out. An enum's number that the contract has no name for is its digits.
 */
export function plainOf(message: ProtoMessage): Readonly<Record<string, unknown>> {
  const plain: Record<string, unknown> = {};
  for (const field of message.type.fields) {
    const value = message.get(field);
    if (value !== undefined) plain[field.name] = plainValue(field, value);
  }
  return plain;
}

/** The contract has no maps and no fields of bytes. */
function plainValue(field: Field, value: ProtoValue): unknown {
  if (Array.isArray(value)) return value.map((item: ProtoValue) => plainValue(field, item));
  if (value instanceof ProtoMessage) return plainOf(value);
  const names = field.desc.enum?.value;
  return names !== undefined && typeof value === "number" ? (names[value]?.name ?? String(value)) : value;
}
