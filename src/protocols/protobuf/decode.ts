import type { DescField } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ServiceError } from "../../domain/error.ts";
import {
  type DecodeOptions,
  type Field,
  type MapKey,
  type MessageType,
  ProtoMessage,
  type ProtoValue,
} from "./message.ts";
import { DecodeProblem, problemOf } from "./decode-problem.ts";
import { type Scalar, scalarOf } from "./scalar.ts";

/*
 * Our own decoder on the library's reader of primitive values. The library's decoder reads a field of another wire type
 * as if it were the declared one, and a length that exceeds its message up to the end of the bytes: an amount would be
 * wrong and nobody would notice. This one also counts elements, and keeps the bytes of each message.
 */

interface Context {
  readonly reader: BinaryReader;
  readonly buffer: Uint8Array;
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly keepEncoded: ReadonlySet<DescField>;
  depth: number;
  elements: number;
}

/** Reads one field of a message whose bytes end at `end`. */
type ReadField = (message: ProtoMessage, context: Context, wireType: WireType, end: number) => void;

const MAX_DEPTH = 100;
const MAX_ELEMENTS = 100_000;
/** Longest encoding of a 64-bit integer. */
const MAX_VARINT_BYTES = 10;

/** @throws ServiceError UPSTREAM_MALFORMED with the path of the field that cannot be read */
export function decodeMessage(type: MessageType, bytes: Uint8Array, options: DecodeOptions): ProtoMessage {
  const context: Context = {
    reader: new BinaryReader(bytes),
    buffer: bytes,
    maxDepth: options.maxDepth ?? MAX_DEPTH,
    maxElements: options.maxElements ?? MAX_ELEMENTS,
    keepEncoded: new Set(options.keepEncoded?.map(({ desc }) => desc)),
    depth: 0,
    elements: 0,
  };
  const message = new ProtoMessage(type, bytes, 0, bytes.length);
  try {
    readInto(message, context, bytes.length);
    return message;
  } catch (reason) {
    const { path, problem } = problemOf(reason);
    const text = path === "" ? problem : `${path} ${problem}`;
    throw new ServiceError("UPSTREAM_MALFORMED", `${type.name}: ${text}`, { cause: reason });
  }
}

function readInto(message: ProtoMessage, context: Context, end: number): void {
  const { reader } = context;
  const readers = readersOf(message.type);
  if (++context.depth > context.maxDepth) throw new DecodeProblem(`is nested deeper than ${context.maxDepth} messages`);
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const read = readers.get(number);
    if (read === undefined) keepUnknown(message, context, number, wireType);
    else read(message, context, wireType, end);
    if (reader.pos > end) throw new DecodeProblem("has a field that is longer than the message");
  }
  context.depth--;
}

function keepUnknown(message: ProtoMessage, context: Context, number: number, wireType: WireType): void {
  count(context);
  const data = context.reader.skip(wireType, number, context.maxDepth - context.depth);
  if (wireType === WireType.Varint && data.length > MAX_VARINT_BYTES) {
    throw new DecodeProblem(`has a varint that does not end, in the unknown field ${number}`);
  }
  message.addUnknownField({ number, wireType, data });
}

function count(context: Context): void {
  context.elements += 1;
  if (context.elements > context.maxElements) {
    throw new DecodeProblem(`has more than ${context.maxElements} list elements, map entries and unknown fields`);
  }
}

/** Compiled when a type is first read. */
const compiled = new WeakMap<MessageType, ReadonlyMap<number, ReadField>>();

function readersOf(type: MessageType): ReadonlyMap<number, ReadField> {
  const existing = compiled.get(type);
  if (existing !== undefined) return existing;
  const readers = new Map(type.fields.map((field) => [field.number, named(field, readerOf(type, field))] as const));
  compiled.set(type, readers);
  return readers;
}

/** Adds the field to the path of a problem. */
function named(field: Field, read: ReadField): ReadField {
  return (message, context, wireType, end) => {
    try {
      read(message, context, wireType, end);
    } catch (reason) {
      const list = message.values[field.index];
      throw DecodeProblem.in(Array.isArray(list) ? `${field.name}[${list.length}]` : field.name, reason);
    }
  };
}

function readerOf(type: MessageType, field: Field): ReadField {
  const { desc } = field;
  if (desc.fieldKind === "list") return desc.listKind === "message" ? messageList(field) : scalarList(field);
  if (desc.fieldKind === "map") return mapReader(field);
  const others = desc.oneof?.fields.filter((other) => other !== desc).map((other) => type.desc.fields.indexOf(other));
  const read = desc.fieldKind === "message" ? singleMessage(field) : singleScalar(field);
  if (others === undefined || others.length === 0) return read;
  return (message, context, wireType, end) => {
    for (const index of others) message.values[index] = undefined;
    read(message, context, wireType, end);
  };
}

function singleScalar(field: Field): ReadField {
  const scalar = scalarOf(field.desc);
  return (message, { reader }, wireType) => {
    requireWireType(scalar.wireType, wireType);
    message.values[field.index] = scalar.read(reader);
  };
}

