import { type DestinationStream, type Logger, pino } from "pino";
import { type ErrorCode, ServiceError } from "./domain/error.ts";
import { currentTraceId, isTracing } from "./runtime/tracing.ts";

export interface LogOptions {
  readonly level: string;
  /** Aborted when the process receives a stop signal. */
  readonly stopping: AbortSignal;
  /** Receives each line, a JSON object. Default: standard error. */
  readonly destination?: DestinationStream;
}

/** Errors that somebody has caused on purpose, or by a setting: where the program noticed it does not matter. */
const WITHOUT_STACK: ReadonlySet<ErrorCode> = new Set(["CANCELED", "UPSTREAM_UNAUTHORIZED"]);

/**
 * Creates a logger that writes JSON lines. Errors include their stack, except refused credentials and errors
 * caused by a requested stop: canceled work and, once the process is stopping, any other work that the stop interrupts.
 */
export function createLog({ level, stopping, destination = pino.destination(2) }: LogOptions): Logger {
  return pino(
    {
      level,
      ...(isTracing && { mixin: () => ({ traceId: currentTraceId() }) }),
      redact: ["config", "*.config", "*.headers.authorization"],
      serializers: {
        err(reason: Error) {
          const isExplained = reason instanceof ServiceError && WITHOUT_STACK.has(reason.code);
          const serialized = pino.stdSerializers.err(reason);
          if (!isExplained && !stopping.aborted) return serialized;
          return { type: serialized.type, message: serialized.message, code: serialized["code"] };
        },
      },
    },
    inertLines(destination),
  );
}

/** Characters that JSON does not escape, and that a terminal or an editor obeys: see src/domain/inert-text.ts. */
const ACTIVE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Returns a destination that writes such characters, which can only stand in JSON strings, as JSON's escapes. */
export function inertLines(destination: DestinationStream): DestinationStream {
  return {
    write: (line) =>
      destination.write(line.replace(ACTIVE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`)),
  };
}
