import { ServiceError, type ErrorCode } from "../domain/error.ts";
import type { Layer } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Lane } from "./lane.ts";

/** How one try went. */
export interface CallObservation {
  readonly lane: Lane;
  /** Undefined when no answer came, or none was asked for because no permit came. */
  readonly status: number | undefined;
  /** Undefined for success. */
  readonly code: ErrorCode | undefined;
  /** Without the wait for the permit. */
  readonly durationMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly waitedMs: number;
}

/** Tells `onCall` about every try. */
export function observe(clock: Clock, onCall: (observation: CallObservation) => void): Layer {
  return (next) => async (call) => {
    const { trace } = call;
    const startedMs = clock.monotonicMs();
    const report = (code: ErrorCode | undefined): void =>
      onCall({
        lane: call.lane,
        status: trace.status,
        code,
        durationMs: clock.monotonicMs() - startedMs - trace.waitedMs,
        attempt: call.attempt,
        waitedMs: trace.waitedMs,
      });
    try {
      const response = await next(call);
      report(undefined);
      return response;
    } catch (reason) {
      report(ServiceError.from(reason).code);
      throw reason;
    }
  };
}
