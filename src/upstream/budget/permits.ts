import { ServiceError } from "../../domain/error.ts";
import type { BucketView, Demand } from "./bucket-view.ts";
import { canceled, type Clock } from "../../runtime/clock.ts";
import { LANES, INTERACTIVE_LANES, type Lane } from "./lane.ts";
import { LaneQueue, type Queued } from "./lane-queue.ts";
import { LaneScheduler } from "./lane-scheduler.ts";

/** Permits that a call needs from one bucket. */
export interface Need {
  readonly view: BucketView;
  readonly weight: number;
}

export interface PermitRequest {
  readonly lane: Lane;
  readonly tenantId: string;
  /** Ordered by limit, the tightest bucket first. */
  readonly needs: readonly Need[];
  readonly signal: AbortSignal;
  /** Time on the monotonic clock. */
  readonly deadlineMs: number;
}

/** Returns a permit; further calls have no effect. */
export type Release = () => void;

/** Source of permits. */
export interface PermitSupply {
  /** Maximum number of concurrent calls. */
  concurrency(): number;
  /** Requests permits for buckets that run low; `Permits.handOut` is called when some are granted. */
  ask(demands: readonly Demand[]): void;
  /** True while a response is pending: requests made now are ignored. */
  isRequesting(): boolean;
  /** Signals that more concurrent calls are wanted than are allowed. */
  grow(): void;
}

interface WaitingCall extends Queued {
  readonly lane: Lane;
  readonly deadlineMs: number;
  readonly costs: readonly Need[];
  /** True if a permit out of turn was requested for it. */
  isRequested: boolean;
  readonly grant: (release: Release) => void;
  readonly refuse: (error: ServiceError) => void;
}

/** Concurrency from which one call is reserved for interactive work. */
const ROOM_KEPT_FROM = 3;
/**
 * Time for which all concurrent calls still count as taken after they were. Hanging calls end at their deadline, which
 * is also the deadline of the calls that waited for their slot, and may end just before those.
 */
const JUST_FULL_MS = 100;

/**
 * Decides which call goes to the upstream next, for one process and one credential. Calls are ordered by lane urgency,
 * then tenants and needs take turns. A call that lacks a permit of one bucket does not block calls that need other
 * buckets, and no less urgent call takes the permits that it waits for.
 */
export class Permits {
  readonly #clock: Clock;
  readonly #supply: PermitSupply;
  readonly #turns = new LaneScheduler();
  readonly #queues: Readonly<Record<Lane, LaneQueue<WaitingCall>>>;
  #running = 0;
  /** Last time at which the maximum number of concurrent calls was reached. */
  #fullAtMs = -Infinity;
  #isDue = false;
  #cancelWake: (() => void) | undefined;

