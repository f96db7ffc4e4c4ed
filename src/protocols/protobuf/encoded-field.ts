import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ServiceError } from "../../domain/error.ts";
import { type FieldPath } from "./field-path.ts";
import type { Field } from "./message.ts";
import { scalarOf } from "./scalar.ts";

/**
 * Returns the encoded value of a field without decoding its message, so that a part that is malformed does not make the
 * others unreadable. A message that is encoded in several parts is put together. Undefined: it is absent.
 * @throws ServiceError UPSTREAM_GARBLED for bytes that are no message, or a field of another type
 */
export function encodedField(path: FieldPath, bytes: Uint8Array): Uint8Array | undefined {
  try {
    return [...path.parents, path.field].reduce<Uint8Array | undefined>(
      (message, field) => (message === undefined ? undefined : partOf(message, field)),
      bytes,
    );
  } catch (reason) {
    throw new ServiceError("UPSTREAM_GARBLED", "a message of the upstream cannot be decoded", {
      detail: `a message of the upstream cannot be decoded up to ${JSON.stringify(path.text)}`,
      cause: reason,
    });
  }
}

function partOf(message: Uint8Array, field: Field): Uint8Array | undefined {
  const expected = field.message === undefined ? scalarOf(field.desc).wireType : WireType.LengthDelimited;
  const reader = new BinaryReader(message);
  let found: Uint8Array | undefined;
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const start = reader.pos;
    reader.skip(wireType, number);
    if (reader.pos > reader.len) throw new RangeError("a field is longer than its message");
    if (number !== field.number) continue;
    if (wireType !== expected) throw new RangeError("a field has another type");
    const value = message.subarray(start, reader.pos);
    const isFirst = found === undefined || field.message === undefined; // the last one counts, unless it is a message
    const content = field.message === undefined ? value : new BinaryReader(value).bytes();
    found = isFirst ? content : Buffer.concat([found ?? content, content]);
  }
  return found;
}
