import type { CallLimits, Channel, ChannelCall, ChannelStream } from "../connector-api/channel.ts";
import type { UpstreamClient, UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import { ServiceError } from "../domain/error.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Budget } from "./budget/budget.ts";
import { LANE_DEADLINE_MS, type Lane } from "./budget/lane.ts";
import { type Call, freshTrace, type Perform, type RequestTraits, type Send } from "./call.ts";
import type { ChangingChannel, OpenChannel } from "./changing-channel.ts";
import { channelAttempt, channelTraits } from "./channel-attempt.ts";
import { traitsOf } from "./exchange.ts";
import { followStream } from "./follow.ts";
import type { InFlight } from "./in-flight.ts";

/** Parts of an upstream that its clients use. */
export interface ClientParts {
  readonly clock: Clock;
  readonly budget: Budget;
  readonly inFlight: InFlight;
  readonly channel: ChangingChannel;
  /** The layers that every call passes. */
  readonly send: Send;
  /** Returns one attempt of an HTTP request. */
  readonly attempt: (request: UpstreamRequest) => Perform<UpstreamResponse>;
  /** Closes the budget as the error that ended a stream requests. */
  readonly applyPause: (call: Pick<Call, "needs">, error: ServiceError) => Promise<void>;
}

/** Returns a client whose calls belong to a lane and a tenant. */
export function createClient(parts: ClientParts, lane: Lane, tenantId: string): UpstreamClient {
  const { clock, budget, inFlight, channel, send } = parts;

  function start<Answer>(request: RequestTraits, perform: Perform<Answer>, signal: AbortSignal): Promise<Answer> {
    return send({
      request,
      lane,
      tenantId,
      needs: budget.needsOf(request.target),
      signal,
      deadlineMs: clock.monotonicMs() + LANE_DEADLINE_MS[lane],
      attempt: 1,
      trace: freshTrace(),
      perform,
    });
  }

  return {
    send: (request, signal) =>
      inFlight.run(signal, (ownSignal) => start(traitsOf(request), parts.attempt(request), ownSignal)),
    call: <Opened extends Channel, Answer>(call: ChannelCall<Opened, Answer>, signal: AbortSignal) => {
      const run = (limits: CallLimits): Promise<Answer> => call.run(channelOf(channel.current(call.via)), limits);
      const traits = channelTraits(call);
      return inFlight.run(signal, (ownSignal) => start(traits, channelAttempt(clock, traits, run), ownSignal));
    },
    async *follow<Opened extends Channel, Message>(stream: ChannelStream<Opened, Message>, signal: AbortSignal) {
      const work = inFlight.begin(signal);
      const traits = channelTraits({ name: stream.name, isRead: true });
      const attempt = channelAttempt(clock, traits, (limits) => {
        const current = channel.current(stream.via);
        current.replaced.addEventListener("abort", () => work.abort(settingsChanged()), { signal: work.signal });
        const timeoutMs = Math.min(limits.timeoutMs, stream.openTimeoutMs ?? Infinity);
        return stream.open(channelOf(current), { ...limits, timeoutMs });
      });
      yield* followStream({
        clock,
        work,
        open: (ownSignal) => start(traits, attempt, ownSignal),
        onFailure: (error) => parts.applyPause({ needs: budget.needsOf(traits.target) }, error),
        silenceTimeoutMs: stream.silenceTimeoutMs,
      });
    },
  };
}

/** `ChangingChannel.current` has checked that the channel is of the call's own kind. */
function channelOf<Opened extends Channel>({ channel }: OpenChannel): Opened {
  return channel as Opened;
}

function settingsChanged(): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the stream ended because the settings of its source were changed");
}
