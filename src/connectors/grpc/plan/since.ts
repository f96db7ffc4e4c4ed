import type { Method } from "../../../protocols/protobuf/contract.ts";
import { fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import type { MessageValues, RequestValue } from "../../../protocols/protobuf/message.ts";
import type { Place } from "../fields/place.ts";
import type { StreamCalls, TIME_UNITS } from "./stream-settings.ts";
import { withValue } from "./token.ts";

type Unit = (typeof TIME_UNITS)[number];

/** Adds to the values of a request that only changes since a time are requested. */
export type AddSince = (values: MessageValues, since: string) => MessageValues;

/** Checks the setting `since`: the method's field must accept a time in its unit. */
export function compileSince(method: Method, since: StreamCalls["since"], place: Place): AddSince {
  if (since === undefined) return (values) => values;
  const { request: path, as, overlapSeconds } = since;
  place.attempt(() => {
    fieldPath(method.input, path);
    try {
      method.input.encode(withValue({}, path, valueOf(new Date(0), as)));
    } catch {
      throw pathError(path, `must be a field that accepts ${as}`);
    }
  });
  // the same instant may have further changes, and clocks of an upstream's servers differ
  return (values, time) => withValue(values, path, valueOf(new Date(Date.parse(time) - overlapSeconds * 1_000), as));
}

function valueOf(time: Date, as: Unit): RequestValue {
  if (as === "timestamp" || as === "rfc3339") return time;
  const ms = BigInt(time.getTime());
  if (as === "epochSeconds") return ms / 1_000n;
  return ms * { epochMillis: 1n, epochMicros: 1_000n, epochNanos: 1_000_000n }[as];
}
