import { fieldPath } from "../../../protocols/protobuf/field-path.ts";
import { integerReader, textReader, timeReader } from "../../../protocols/protobuf/field-readers.ts";
import type { MessageType, ProtoMessage } from "../../../protocols/protobuf/message.ts";
import type { FieldKind } from "./field-kind.ts";
import { ItemFault } from "./item.ts";
import { path } from "./text.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar date: text such as `2026-12-01`, a `google.type.Date`, or the date of a `google.protobuf.Timestamp` in UTC. */
export const day: FieldKind<string, string | undefined> = {
  schema: path,
  compile(setting, place, { type }) {
    const read = place.attempt(() => readerOf(type, setting));
    return (
      read &&
      (({ message }) => {
        try {
          return checked(setting, read(message));
        } catch (reason) {
          throw ItemFault.of(reason, setting);
        }
      })
    );
  },
};

function readerOf(type: MessageType, setting: string): (message: ProtoMessage) => string | undefined {
  const name = fieldPath(type, setting).field.message?.name;
  if (name === "google.type.Date") return dateReader(type, setting);
  if (name === "google.protobuf.Timestamp") {
    const time = timeReader(type, setting);
    return (message) => time.read(message)?.slice(0, "2026-12-01".length);
  }
  const text = textReader(type, setting);
  return (message) => text.read(message);
}

/** Source: google/type/date.proto. A date without a year, month or day is none of ours. */
function dateReader(type: MessageType, setting: string): (message: ProtoMessage) => string | undefined {
  const parts = ["year", "month", "day"].map((name) => integerReader(type, `${setting}.${name}`));
  return (message) => {
    const [year = 0n, month = 0n, dayOfMonth = 0n] = parts.map((part) => part.read(message));
    if (year === 0n && month === 0n && dayOfMonth === 0n) return undefined;
    const two = (part: bigint): string => part.toString().padStart(2, "0");
    return `${year.toString().padStart(4, "0")}-${two(month)}-${two(dayOfMonth)}`;
  };
}

function checked(setting: string, value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  const time = new Date(`${value}T00:00:00Z`);
  if (DAY.test(value) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value)) return value;
  throw new ItemFault(setting, "must be a date such as 2026-12-01");
}
