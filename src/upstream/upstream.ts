import type { UpstreamClient } from "../connector-api/client.ts";
import type { BudgetPolicy, UpstreamTarget } from "../connector-api/connector.ts";
import { createHttp } from "../protocols/rest/http.ts";
import { compose } from "./call.ts";
import { systemClock, type Clock } from "./clock.ts";
import { exchange } from "./exchange.ts";
import { createInFlight } from "./in-flight.ts";
import { LANE_DEADLINE_MS, type Lane } from "./lane.ts";
import { learn } from "./learn.ts";
import { observe, type CallObservation } from "./observe.ts";
import { permit } from "./permit.ts";
import { Permits } from "./permits.ts";
import { retry } from "./retry.ts";

export interface UpstreamOptions {
  readonly target: UpstreamTarget;
  readonly budget: BudgetPolicy;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** In [0, 1). Default: Math.random. */
  readonly random?: () => number;
  /** Told about every try, for metrics. */
  readonly onCall?: (observation: CallObservation) => void;
  /** How long `close` lets calls under way end by themselves. Default 5 s. */
  readonly graceMs?: number;
}

/**
 * One external system under one credential. Sources that share base URL and credential share one of these: the budget,
 * the retry tokens and the sockets belong to it.
 */
export interface Upstream {
  client(lane: Lane): UpstreamClient;
  /** Refuses new calls, waits for or aborts those under way, and resolves when all sockets are closed. */
  close(): Promise<void>;
}

/** Opens no socket before the first call. The caller closes it. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { target, budget, clock = systemClock, random = Math.random, onCall = () => {}, graceMs = 5_000 } = options;
  const http = createHttp({ baseUrl: target.baseUrl, connections: budget.maxConcurrent });
  const permits = new Permits(budget, clock);
  const inFlight = createInFlight(clock);
  const send = compose(
    [retry({ clock, random }), observe(clock, onCall), permit(permits, clock), learn(permits)],
    exchange(http, clock),
  );
  return {
    client: (lane) => ({
      send: (request, signal) =>
        inFlight.run(signal, (ownSignal) =>
          send({
            request,
            lane,
            signal: ownSignal,
            deadlineMs: clock.monotonicMs() + LANE_DEADLINE_MS[lane],
            attempt: 1,
            trace: { waitedMs: 0, status: undefined },
          }),
        ),
    }),
    close: async () => {
      await inFlight.close(graceMs);
      await http.close();
    },
  };
}
