import { type DescMessage, fromJson, type JsonValue, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type Kind, KINDS, type Stored } from "../world/objects.ts";
import { timeOf } from "../world/times.ts";
import { messageNamed } from "./contract.ts";

const MESSAGES = new Map(KINDS.map((kind) => [kind, messageNamed(kind)]));

/** Bytes of each state of an object: they are requested often, and never change. */
const encoded = new WeakMap<Stored, Uint8Array>();

/** The bytes of an object's message; those of a test unchanged. */
export function bytesOf(stored: Stored): Uint8Array {
  const known = encoded.get(stored);
  if (known !== undefined) return known;
  const { kind, wire, value, sequence, updatedAtMs } = stored;
  const bytes =
    wire === undefined
      ? encodeObject(kind, { ...value, sequence, updatedAt: timeOf(updatedAtMs) })
      : Buffer.from(wire, "base64");
  encoded.set(stored, bytes);
  return bytes;
}

/** Encodes an object in the notation of Protobuf's JSON mapping. Throws when it does not match the contract. */
export function encodeObject(kind: Kind, fields: object): Uint8Array {
  const message = MESSAGES.get(kind);
  if (message === undefined) throw new RangeError(`there is no kind ${kind}`);
  return encodeMessage(message, fields);
}

/** Encodes a message; a bigint may stand for a 64-bit integer. */
export function encodeMessage(message: DescMessage, fields: object): Uint8Array {
  return toBinary(message, fromJson(message, jsonOf(fields)));
}

/** A 64-bit integer is text in JSON. */
function jsonOf(value: object): JsonValue {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
  return JSON.parse(text) as JsonValue; // JSON by construction
}

/** Returns the length-delimited fields of a message: a field number and the bytes of its value each. */
export function fieldsOf(fields: readonly (readonly [field: number, bytes: Uint8Array])[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, bytes] of fields) writer.tag(field, WireType.LengthDelimited).bytes(bytes);
  return writer.finish();
}
