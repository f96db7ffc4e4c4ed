import { z } from "zod";
import { fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import {
  boolReader,
  enumReader,
  type FieldReader,
  integerReader,
  oneofReader,
  textReader,
} from "../../../protocols/protobuf/field-readers.ts";
import type { MessageType, ProtoMessage } from "../../../protocols/protobuf/message.ts";
import type { FieldKind } from "./field-kind.ts";
import { ItemFault, type Read } from "./item.ts";

export const path = z.string().min(1).max(500);

/** How the texts of a field become ours. */
const translation = {
  path,
  /** Removed from the beginning of each text: `CURRENCY_` of an enum. */
  prefix: z.string().min(1).max(100).optional(),
  map: z.record(z.string(), z.string().min(1)).optional(),
};

/** A path, one with a translation of its texts, a value that is the same for all items, or the one that the list was called with. */
export const textSetting = z.union(
  [
    path,
    z.strictObject({ value: z.string().min(1) }),
    z.strictObject({ each: z.literal(true) }),
    z.strictObject(translation),
  ],
  {
    error: "must be a path, {path, prefix, map}, {value: TEXT}, or {each: true}",
  },
);
export type TextSetting = z.infer<typeof textSetting>;

/** Text, the digits of an integer, true or false, or the name of an enum's value (the digits of one without a name). */
export const text: FieldKind<TextSetting, string | undefined> = {
  schema: textSetting,
  compile: (setting, place, { type }) => place.attempt(() => textOf(type, setting)),
};

/** Reads the text of a setting. @throws ServiceError INVALID_INPUT */
export function textOf(type: MessageType, setting: TextSetting): Read<string | undefined> {
  if (typeof setting === "string") return scalarText(type, setting);
  if ("value" in setting) return () => setting.value;
  if ("each" in setting) return ({ each }) => each;
  const { prefix = "", map = {} } = setting;
  const read = scalarText(type, setting.path);
  const translated = new Map(Object.entries(map));
  return (item) => {
    const value = withoutPrefix(read(item), prefix);
    return value === undefined ? undefined : (translated.get(value) ?? value);
  };
}

/** Returns a text without a prefix that it may have. */
export function withoutPrefix<Text extends string | undefined>(value: Text, prefix: string): Text | string {
  return value?.startsWith(prefix) === true ? value.slice(prefix.length) : value;
}

/** Reads a scalar as text. Empty text is absent: Protobuf does not distinguish the two. @throws ServiceError */
export function scalarText(type: MessageType, textPath: string): Read<string | undefined> {
  const read = readerOf(type, textPath);
  return ({ message }) => {
    try {
      return read(message) || undefined; // "" is absent
    } catch (reason) {
      throw ItemFault.of(reason, textPath);
    }
  };
}

function readerOf(type: MessageType, textPath: string): (message: ProtoMessage) => string | undefined {
  const oneof = oneofAt(type, textPath);
  if (oneof !== undefined) return (message) => oneof.read(message);
  const { field } = fieldPath(type, textPath);
  const { desc } = field;
  if (desc.fieldKind === "enum") {
    const reader = enumReader(type, textPath);
    return (message) => {
      const value = reader.read(message);
      return value && (value.name ?? String(value.number));
    };
  }
  const scalar = desc.fieldKind === "message" ? field.message?.fields[0]?.desc.scalar : desc.scalar;
  if (isFloat(scalar)) throw pathError(textPath, "must be text, an integer or an enum, and is a floating-point number");
  if (scalar === TEXT) {
    const reader = textReader(type, textPath);
    return (message) => reader.read(message);
  }
  const reader = scalar === BOOL ? boolReader(type, textPath) : integerReader(type, textPath);
  return (message) => reader.read(message)?.toString();
}

/** Returns the reader of a oneof; undefined if the path is none, or names something else. */
function oneofAt(type: MessageType, textPath: string): FieldReader<string> | undefined {
  try {
    return oneofReader(type, textPath);
  } catch {
    return undefined; // what is wrong with the path is reported where it is read as a field
  }
}

/** `FieldDescriptorProto.Type`: TYPE_STRING and TYPE_BOOL. */
const [TEXT, BOOL] = [9, 8];

/** TYPE_DOUBLE and TYPE_FLOAT. */
export function isFloat(scalar: number | undefined): boolean {
  return scalar === 1 || scalar === 2;
}
