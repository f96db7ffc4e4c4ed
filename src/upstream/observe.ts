import { ServiceError, type ErrorCode } from "../domain/error.ts";
import { type SpanOptions, traced } from "../runtime/tracing.ts";
import type { Call, Layer } from "./call.ts";
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
  /** Headers of the response, lower-case names; of another protocol than HTTP its metadata. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Calls `onCall` for every attempt, which is a span too.
 * @param baseUrl of the upstream
 */
export function observe(clock: Clock, baseUrl: string, onCall: (observation: CallObservation) => void): Layer {
  return (next) => (call) =>
    traced(
      () => spanOf(call, baseUrl),
      async (span) => {
        const { trace } = call;
        const startedMs = clock.monotonicMs();
        const report = (code: ErrorCode | undefined): void => {
          const observation = {
            lane: call.lane,
            status: trace.status,
            code,
            durationMs: clock.monotonicMs() - startedMs - trace.waitedMs,
            attempt: call.attempt,
            waitedMs: trace.waitedMs,
            headers: trace.status === undefined ? trace.metadata : trace.headers,
          };
          span.set({ "sluice.upstream.wait_ms": trace.waitedMs, "http.response.status_code": trace.status });
          onCall(observation);
        };
        try {
          const response = await next(call);
          report(undefined);
          return response;
        } catch (reason) {
          report(ServiceError.from(reason).code);
          throw reason;
        }
      },
    );
}

/**
 * The path is left out, as it has ids of the upstream's customers. Source: OpenTelemetry, "HTTP client spans" and
 * "RPC client spans"
 */
function spanOf({ request: { target }, lane, attempt }: Call, baseUrl: string): SpanOptions {
  const { hostname, port } = new URL(baseUrl);
  const isHttp = "method" in target;
  return {
    name: isHttp ? target.method : target.name,
    kind: "CLIENT",
    attributes: {
      ...(isHttp ? { "http.request.method": target.method } : { "rpc.method": target.name }),
      "server.address": hostname,
      ...(port !== "" && { "server.port": Number(port) }),
      ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
      "sluice.upstream.lane": lane,
    },
  };
}