  constructor(clock: Clock, supply: PermitSupply) {
    this.#clock = clock;
    this.#supply = supply;
    this.#queues = {
      interactive: new LaneQueue(),
      write: new LaneQueue(),
      refetch: new LaneQueue(),
      incremental: new LaneQueue(),
      backfill: new LaneQueue(),
    };
  }

  /** Number of calls in flight, and of calls that wait. */
  load(): { readonly calls: number; readonly needed: number } {
    const waiting = LANES.reduce((sum, lane) => sum + this.#queues[lane].size, 0);
    return { calls: this.#running, needed: this.#running + waiting };
  }

  /**
   * Resolves with the function that returns the permit.
   * @throws ServiceError UPSTREAM_RATE_LIMITED when the budget leaves no call before the deadline, OVERLOADED when all
   * concurrent calls are taken until then, CANCELED
   */
  acquire(request: PermitRequest): Promise<Release> {
    return new Promise((resolve, reject) => {
      const { lane, signal, deadlineMs, needs } = request;
      if (signal.aborted) return reject(canceled());
      if (needs.some(({ view }) => view.closedUntilMs > deadlineMs)) return reject(this.#refusal(lane, needs));
      const queue = this.#queues[lane];
      const leave = (): void => {
        queue.remove(waiter);
        cancelTimeout();
        signal.removeEventListener("abort", abort);
      };
      const waiter: WaitingCall = {
        lane,
        tenantId: request.tenantId,
        deadlineMs,
        needs: keyOf(needs),
        costs: needs,
        isRequested: false,
        grant: (release) => {
          leave();
          resolve(release);
        },
        refuse: (error) => {
          leave();
          reject(error);
          this.#handOutSoon(); // no timer may remain when no call waits any more
        },
      };
      const abort = (): void => waiter.refuse(canceled());
      const cancelTimeout = this.#clock.schedule(deadlineMs - this.#clock.monotonicMs(), () =>
        waiter.refuse(this.#refusal(lane, needs)),
      );
      signal.addEventListener("abort", abort, { once: true });
      queue.add(waiter);
      this.#handOutSoon();
    });
  }

  /**
   * Handles the closing of a bucket. Calls that cannot wait until it opens are refused now, so that their callers can
   * choose an alternative.
   */
  dismiss(): void {
    const late = LANES.flatMap((lane) => [...this.#queues[lane].all()]).filter(({ costs, deadlineMs }) =>
      costs.some(({ view }) => view.closedUntilMs > deadlineMs),
    );
    for (const waiter of late) waiter.refuse(this.#refusal(waiter.lane, waiter.costs));
    this.#handOutSoon();
  }

  /**
   * Grants all permits that may be granted now, requests the missing ones, and schedules itself for the time when the
   * next permit is due.
   */
  handOut(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    const nowMs = this.#clock.monotonicMs();
    for (let next = this.#next(nowMs); next !== undefined; next = this.#next(nowMs)) this.#grant(next);
    if (this.#waitingLanes().length === 0) return;
    if (this.#running >= this.#supply.concurrency()) this.#supply.grow();
    this.#supply.ask(this.#demands(nowMs));
    const wakeAtMs = this.#wakeAtMs(nowMs);
    if (wakeAtMs < Infinity) this.#cancelWake = this.#clock.schedule(wakeAtMs - nowMs, () => this.handOut());
  }

  /**
   * Runs once for all arrivals and departures in one turn of the event loop: thousands of permits may be requested, or
   * abandoned, together.
   */
  #handOutSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.handOut();
    });
  }

  #waitingLanes(): readonly Lane[] {
    return LANES.filter((lane) => this.#queues[lane].size > 0);
  }

  #room(lane: Lane): number {
    const limit = this.#supply.concurrency();
    const kept = INTERACTIVE_LANES.includes(lane) || limit < ROOM_KEPT_FROM ? 0 : 1;
    return limit - kept - this.#running;
  }

  /** The next call that may start now. */
  #next(nowMs: number): WaitingCall | undefined {
    const lacking = new Set<BucketView>();
    for (const lane of this.#turns.order(this.#waitingLanes())) {
      if (this.#room(lane) <= 0) continue;
      for (const waiter of this.#queues[lane].heads()) {
        const missing = waiter.costs.filter(({ view, weight }) => lacking.has(view) || !view.isOpen(nowMs, weight));
        if (missing.length === 0) return waiter;
        for (const { view } of missing) lacking.add(view);
      }
    }
    return undefined;
  }

  #grant(waiter: WaitingCall): void {
    for (const { view, weight } of waiter.costs) view.take(weight);
    this.#turns.count(waiter.lane, this.#waitingLanes(), 1);
    this.#queues[waiter.lane].passTurn(waiter);
    this.#running++;
    waiter.grant(this.#release());
  }

  /**
   * Missing permits of the calls that could start soon. For a call that can wait, permits of the later buckets are
   * requested only once those of the tighter ones are available, so that permits which must wait for each other do not
   * expire unused.
   */
  #demands(nowMs: number): readonly Demand[] {
    const demands = new Map<
      BucketView,
      { view: BucketView; leased: number; needed: number; interactive: number; first: number }
    >();
    const of = (view: BucketView, weight: number) => {
      const found = demands.get(view) ?? { view, leased: view.leased(nowMs), needed: 0, interactive: 0, first: weight };
      demands.set(view, found);
      return found;
    };
    for (const lane of this.#waitingLanes()) {
      let room = this.#room(lane);
      const isInteractive = INTERACTIVE_LANES.includes(lane);
      for (const waiter of this.#queues[lane].all()) {
        if (room-- <= 0) break;
        for (const { view, weight } of waiter.costs) {
          const demand = of(view, weight);
          const isInteractiveTurnNeeded = isInteractive && !waiter.isRequested && !view.isOpen(nowMs, weight);
          if (isInteractiveTurnNeeded) demand.interactive += weight;
          else if (demand.leased >= weight) demand.leased -= weight;
          else {
            demand.needed += weight - demand.leased;
            demand.leased = 0;
            if (!isInteractive) break;
          }
        }
        if (isInteractive && !this.#supply.isRequesting()) waiter.isRequested = true;
      }
    }
    return [...demands.values()].filter((demand) => isWorthRequesting(demand, nowMs));
  }

  #wakeAtMs(nowMs: number): number {
    const needs = LANES.flatMap((lane) => [...this.#queues[lane].heads()].flatMap(({ costs }) => costs));
    const times = needs.map(
      ({ view, weight }) => (view.leased(nowMs) < weight ? view.askAgainMs : view.nextDueMs(nowMs)) ?? 0,
    );
    return Math.min(...times.filter((atMs) => atMs > nowMs));
  }

  #release(): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      if (this.#running >= this.#supply.concurrency()) this.#fullAtMs = this.#clock.monotonicMs();
      this.#running--;
      this.#handOutSoon();
    };
  }

  #refusal(lane: Lane, needs: readonly Need[]): ServiceError {
    const nowMs = this.#clock.monotonicMs();
    const openMs = Math.max(
      ...needs.map(({ view }) => Math.max(view.closedUntilMs, view.nextDueMs(nowMs) ?? view.askAgainMs)),
    );
    const delayMs = Math.ceil(openMs - nowMs);
    const isFull = this.#room(lane) <= 0 || nowMs - this.#fullAtMs < JUST_FULL_MS;
    if (delayMs <= JUST_FULL_MS && isFull) {
      return new ServiceError("OVERLOADED", "all concurrent calls that the upstream allows are in use");
    }
    return new ServiceError("UPSTREAM_RATE_LIMITED", "the upstream's rate limit allows no call before the deadline", {
      detail: `no permit before the deadline; the next permit is possible in ${Math.max(0, delayMs)} ms`,
      ...(delayMs > 0 && { retryAfterMs: delayMs }),
    });
  }
}

function keyOf(needs: readonly Need[]): string {
  return needs.map(({ view, weight }) => `${view.name}*${weight}`).join(" ");
}

function isWorthRequesting(
  { view, needed, interactive, first }: Demand & { readonly first: number },
  nowMs: number,
): boolean {
  if (view.closedUntilMs > nowMs) return false;
  if (interactive > 0) return true;
  return needed > 0 && view.askAgainMs <= nowMs && view.runsLow(nowMs, first);
}
