import { ServiceError, type ErrorCode } from "../domain/error.ts";
import type { Layer } from "./call.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Lane } from "./budget/lane.ts";

/** Result of one attempt. */
export interface CallObservation {
  readonly lane: Lane;
  /** Undefined if no response arrived, or if none was requested because no permit was granted. */
  readonly status: number | undefined;
  /** Undefined for success. */
  readonly code: ErrorCode | undefined;
  /** Duration without the wait for the permit. */
  readonly durationMs: number;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  readonly waitedMs: number;
}

/** Calls `onCall` for every attempt. */
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