/** Reads a message, or merges it into the one that the same field had before. */
function singleMessage(field: Field): ReadField {
  const type = requireMessage(field);
  return (message, context, wireType, outerEnd) => {
    requireWireType(WireType.LengthDelimited, wireType);
    const end = lengthEnd(context, outerEnd);
    const existing = message.values[field.index];
    if (existing instanceof ProtoMessage) {
      existing.addBytes(context.buffer, context.reader.pos, end);
      return readInto(existing, context, end);
    }
    message.values[field.index] = readNew(type, context, end);
  };
}

function messageList(field: Field): ReadField {
  const type = requireMessage(field);
  return (message, context, wireType, outerEnd) => {
    const list = listOf(message, field);
    requireWireType(WireType.LengthDelimited, wireType);
    count(context);
    const end = lengthEnd(context, outerEnd);
    if (!context.keepEncoded.has(field.desc)) {
      list.push(readNew(type, context, end));
      return;
    }
    list.push(context.buffer.subarray(context.reader.pos, end));
    context.reader.pos = end;
  };
}

/** Numbers may be packed or not, whatever the contract says. */
function scalarList(field: Field): ReadField {
  const scalar = scalarOf(field.desc);
  return (message, context, wireType, outerEnd) => {
    const list = listOf(message, field);
    const { reader } = context;
    if (wireType !== WireType.LengthDelimited || scalar.wireType === WireType.LengthDelimited) {
      requireWireType(scalar.wireType, wireType);
      count(context);
      list.push(scalar.read(reader));
      return;
    }
    const end = lengthEnd(context, outerEnd);
    while (reader.pos < end) {
      count(context);
      list.push(scalar.read(reader));
    }
    if (reader.pos > end) throw new DecodeProblem("has an element that is longer than the list");
  };
}

function listOf(message: ProtoMessage, field: Field): ProtoValue[] {
  const existing = message.values[field.index];
  if (Array.isArray(existing)) return existing;
  const list: ProtoValue[] = [];
  message.values[field.index] = list;
  return list;
}

function mapReader(field: Field): ReadField {
  const { desc } = field;
  if (desc.fieldKind !== "map") throw new TypeError(`${field.name} is no map`);
  const key = scalarOf({ scalar: desc.mapKey, utf8Validation: true });
  const type = field.message;
  const value = type === undefined ? scalarOf(desc) : undefined;
  return (message, context, wireType, outerEnd) => {
    const existing = message.values[field.index];
    const map = existing instanceof Map ? (existing as Map<MapKey, ProtoValue>) : new Map<MapKey, ProtoValue>();
    message.values[field.index] = map;
    requireWireType(WireType.LengthDelimited, wireType);
    count(context);
    const end = lengthEnd(context, outerEnd);
    const entry = readEntry(context, end, { key, value, type });
    map.set(entry.key, entry.value);
  };
}

interface EntryType {
  readonly key: Scalar;
  readonly value: Scalar | undefined;
  readonly type: MessageType | undefined;
}

/** A key or value that is left out is zero. */
function readEntry(context: Context, end: number, entry: EntryType): { key: MapKey; value: ProtoValue } {
  const { reader, buffer } = context;
  let key = entry.key.zero as MapKey; // the compiler of contracts allows only such keys
  let value: ProtoValue | undefined;
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    if (number === 1) {
      requireWireType(entry.key.wireType, wireType);
      key = entry.key.read(reader) as MapKey;
    } else if (number === 2) {
      requireWireType(entry.value?.wireType ?? WireType.LengthDelimited, wireType);
      value =
        entry.type === undefined ? entry.value?.read(reader) : readNew(entry.type, context, lengthEnd(context, end));
    } else reader.skip(wireType, number, context.maxDepth - context.depth);
    if (reader.pos > end) throw new DecodeProblem("has a field that is longer than the map entry");
  }
  const empty = (): ProtoValue =>
    entry.type === undefined ? (entry.value?.zero ?? 0) : new ProtoMessage(entry.type, buffer, end, end);
  return { key, value: value ?? empty() };
}

function readNew(type: MessageType, context: Context, end: number): ProtoMessage {
  const message = new ProtoMessage(type, context.buffer, context.reader.pos, end);
  readInto(message, context, end);
  return message;
}

/** Reads a length, and returns the position at which what it describes ends. */
function lengthEnd({ reader }: Context, outerEnd: number): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > outerEnd) throw new DecodeProblem("is longer than the message that it is in");
  return end;
}

function requireMessage(field: Field): MessageType {
  if (field.message === undefined) throw new TypeError(`${field.name} is no message`);
  return field.message;
}

const WIRE_TYPES: readonly string[] = ["varint", "64-bit", "length-delimited", "group start", "group end", "32-bit"];

function requireWireType(expected: WireType, received: WireType): void {
  if (expected === received) return;
  throw new DecodeProblem(`must be encoded as ${WIRE_TYPES[expected]}, got ${WIRE_TYPES[received]}`);
}
