import { ServiceError } from "../../domain/error.ts";
import type { DateTime } from "../../domain/values.ts";
import { type FieldPath, fieldPath, pathError } from "./field-path.ts";
import { ProtoMessage, type ProtoValue, type MessageType } from "./message.ts";
import { timestampText } from "./timestamp.ts";

/** Reads one value of a message by a path that was checked against the contract. */
export interface FieldReader<Value> {
  readonly path: string;
  /** Returns undefined if the field is absent. @throws ServiceError UPSTREAM_MALFORMED with the path */
  read(message: ProtoMessage): Value | undefined;
}

/** An enum's number, with its name if the contract has one. */
export interface EnumValue {
  readonly number: number;
  readonly name: string | undefined;
}

/** Reads a string, or a `google.protobuf.StringValue`. @throws ServiceError INVALID_INPUT if the field is neither */
export function textReader(type: MessageType, path: string): FieldReader<string> {
  return readerOf(type, path, "a string", (value) => (typeof value === "string" ? value : undefined), ["string"]);
}

/** Reads an integer of any size, or the wrapper of one. @throws ServiceError INVALID_INPUT if the field is neither */
export function integerReader(type: MessageType, path: string): FieldReader<bigint> {
  const integerOf = (value: ProtoValue): bigint | undefined =>
    typeof value === "bigint" ? value : typeof value === "number" ? BigInt(value) : undefined;
  return readerOf(type, path, "an integer", integerOf, ["bigint", "integer"]);
}

/** Reads a bool, or the wrapper of one. @throws ServiceError INVALID_INPUT if the field is neither */
export function boolReader(type: MessageType, path: string): FieldReader<boolean> {
  return readerOf(type, path, "a bool", (value) => (typeof value === "boolean" ? value : undefined), ["boolean"]);
}

/** Reads an enum. @throws ServiceError INVALID_INPUT if the field is none */
export function enumReader(type: MessageType, path: string): FieldReader<EnumValue> {
  const found = fieldPath(type, path);
  const { desc } = found.field;
  if (desc.fieldKind !== "enum") throw pathError(path, `must be an enum, and is ${kindOf(found)}`);
  return {
    path,
    read(message) {
      const number = found.read(message);
      return typeof number === "number" ? { number, name: desc.enum.value[number]?.name } : undefined;
    },
  };
}

/**
 * Reads which member of a oneof is set, as its name.
 * @throws ServiceError INVALID_INPUT if the path names no oneof
 */
export function oneofReader(type: MessageType, path: string): FieldReader<string> {
  const dot = path.lastIndexOf(".");
  const parent = dot < 0 ? undefined : fieldPath(type, path.slice(0, dot));
  const owner = parent === undefined ? type : parent.field.message;
  const oneof = owner?.desc.oneofs.find(({ name }) => name === path.slice(dot + 1));
  if (owner === undefined || oneof === undefined) throw pathError(path, "must be a oneof");
  const members = oneof.fields.map(({ name }) => owner.field(name));
  return {
    path,
    read(message) {
      const found = parent === undefined ? message : parent.read(message);
      return found instanceof ProtoMessage ? members.find((member) => found.has(member))?.name : undefined;
    },
  };
}

/** Reads a `google.protobuf.Timestamp`, to the millisecond. @throws ServiceError INVALID_INPUT if the field is none */
export function timeReader(type: MessageType, path: string): FieldReader<DateTime> {
  const found = fieldPath(type, path);
  if (found.field.message?.name !== "google.protobuf.Timestamp" || found.field.desc.fieldKind !== "message") {
    throw pathError(path, `must be a google.protobuf.Timestamp, and is ${kindOf(found)}`);
  }
  return {
    path,
    read(message) {
      const value = found.read(message);
      return value instanceof ProtoMessage ? atPath(path, () => timestampText(value)) : undefined;
    },
  };
}

/** Reads the messages of a list. @throws ServiceError INVALID_INPUT if the field is no list of messages */
export function listReader(type: MessageType, path: string): FieldReader<readonly ProtoMessage[]> {
  const found = fieldPath(type, path);
  const { desc } = found.field;
  if (desc.fieldKind !== "list" || desc.listKind !== "message") {
    throw pathError(path, `must be a list of messages, and is ${kindOf(found)}`);
  }
  return {
    path,
    read(message) {
      const value = found.read(message);
      return Array.isArray(value) ? value.filter((item) => item instanceof ProtoMessage) : undefined;
    },
  };
}

/** Adds a path to the error of a value. */
export function atPath<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (reason) {
    const error = ServiceError.from(reason);
    throw new ServiceError(error.code, `${path}: ${error.publicMessage}`, { cause: error });
  }
}

function readerOf<Value>(
  type: MessageType,
  path: string,
  what: string,
  valueOf: (value: ProtoValue) => Value | undefined,
  accepted: readonly string[],
): FieldReader<Value> {
  const found = fieldPath(type, path);
  if (!accepted.includes(valueKindOf(found))) throw pathError(path, `must be ${what}, and is ${kindOf(found)}`);
  return {
    path,
    read(message) {
      const value = found.read(message);
      const inner = value instanceof ProtoMessage ? wrappedValue(value) : value;
      return inner === undefined ? undefined : valueOf(inner);
    },
  };
}

const WRAPPER = /^google\.protobuf\.(?:\w+)Value$/;

/** Value of a wrapper, such as `google.protobuf.Int64Value`: its zero value if nothing is in it. */
function wrappedValue(wrapper: ProtoMessage): ProtoValue | undefined {
  const [field] = wrapper.type.fields;
  return field === undefined ? undefined : wrapper.get(field);
}

/** Scalar types whose values are JavaScript numbers without a fraction: int32, fixed32, uint32, sfixed32, sint32. */
const SMALL_INTEGERS: readonly number[] = [5, 7, 13, 15, 17];

/** The kind of value that a singular field has, through a wrapper too. */
function valueKindOf({ field }: FieldPath): string {
  const { desc } = field;
  const isWrapper = desc.fieldKind === "message" && WRAPPER.test(desc.message.typeName);
  const scalar = isWrapper ? desc.message.fields[0] : desc;
  if (scalar?.fieldKind !== "scalar") return scalar?.fieldKind ?? "message";
  if (SMALL_INTEGERS.includes(scalar.scalar)) return "integer";
  return typeof scalarSample(scalar.scalar);
}

function scalarSample(scalar: number): bigint | number | string | boolean | object {
  if (scalar === 9) return "";
  if (scalar === 8) return false;
  if (scalar === 12) return {};
  return scalar === 1 || scalar === 2 ? 0.5 : 0n;
}

function kindOf({ field }: FieldPath): string {
  const { desc } = field;
  if (desc.fieldKind === "list" || desc.fieldKind === "map") return `a ${desc.fieldKind}`;
  if (desc.fieldKind === "message") return desc.message.typeName;
  return desc.fieldKind === "enum" ? `the enum ${desc.enum.typeName}` : `a ${valueKindOf({ field } as FieldPath)}`;
}
