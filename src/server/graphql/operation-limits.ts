import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { createTokenBucket, type TokenBucket } from "../../runtime/token-bucket.ts";

/** Limits of each caller, in this process. Undefined: no limit. */
export interface OperationLimitSettings {
  /** Operations that a caller may start per second; so many may be started at once. */
  readonly perSecond: number | undefined;
  /** Queries and mutations that a caller may run at a time. */
  readonly concurrent: number | undefined;
}

/** Limits the operations of each caller, whatever the transport. */
export interface OperationLimits {
  /**
   * Begins an operation; returns the function that ends it, which may be called more than once.
   * @throws ServiceError RATE_LIMITED
   */
  begin(principal: Principal): () => void;
}

interface Caller {
  running: number;
  readonly started: TokenBucket | undefined;
}

/** Number of callers from which those that are idle are forgotten: the same caller begins again with full rights. */
const MANY_CALLERS = 10_000;
const RETRY_AFTER_MS = 1_000;

/** @param nowMs milliseconds of a clock that is never set */
export function createOperationLimits(settings: OperationLimitSettings, nowMs: () => number): OperationLimits {
  const { perSecond, concurrent = Infinity } = settings;
  const callers = new Map<string, Caller>();

  function callerOf({ tenantId, subject }: Principal): Caller {
    const key = JSON.stringify([tenantId, subject]);
    const known = callers.get(key);
    if (known !== undefined) return known;
    if (callers.size >= MANY_CALLERS) forgetIdle(callers);
    const started =
      perSecond === undefined
        ? undefined
        : createTokenBucket({ capacity: perSecond, refillMs: 1_000 / perSecond, nowMs });
    const caller = { running: 0, started };
    callers.set(key, caller);
    return caller;
  }

  return {
    begin(principal) {
      const caller = callerOf(principal);
      if (caller.running >= concurrent)
        throw limited(`a caller may run ${concurrent} operations at a time`, RETRY_AFTER_MS);
      if (caller.started?.take() === false)
        throw limited(`a caller may start ${perSecond} operations per second`, caller.started.waitMs());
      let isRunning = true;
      caller.running += 1;
      return () => {
        if (isRunning) caller.running -= 1;
        isRunning = false;
      };
    },
  };
}

function forgetIdle(callers: Map<string, Caller>): void {
  for (const [key, { running, started }] of callers)
    if (running === 0 && started?.isFull() !== false) callers.delete(key);
}

function limited(sentence: string, retryAfterMs: number): ServiceError {
  return new ServiceError("RATE_LIMITED", sentence, { retryAfterMs });
}
