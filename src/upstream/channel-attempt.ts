import type { CallLimits, ChannelCall } from "../connector-api/channel.ts";
import { ServiceError } from "../domain/error.ts";
import { canceled, type Clock } from "../runtime/clock.ts";
import type { Perform, RequestTraits } from "./call.ts";
import { isKeyForgotten, keyForgotten } from "./key-lifetime.ts";
import { leavesOpen, outcomeUnknown } from "./write-outcome.ts";

/** Returns the attempt that runs a call of another protocol than HTTP. What it throws is already a ServiceError. */
export function channelAttempt<Answer>(
  clock: Clock,
  traits: RequestTraits & { readonly name: string },
  run: (limits: CallLimits) => Promise<Answer>,
): Perform<Answer> {
  return async (call) => {
    const { signal, trace } = call;
    if (signal.aborted) throw canceled(); // before anything was sent, so that the outcome of a write is not unknown
    if (isKeyForgotten(traits, clock.epochMs())) throw keyForgotten(call.writeOutcome);
    trace.sentAtMs = clock.monotonicMs();
    try {
      return await run({
        signal,
        timeoutMs: Math.max(1, call.deadlineMs - trace.sentAtMs),
        onMetadata: (metadata) => void (trace.metadata = metadata),
      });
    } catch (reason) {
      const error = ServiceError.from(reason);
      trace.isAboutOneObject = error.call.isAboutOneObject === true;
      if (!leavesOpen(error)) throw error;
      if (call.writeOutcome !== undefined) call.writeOutcome.maybeApplied = true;
      throw traits.isRepeatable ? error : outcomeUnknown(traits.name, error);
    }
  };
}

/** Returns what the layers have to know of a call. */
export function channelTraits(
  call: Pick<ChannelCall<never, unknown>, "name" | "isRead" | "idempotencyKey" | "idempotencyKeyExpiresAtMs">,
): RequestTraits & { readonly name: string } {
  const { name, isRead, idempotencyKey, idempotencyKeyExpiresAtMs } = call;
  return {
    name,
    target: { name },
    isRepeatable: isRead === true || idempotencyKey !== undefined,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(idempotencyKeyExpiresAtMs !== undefined && { idempotencyKeyExpiresAtMs }),
  };
}
