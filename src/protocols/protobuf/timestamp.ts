import { ServiceError } from "../../domain/error.ts";
import type { DateTime } from "../../domain/values.ts";
import type { ProtoMessage } from "./message.ts";

/** 0001-01-01 to 9999-12-31. Source: google/protobuf/timestamp.proto. */
const SECONDS = { min: -62_135_596_800n, max: 253_402_300_799n };
const MAX_NANOS = 999_999_999;

/** Returns the two fields of a `google.protobuf.Timestamp`, which are its first ones. */
export function secondsAndNanos({ values }: ProtoMessage): readonly [bigint, number] {
  return [(values[0] ?? 0n) as bigint, (values[1] ?? 0) as number]; // an int64 and an int32 without presence
}

/**
 * Returns the time of a `google.protobuf.Timestamp`, cut off to milliseconds.
 * @throws ServiceError UPSTREAM_MALFORMED for one that its definition does not allow
 */
export function timestampText(message: ProtoMessage): DateTime {
  const [seconds, nanos] = secondsAndNanos(message);
  if (seconds < SECONDS.min || seconds > SECONDS.max) {
    throw new ServiceError("UPSTREAM_MALFORMED", "must be a time from the year 1 to 9999");
  }
  if (nanos < 0 || nanos > MAX_NANOS) {
    throw new ServiceError("UPSTREAM_MALFORMED", `must have 0 to ${MAX_NANOS} nanoseconds`);
  }
  return new Date(Number(seconds) * 1_000 + Math.floor(nanos / 1_000_000)).toISOString();
}
