import { ScalarType } from "@bufbuild/protobuf";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import { type FieldPath, fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import type {
  MessageType,
  MessageValues,
  ProtoMessage,
  ProtoValue,
  RequestValue,
} from "../../../protocols/protobuf/message.ts";
import { scalarOf } from "../../../protocols/protobuf/scalar.ts";

/*
 * Tokens and ids are opaque text to us: a string as it is, bytes in base64, and an integer as its digits, as the JSON
 * mapping of Protobuf writes them. An empty string, no bytes and the number 0 are no token.
 */

const NO_TOKEN: readonly ScalarType[] = [ScalarType.DOUBLE, ScalarType.FLOAT, ScalarType.BOOL];

/** Finds a field that can contain a token. @throws ServiceError INVALID_INPUT */
export function tokenPath(type: MessageType, path: string): FieldPath {
  const found = fieldPath(type, path);
  const { desc } = found.field;
  if (desc.fieldKind === "scalar" && !NO_TOKEN.includes(desc.scalar) && !found.selects) return found;
  throw pathError(path, "must be a string, bytes or an integer");
}

/** Returns the token of a response; undefined if there is none. */
export function tokenOf(path: FieldPath, message: ProtoMessage): string | undefined {
  const value = path.read(message);
  return value === undefined ? undefined : textOf(value);
}

/** Returns the token of an encoded field; undefined if there is none. @throws an error of the decoder */
export function encodedToken(path: FieldPath, encoded: Uint8Array): string | undefined {
  return textOf(scalarOf(path.field.desc).read(new BinaryReader(encoded)));
}

function textOf(value: ProtoValue): string | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64") || undefined; // "" is no token
  return value === "" || value === 0 || value === 0n ? undefined : String(value as string | number | bigint);
}

/** Returns the values of a request with a value at a path, without changing the given ones. */
export function withValue(values: MessageValues, path: string, value: RequestValue): MessageValues {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [name]: value };
  const inner = values[name];
  const message = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as MessageValues) : {};
  return { ...values, [name]: withValue(message, rest.join("."), value) };
}
