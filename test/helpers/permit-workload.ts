import { type BucketPolicy, type BudgetPolicy, type Cost, singleBucket } from "../../src/connector-api/budget.ts";
import type { ServiceError } from "../../src/domain/error.ts";
import { Budget } from "../../src/upstream/budget/budget.ts";
import type { BudgetStore, Closure } from "../../src/upstream/budget/budget-store.ts";
import { createLocalStore } from "../../src/upstream/budget/local-store.ts";
import { type JoinShare, wholeShare } from "../../src/upstream/budget/share.ts";
import type { Lane } from "../../src/upstream/budget/lane.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface Granted {
  readonly name: string;
  /** Milliseconds since the workload began. */
  readonly atMs: number;
}

export interface AskOptions {
  readonly tenantId?: string;
  /** Path of the call in the policy. */
  readonly path?: string;
  readonly signal?: AbortSignal;
  /** Time until the deadline. Default: an hour. */
  readonly waitMs?: number;
  /** Duration of the call. Default: 0. */
  readonly holdMs?: number;
}

export interface PermitWorkload {
  readonly clock: VirtualClock;
  readonly budget: Budget;
  /** Requests the permits of a call and records whether and when they were granted. */
  ask(lane: Lane, name: string, options?: AskOptions): void;
  /** Keeps `waiting` such calls waiting at any time, until the returned function is called. */
  keepAsking(lane: Lane, name: string, waiting: number, options?: AskOptions): () => void;
  readonly granted: Granted[];
  readonly refused: { readonly name: string; readonly error: ServiceError; readonly atMs: number }[];
  readonly closures: Closure[];
  /** Names of the calls that were granted, in order. */
  names(): string[];
  /** Number of granted calls with that name. */
  count(name: string): number;
}

/** Creates a real budget on a manual clock, whose permits the test requests and returns. */
export function usePermits(
  policy: BudgetPolicy,
  options: { readonly clock?: VirtualClock; readonly store?: BudgetStore; readonly join?: JoinShare } = {},
): PermitWorkload {
  const { clock = createVirtualClock() } = options;
  const { store = createLocalStore(clock), join = wholeShare } = options;
  const closures: Closure[] = [];
  const budget = new Budget({ credential: "c", policy, clock, store, join, onClosed: (it) => void closures.push(it) });
  const granted: Granted[] = [];
  const refused: { name: string; error: ServiceError; atMs: number }[] = [];
  const startMs = clock.monotonicMs();
  const nowMs = (): number => clock.monotonicMs() - startMs;

  function ask(lane: Lane, name: string, given: AskOptions = {}, onGranted = (): void => {}): void {
    const { tenantId = "", path = "/", waitMs = 3_600_000, holdMs = 0 } = given;
    const { signal = new AbortController().signal } = given; // one each, as calls have: a signal searches its listeners
    const needs = budget.needsOf({ method: "GET", path });
    const deadlineMs = clock.monotonicMs() + waitMs;
    budget.permits.acquire({ lane, tenantId, needs, signal, deadlineMs }).then(
      (release) => {
        granted.push({ name, atMs: nowMs() });
        onGranted();
        if (holdMs === 0) release();
        else clock.schedule(holdMs, release);
      },
      (error: ServiceError) => refused.push({ name, error, atMs: nowMs() }),
    );
  }

  return {
    clock,
    budget,
    granted,
    refused,
    closures,
    names: () => granted.map(({ name }) => name),
    count: (counted) => granted.filter(({ name }) => name === counted).length,
    ask: (lane, name, given) => ask(lane, name, given),
    keepAsking(lane, name, waiting, given) {
      let goesOn = true;
      const again = (): void => {
        if (goesOn) ask(lane, name, given, again);
      };
      for (let call = 0; call < waiting; call += 1) again();
      return () => void (goesOn = false);
    },
  };
}

/** One bucket for everything. */
export function rateOf(requestsPerSecond: number | undefined, maxConcurrent = 10_000): BudgetPolicy {
  return singleBucket({ requestsPerSecond, maxConcurrent });
}

/** Policy whose calls draw the amounts listed under their path. */
export function policyOf(
  rates: Readonly<Record<string, number | undefined>>,
  costs: Readonly<Record<string, readonly Cost[]>>,
  maxConcurrent = 10_000,
): BudgetPolicy {
  const entries = Object.entries(rates).map(([name, rate]): [string, BucketPolicy] => [
    name,
    { requestsPerSecond: rate },
  ]);
  return { buckets: Object.fromEntries(entries), maxConcurrent, costs: ({ path }) => costs[path] ?? [] };
}

/** Largest total weight in any half-open second, shortened by the rounding error of adding up thirds of a second. */
export function worstSecond(events: readonly { readonly atMs: number; readonly weight?: number }[]): number {
  const sorted = events.toSorted((a, b) => a.atMs - b.atMs);
  let [first, within, worst] = [0, 0, 0];
  for (const { atMs, weight = 1 } of sorted) {
    within += weight;
    for (
      let oldest = sorted[first];
      oldest !== undefined && oldest.atMs <= atMs - 1_000 + 1e-6;
      oldest = sorted[first]
    ) {
      within -= oldest.weight ?? 1;
      first += 1;
    }
    worst = Math.max(worst, within);
  }
  return worst;
}
