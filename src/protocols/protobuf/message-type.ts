import {
  type DescField,
  type DescMessage,
  fromJson,
  type JsonValue,
  type Registry,
  toBinary,
} from "@bufbuild/protobuf";
import { scalarZeroValue } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { ServiceError } from "../../domain/error.ts";
import { decodeMessage } from "./decode.ts";
import type { Field, MessageType, ProtoValue, RequestValue } from "./message.ts";

/**
 * Creates the type of a descriptor.
 * @param typeOf returns the one type of another descriptor
 */
export function createMessageType(
  desc: DescMessage,
  registry: Registry,
  typeOf: (desc: DescMessage) => MessageType,
): MessageType {
  let fields: readonly Field[] | undefined;
  let byName: ReadonlyMap<string, Field> | undefined;
  const type: MessageType = {
    name: desc.typeName,
    desc,
    get fields() {
      return (fields ??= desc.fields.map((field, index) => createField(field, index, typeOf))); // types may be recursive
    },
    noValues: desc.fields.map(() => undefined),
    field(name) {
      byName ??= new Map(type.fields.map((field) => [field.name, field]));
      const found = byName.get(name);
      if (found !== undefined) return found;
      const problem = `${type.name} has no field ${JSON.stringify(name)}${didYouMean(name, byName.keys())}`;
      throw new ServiceError("INVALID_INPUT", problem);
    },
    decode: (bytes, options = {}) => decodeMessage(type, bytes, options),
    encode(values) {
      for (const name of Object.keys(values)) type.field(name); // for its better message
      try {
        return toBinary(desc, fromJson(desc, jsonOf(values), { registry }));
      } catch (reason) {
        throw new ServiceError("INVALID_INPUT", `the values are not a ${type.name}`, { detail: String(reason) });
      }
    },
  };
  return type;
}

function createField(desc: DescField, index: number, typeOf: (desc: DescMessage) => MessageType): Field {
  return {
    name: desc.name,
    number: desc.number,
    index,
    desc,
    message: desc.message === undefined ? undefined : typeOf(desc.message),
    zero: zeroOf(desc),
  };
}

function zeroOf(desc: DescField): ProtoValue | undefined {
  if (desc.fieldKind === "list") return [];
  if (desc.fieldKind === "map") return new Map();
  if (desc.presence !== FeatureSet_FieldPresence.IMPLICIT) return undefined;
  if (desc.fieldKind === "enum") return desc.enum.values[0]?.number ?? 0;
  return desc.fieldKind === "scalar" ? (scalarZeroValue(desc.scalar, false) as ProtoValue) : undefined; // longs as bigint
}

function jsonOf(value: RequestValue): JsonValue {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonOf(item)]));
  }
  return value as JsonValue; // what is left is a JSON value already
}
