import { fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import { integerReader, textReader } from "../../../protocols/protobuf/field-readers.ts";
import { ProtoMessage } from "../../../protocols/protobuf/message.ts";
import { secondsAndNanos, timestampText } from "../../../protocols/protobuf/timestamp.ts";
import type { FieldKind } from "./field-kind.ts";
import { ItemFault } from "./item.ts";
import { path } from "./text.ts";
import { timeOfText } from "./time.ts";

/** What orders the states of an object: a number that grows with each change, or the time of the last change. */
export interface ItemVersion {
  /** A time is in microseconds since 1970. */
  readonly value: bigint;
  readonly unit: "number" | "microseconds";
}

const TIMESTAMP = "google.protobuf.Timestamp";

/** The version of an item: its kind follows from the type of the field. Text is a time with a zone. */
export const version: FieldKind<string, ItemVersion | undefined> = {
  schema: path,
  compile(setting, place, { type }) {
    return place.attempt(() => {
      const found = fieldPath(type, setting);
      if (found.field.desc.fieldKind === "message" && found.field.message?.name === TIMESTAMP) {
        return ({ message }) => {
          const value = found.read(message);
          return value instanceof ProtoMessage
            ? { value: microsecondsOf(value, setting), unit: "microseconds" }
            : undefined;
        };
      }
      if (isText(found.field.desc.scalar)) {
        const text = textReader(type, setting);
        return ({ message }) => {
          const written = text.read(message);
          const at = timeOfText(written, setting);
          return at && { value: BigInt(at.getTime()) * 1_000n + microsIn(written ?? ""), unit: "microseconds" };
        };
      }
      const reader = integerAt(type, setting);
      return ({ message }) => {
        const value = reader.read(message);
        return value === undefined || value === 0n ? undefined : { value, unit: "number" };
      };
    });
  },
};

/** Returns true if versions are numbers, in which the time of a response has no place. */
export function isNumber(setting: string, type: Parameters<typeof fieldPath>[0]): boolean {
  const { desc, message } = fieldPath(type, setting).field;
  return message?.name !== TIMESTAMP && !isText(desc.scalar);
}

/** Microseconds of a time that are no whole milliseconds. */
function microsIn(text: string): bigint {
  return BigInt((/\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? "").padEnd(3, "0"));
}

/** TYPE_STRING: a time with a zone. */
function isText(scalar: number | undefined): boolean {
  return scalar === 9;
}

function integerAt(...[type, setting]: Parameters<typeof integerReader>): ReturnType<typeof integerReader> {
  try {
    return integerReader(type, setting);
  } catch {
    throw pathError(setting, `must be an integer, a ${TIMESTAMP}, or text with a time`); // the field exists, so its type is wrong
  }
}

function microsecondsOf(message: ProtoMessage, setting: string): bigint {
  try {
    timestampText(message); // checks the range
  } catch (reason) {
    throw ItemFault.of(reason, setting);
  }
  const [seconds, nanos] = secondsAndNanos(message);
  return seconds * 1_000_000n + BigInt(Math.floor(nanos / 1_000));
}
