import type { DescField, DescMessage } from "@bufbuild/protobuf";

/**
 * A value as it was on the wire: 64-bit integers as bigint, enums as their number, bytes as a part of the message's own
 * bytes. Lists and maps are never absent.
 */
export type ProtoValue =
  | bigint
  | number
  | string
  | boolean
  | Uint8Array
  | ProtoMessage
  | readonly ProtoValue[]
  | ReadonlyMap<MapKey, ProtoValue>;

export type MapKey = bigint | number | string | boolean;

/** A field that the contract does not have: the upstream's contract is newer. */
export interface UnknownField {
  readonly number: number;
  /** Source: Protocol Buffers, "Encoding", "Message Structure". */
  readonly wireType: number;
  /** The encoded value without its tag. */
  readonly data: Uint8Array;
}

const NO_FIELDS: readonly UnknownField[] = [];

/** A decoded message with the bytes that it was decoded from. */
export class ProtoMessage {
  readonly type: MessageType;
  /** By the field's index; undefined: absent. */
  readonly values: (ProtoValue | undefined)[];
  #unknownFields: UnknownField[] | undefined; // few messages have any, and thousands are made in a second
  #buffer: Uint8Array;
  #start: number;
  #end: number;

  constructor(type: MessageType, buffer: Uint8Array, start: number, end: number) {
    this.type = type;
    this.values = type.noValues.slice(); // several times as fast as an array of a length
    this.#buffer = buffer;
    this.#start = start;
    this.#end = end;
  }

  /** Fields that the contract does not have, in the order of the bytes. */
  get unknownFields(): readonly UnknownField[] {
    return this.#unknownFields ?? NO_FIELDS;
  }

  addUnknownField(field: UnknownField): void {
    (this.#unknownFields ??= []).push(field);
  }

  /** The encoded message, as the upstream sent it. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /**
   * Returns the field's value; undefined if it is absent and its absence differs from its zero value, as that of
   * messages, of `optional` fields and of the members of a oneof.
   */
  get(field: Field): ProtoValue | undefined {
    return this.values[field.index] ?? field.zero;
  }

  /** Returns true if the field was on the wire. A field without presence may be left out when it is zero. */
  has(field: Field): boolean {
    return this.values[field.index] !== undefined;
  }

  /**
   * Adds the bytes of another encoding of the same field: together they are the encoding of the merged message. Source:
   * Protocol Buffers, "Encoding", "Last One Wins".
   */
  addBytes(buffer: Uint8Array, start: number, end: number): void {
    this.#buffer = Buffer.concat([this.bytes, buffer.subarray(start, end)]);
    this.#start = 0;
    this.#end = this.#buffer.length;
  }
}

/** A field of a message type. */
export interface Field {
  /** As in the .proto file. */
  readonly name: string;
  readonly number: number;
  /** Position in `MessageType.fields`. */
  readonly index: number;
  readonly desc: DescField;
  /** Type of its messages; undefined for other values. */
  readonly message: MessageType | undefined;
  /** Value that its absence means; undefined: absence is a state of its own. */
  readonly zero: ProtoValue | undefined;
}

/** Values of a request by the names of the .proto file: the JSON mapping, with bigint for 64-bit integers. */
export type MessageValues = { readonly [name: string]: RequestValue };
export type RequestValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | readonly RequestValue[]
  | { readonly [name: string]: RequestValue };

export interface DecodeOptions {
  /** Deepest nesting of messages. Default: 100. */
  readonly maxDepth?: number;
  /** Largest number of list elements, map entries and unknown fields in all. Default: 100,000. */
  readonly maxElements?: number;
  /**
   * Lists of messages whose elements are returned as bytes, each to be decoded by itself: one that is malformed then
   * does not make the others unreadable.
   */
  readonly keepEncoded?: readonly Field[];
}

/** A message type of a contract: reads and writes its messages without generated code. */
export interface MessageType {
  readonly name: string;
  readonly desc: DescMessage;
  /** In the order of the .proto file. */
  readonly fields: readonly Field[];
  /** Values of a message in which every field is absent. */
  readonly noValues: readonly undefined[];
  /** @throws ServiceError INVALID_INPUT if it has no such field, with the most similar one */
  field(name: string): Field;
  /**
   * Decodes a message.
   * @throws ServiceError UPSTREAM_MALFORMED with the path of the field that cannot be read
   */
  decode(bytes: Uint8Array, options?: DecodeOptions): ProtoMessage;
  /** Encodes a request. @throws ServiceError INVALID_INPUT for values that the type does not have */
  encode(values: MessageValues): Uint8Array;
}
