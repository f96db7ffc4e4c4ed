import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { scalarZeroValue } from "@bufbuild/protobuf/reflect";
import { type BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { DecodeProblem } from "./decode-problem.ts";
import type { ProtoValue } from "./message.ts";

/** How a value that is no message is encoded. */
export interface Scalar {
  readonly wireType: WireType;
  readonly read: (reader: BinaryReader) => ProtoValue;
  readonly zero: ProtoValue;
}

const INT32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const UINT32 = { min: 0n, max: 2n ** 32n - 1n };

/**
 * Reads an integer of 32 bits, which is encoded as one of 64. A larger one is refused: to cut it off, as the
 * specification permits, would turn an amount into another one.
 */
function varint32(reader: BinaryReader, { min, max }: typeof INT32): number {
  const value = BigInt(reader.int64());
  if (value < min || value > max) throw new DecodeProblem("does not fit into 32 bits");
  return Number(value);
}

function zigzag32(encoded: number): number {
  return (encoded >>> 1) ^ -(encoded & 1);
}

type Read = (reader: BinaryReader) => ProtoValue;
const { Varint, Bit32, Bit64, LengthDelimited } = WireType;

/** 64-bit integers are bigint: `BinaryReader` returns texts only where there is no bigint. */
const SCALARS: Readonly<Record<ScalarType, readonly [WireType, Read]>> = {
  [ScalarType.DOUBLE]: [Bit64, (reader) => reader.double()],
  [ScalarType.FLOAT]: [Bit32, (reader) => reader.float()],
  [ScalarType.INT64]: [Varint, (reader) => reader.int64()],
  [ScalarType.UINT64]: [Varint, (reader) => reader.uint64()],
  [ScalarType.INT32]: [Varint, (reader) => varint32(reader, INT32)],
  [ScalarType.FIXED64]: [Bit64, (reader) => reader.fixed64()],
  [ScalarType.FIXED32]: [Bit32, (reader) => reader.fixed32()],
  [ScalarType.BOOL]: [Varint, (reader) => reader.uint64() !== 0n],
  [ScalarType.STRING]: [LengthDelimited, (reader) => reader.string(true)],
  [ScalarType.BYTES]: [LengthDelimited, (reader) => reader.bytes()],
  [ScalarType.UINT32]: [Varint, (reader) => varint32(reader, UINT32)],
  [ScalarType.SFIXED32]: [Bit32, (reader) => reader.sfixed32()],
  [ScalarType.SFIXED64]: [Bit64, (reader) => reader.sfixed64()],
  [ScalarType.SINT32]: [Varint, (reader) => zigzag32(varint32(reader, UINT32))],
  [ScalarType.SINT64]: [Varint, (reader) => reader.sint64()],
};

/** Returns the encoding of a field's value, or of its elements; enums are integers. */
export function scalarOf({
  scalar = ScalarType.INT32,
  utf8Validation,
}: Pick<DescField, "scalar" | "utf8Validation">): Scalar {
  const [wireType, read] = SCALARS[scalar];
  return {
    wireType,
    // the files of proto2 do not promise that their texts are UTF-8
    read: scalar === ScalarType.STRING && !utf8Validation ? (reader) => reader.string(false) : read,
    zero: scalarZeroValue(scalar, false) as ProtoValue, // longs as bigint
  };
}
