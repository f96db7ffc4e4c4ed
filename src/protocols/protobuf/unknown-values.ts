import { WireType } from "@bufbuild/protobuf/wire";
import { ProtoMessage, type ProtoValue, type UnknownField, type Field } from "./message.ts";

/** A value that the contract has no name for. Its bytes are in the message's own. */
export interface UnknownProtoValue {
  /** Path of the field: `payments[3].status`; of one that the contract does not have, its number: `fee.9`. */
  readonly path: string;
  /** The number of an enum's value; of a field its wire type and size, because what it means is not known. */
  readonly value: string;
  /** Only of a field. */
  readonly of?: "field";
}

/** More of them tell no more. */
const MAX_REPORTED = 100;

/** Returns enum numbers and fields that the contract does not have, at any depth; at most a hundred. */
export function unknownValues(message: ProtoMessage): readonly UnknownProtoValue[] {
  return inMessage(message, "").take(MAX_REPORTED).toArray();
}

function* inMessage(message: ProtoMessage, prefix: string): Generator<UnknownProtoValue> {
  for (const field of message.type.fields) {
    const value = message.values[field.index];
    if (value === undefined) continue;
    const path = prefix + field.name;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) yield* inValue(field, item, `${path}[${index}]`);
    } else if (value instanceof Map) {
      for (const [key, item] of value) yield* inValue(field, item, `${path}[${JSON.stringify(String(key))}]`);
    } else yield* inValue(field, value, path);
  }
  for (const unknown of message.unknownFields) {
    yield { path: `${prefix}${unknown.number}`, value: describe(unknown), of: "field" };
  }
}

function* inValue(field: Field, value: ProtoValue, path: string): Generator<UnknownProtoValue> {
  if (value instanceof ProtoMessage) yield* inMessage(value, `${path}.`);
  const names = field.desc.enum?.value;
  if (names !== undefined && typeof value === "number" && names[value] === undefined) {
    yield { path, value: String(value) };
  }
}

const FIXED: Readonly<Record<number, string>> = {
  [WireType.Varint]: "varint",
  [WireType.Bit32]: "32-bit",
  [WireType.Bit64]: "64-bit",
};

function describe({ wireType, data }: UnknownField): string {
  return FIXED[wireType] ?? `${data.length} bytes`;
}
