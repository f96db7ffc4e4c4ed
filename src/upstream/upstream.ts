import type { BudgetPolicy } from "../connector-api/budget.ts";
import type { UpstreamClient, UpstreamRequest } from "../connector-api/client.ts";
import type { UpstreamTarget } from "../connector-api/upstream-target.ts";
import type { ServiceError } from "../domain/error.ts";
import { type Breaker, type BreakerState, createBreaker } from "./breaker.ts";
import { Budget } from "./budget/budget.ts";
import type { Closure } from "./budget/budget-store.ts";
import { createLocalStore } from "./budget/local-store.ts";
import { wholeShare } from "./budget/share.ts";
import type { SharedBudgets } from "./budget/shared-budgets.ts";
import { type Call, compose, type Send } from "./call.ts";
import { createChangingChannel } from "./changing-channel.ts";
import { createChangingHttp } from "./changing-http.ts";
import { systemClock, type Clock } from "../runtime/clock.ts";
import { credentialName } from "./credential-name.ts";
import { exchange } from "./exchange.ts";
import { createClient } from "./client.ts";
import { createInFlight } from "./in-flight.ts";
import type { Lane } from "./budget/lane.ts";
import { applyPause, learn, type LearnOptions } from "./learn.ts";
import { observe, type CallObservation } from "./observe.ts";
import { permit } from "./permit.ts";
import type { TakenBudget } from "./platform-budgets.ts";
import { retry } from "./retry.ts";
import type { ChannelSettings, UpstreamSettings } from "./upstream-settings.ts";

export interface UpstreamOptions {
  readonly target: UpstreamTarget;
  readonly budget: BudgetPolicy;
  /** Takes the budget of all sources of its platform. Absent: there is none. */
  readonly takePlatformBudget?: () => TakenBudget;
  /** Store of the shared budget. Default: this process is the only one. */
  readonly shared?: SharedBudgets;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Returns a random number in [0, 1). Default: Math.random. */
  readonly random?: () => number;
  /** Called for every attempt, for metrics. */
  readonly onCall?: (observation: CallObservation) => void;
  /** Called when a bucket was closed because of a response to this process. */
  readonly onClosed?: (closure: Closure) => void;
  readonly onBreaker?: (state: BreakerState) => void;
  /** Number of calls within ten seconds before the circuit may open. Default: 10. */
  readonly breakerMinCalls?: number;
  /** Called when the upstream requested a longer pause than `MAX_PAUSE_MS`. */
  readonly onCapped?: () => void;
  /** Networks beyond the public ones that its address may be in, in CIDR notation. */
  readonly networks?: readonly string[];
  /** How its channel is opened. Absent: it is called by HTTP only. */
  readonly channel?: ChannelSettings;
  /** True if it may learn the ids of our traces. Default: false. */
  readonly sendsTraces?: boolean;
  /** Time for which `close` lets calls in flight end by themselves. Default 5 s. */
  readonly graceMs?: number;
}

/**
 * One external system under one credential. Sources that share base URL and credential share one instance: the budget,
 * the retry tokens, the breaker and the sockets belong to it.
 */
export interface Upstream {
  /** Identifies the credential without revealing it. */
  readonly credential: string;
  readonly budget: Budget;
  breaker(): BreakerState;
  /** Applies changed settings, to calls that have not begun. Those in flight end as they were. */
  change(settings: UpstreamSettings): void;
  /** Returns a client. Tenants take turns within a lane. */
  client(lane: Lane, tenantId?: string): UpstreamClient;
  /** Rejects new calls, waits for or aborts those in flight, and resolves when all sockets are closed. */
  close(): Promise<void>;
}

/** Creates an upstream. Opens no socket before the first call. The caller closes it. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { target, budget: policy, clock = systemClock } = options;
  const { onClosed = () => {}, graceMs = 5_000, sendsTraces = false } = options;
  const credential = credentialName(target);
  const settings = { ...options, networks: options.networks ?? [] };
  const http = createChangingHttp(target.baseUrl, settings);
  const channel = createChangingChannel(target, settings);
  const budget = new Budget({
    credential,
    policy,
    clock,
    onClosed,
    store: options.shared?.store(credential) ?? createLocalStore(clock),
    join: options.shared?.join ?? wholeShare,
  });
  const unsubscribe = options.shared?.subscribe(credential, (bucket, closeForMs) =>
    budget.closeBucket(bucket, closeForMs),
  );
  const inFlight = createInFlight(clock);
  const platform = options.takePlatformBudget?.();
  const learning = { budget, clock, onCapped: options.onCapped ?? (() => {}) };
  const { breaker, send } = createLayers(options, { budget, platform, learning });
  const parts = {
    clock,
    budget,
    inFlight,
    channel,
    send,
    attempt: (request: UpstreamRequest) => exchange({ http, clock, policy, sendsTraces }, request),
    applyPause: (call: Pick<Call, "needs">, error: ServiceError) => applyPause(learning, call, error),
  };
  return {
    credential,
    budget,
    breaker: breaker.state,
    change(changed) {
      budget.setPolicy(changed.budget);
      http.change(changed);
      channel.change(changed);
    },
    client: (lane, tenantId = "") => createClient(parts, lane, tenantId),
    close: async () => {
      await inFlight.close(graceMs);
      unsubscribe?.();
      budget.close();
      platform?.release();
      await Promise.all([http.close(), channel.close()]);
    },
  };
}

/** Composes the layers that every call passes, whatever its protocol. */
function createLayers(
  options: UpstreamOptions,
  parts: { readonly budget: Budget; readonly platform: TakenBudget | undefined; readonly learning: LearnOptions },
): { readonly breaker: Breaker; readonly send: Send } {
  const { clock = systemClock, random = Math.random, onCall = () => {} } = options;
  const { budget, platform, learning } = parts;
  const breaker = createBreaker({
    clock,
    random,
    ...(options.breakerMinCalls !== undefined && { minCalls: options.breakerMinCalls }),
    ...(options.onBreaker && { onChange: options.onBreaker }),
  });
  const send = compose([
    retry({ clock, random }),
    observe(clock, options.target.baseUrl, onCall),
    breaker.guard,
    permit(budget.permits, clock),
    ...(platform === undefined
      ? []
      : [permit(platform.budget.permits, clock, (called) => platform.budget.needsOf(called))]),
    breaker.recheck,
    learn(learning),
  ]);
  return { breaker, send };
}
