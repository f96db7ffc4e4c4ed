import { z } from "zod";
import type { DateTime } from "../../../domain/values.ts";
import { integerReader, textReader, timeReader } from "../../../protocols/protobuf/field-readers.ts";
import type { MessageType, ProtoMessage } from "../../../protocols/protobuf/message.ts";
import type { FieldKind } from "./field-kind.ts";
import { ItemFault } from "./item.ts";
import { settingsObject } from "./settings-object.ts";
import { path } from "./text.ts";

/** Ticks of an integer in one millisecond, by unit. */
const PER_MS = { epochMillis: 1n, epochMicros: 1_000n, epochNanos: 1_000_000n } as const;
const KINDS = ["timestamp", "rfc3339", "epochSeconds", "epochMillis", "epochMicros", "epochNanos"] as const;

const timeSetting = settingsObject({ path, as: z.enum(KINDS, { error: `must be given: ${KINDS.join(", ")}` }) });
type TimeSetting = z.infer<typeof timeSetting>;

/** Years 1 to 9999, in milliseconds: a time in the wrong unit is outside of it, or in 1970. */
const MIN_MS = -62_135_596_800_000n;
const MAX_MS = 253_402_300_799_999n;

/** A time, cut to milliseconds. An integer 0 is absent: Protobuf does not distinguish the two. */
export const time: FieldKind<TimeSetting, DateTime | undefined> = {
  schema: timeSetting,
  compile(setting, place, { type }) {
    return place.in("path").attempt(() => {
      const read = readerOf(type, setting);
      return ({ message }) => {
        try {
          return read(message);
        } catch (reason) {
          throw ItemFault.of(reason, setting.path);
        }
      };
    });
  },
};

function readerOf(
  type: MessageType,
  { path: timePath, as }: TimeSetting,
): (message: ProtoMessage) => DateTime | undefined {
  if (as === "timestamp") {
    const timestamp = timeReader(type, timePath);
    return (message) => timestamp.read(message);
  }
  if (as === "rfc3339") {
    const text = textReader(type, timePath);
    return (message) => timeOfText(text.read(message), timePath)?.toISOString();
  }
  const integer = integerReader(type, timePath);
  return (message) => {
    const value = integer.read(message);
    if (value === undefined || value === 0n) return undefined;
    const ms = as === "epochSeconds" ? value * 1_000n : floorDivide(value, PER_MS[as]);
    if (ms >= MIN_MS && ms <= MAX_MS) return new Date(Number(ms)).toISOString();
    throw new ItemFault(timePath, `must be a time from the year 1 to 9999 in ${as}`);
  };
}

/** Rounds down, also before 1970. */
function floorDivide(value: bigint, by: bigint): bigint {
  return value >= 0n ? value / by : -((-value + by - 1n) / by);
}

const zoned = z.iso.datetime({ offset: true });

/** Returns the time of a text with a zone; undefined if it is empty. @throws ItemFault */
export function timeOfText(text: string | undefined, timePath: string): Date | undefined {
  if (text === undefined || text === "") return undefined;
  if (zoned.safeParse(text).success) return new Date(text);
  throw new ItemFault(timePath, "must be a time with a zone such as 2026-12-01T10:00:00Z");
}
