import { ServiceError } from "../domain/error.ts";
import type { BucketView, Demand } from "./budget/bucket-view.ts";
import { canceled, type Clock } from "./clock.ts";
import { LANES, URGENT, type Lane } from "./lane.ts";
import { LaneQueue, type Queued } from "./lane-queue.ts";
import { LaneTurns } from "./lane-turns.ts";

/** Permits that a call needs of one bucket. */
export interface Need {
  readonly view: BucketView;
  readonly weight: number;
}

export interface PermitRequest {
  readonly lane: Lane;
  readonly tenantId: string;
  /** The tightest bucket first. */
  readonly needs: readonly Need[];
  readonly signal: AbortSignal;
  /** On the monotonic clock. */
  readonly deadlineMs: number;
}

/** Gives a permit back; again has no effect. */
export type Release = () => void;

/** Where permits come from. */
export interface PermitSupply {
  /** Calls that may be under way at a time. */
  concurrency(): number;
  /** Asks for permits of buckets that run low; `Permits.handOut` is called when some came. */
  ask(demands: readonly Demand[]): void;
  /** An answer is awaited: what is asked for now goes unheard. */
  isAsking(): boolean;
  /** More calls are wanted than may be under way. */
  grow(): void;
}

interface Waiter extends Queued {
  readonly lane: Lane;
  readonly deadlineMs: number;
  readonly costs: readonly Need[];
  /** Has been asked for out of turn. */
  isAskedFor: boolean;
  readonly grant: (release: Release) => void;
  readonly refuse: (error: ServiceError) => void;
}

/** Of at least three calls at a time, one is left to those that somebody waits for in person. */
const ROOM_KEPT_FROM = 3;
/** Calls that hang end at their deadline, which is that of those who waited for their room as well: just before them. */
const JUST_FULL_MS = 100;

/**
 * Who may call the upstream next: one process, one credential. Lanes by urgency, tenants and needs in turn. A call that lacks
 * a permit of one bucket holds up none that needs others, and no less urgent call takes the permits it waits for.
 */
export class Permits {
  readonly #clock: Clock;
  readonly #supply: PermitSupply;
  readonly #turns = new LaneTurns();
  readonly #queues: Readonly<Record<Lane, LaneQueue<Waiter>>>;
  #running = 0;
  /** When all calls that may be under way were, last. */
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

  /** Calls under way, and those that wait. */
  load(): { readonly calls: number; readonly wanted: number } {
    const waiting = LANES.reduce((sum, lane) => sum + this.#queues[lane].size, 0);
    return { calls: this.#running, wanted: this.#running + waiting };
  }

  /**
   * Resolves with the function that gives the permit back.
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
      const waiter: Waiter = {
        lane,
        tenantId: request.tenantId,
        deadlineMs,
        needs: keyOf(needs),
        costs: needs,
        isAskedFor: false,
        grant: (release) => {
          leave();
          resolve(release);
        },
        refuse: (error) => {
          leave();
          reject(error);
          this.#handOutSoon(); // where nobody waits any more, no timer may be left
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

  /** A bucket was closed. Who cannot wait until it opens is refused now, so that it can do something better. */
  dismiss(): void {
    const late = LANES.flatMap((lane) => [...this.#queues[lane].all()]).filter(({ costs, deadlineMs }) =>
      costs.some(({ view }) => view.closedUntilMs > deadlineMs),
    );
    for (const waiter of late) waiter.refuse(this.#refusal(waiter.lane, waiter.costs));
    this.#handOutSoon();
  }

  /** Grants what may be granted now, asks for what is lacking, and sees to it that it runs again when the next permit is due. */
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

  /** Once for all that comes and goes in one turn of the event loop: thousands may be asked for, or given up, together. */
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
    const kept = URGENT.includes(lane) || limit < ROOM_KEPT_FROM ? 0 : 1;
    return limit - kept - this.#running;
  }

  /** Who may leave now. */
  #next(nowMs: number): Waiter | undefined {
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

  #grant(waiter: Waiter): void {
    for (const { view, weight } of waiter.costs) view.take(weight);
    this.#turns.count(waiter.lane, this.#waitingLanes(), 1);
    this.#queues[waiter.lane].passTurn(waiter);
    this.#running++;
    waiter.grant(this.#release());
  }

  /**
   * What is lacking for those who could be under way soon. Later buckets of a call that can wait are asked for once the
   * tighter ones are held, so that permits which must wait for each other do not pass unused.
   */
  #demands(nowMs: number): readonly Demand[] {
    const demands = new Map<
      BucketView,
      { view: BucketView; held: number; wanted: number; urgent: number; first: number }
    >();
    const of = (view: BucketView, weight: number) => {
      const found = demands.get(view) ?? { view, held: view.held(nowMs), wanted: 0, urgent: 0, first: weight };
      demands.set(view, found);
      return found;
    };
    for (const lane of this.#waitingLanes()) {
      let room = this.#room(lane);
      const isUrgent = URGENT.includes(lane);
      for (const waiter of this.#queues[lane].all()) {
        if (room-- <= 0) break;
        for (const { view, weight } of waiter.costs) {
          const demand = of(view, weight);
          const hurries = isUrgent && !waiter.isAskedFor && !view.isOpen(nowMs, weight);
          if (hurries) demand.urgent += weight;
          else if (demand.held >= weight) demand.held -= weight;
          else {
            demand.wanted += weight - demand.held;
            demand.held = 0;
            if (!isUrgent) break;
          }
        }
        if (isUrgent && !this.#supply.isAsking()) waiter.isAskedFor = true;
      }
    }
    return [...demands.values()].filter((demand) => isWorthAsking(demand, nowMs));
  }

  #wakeAtMs(nowMs: number): number {
    const needs = LANES.flatMap((lane) => [...this.#queues[lane].heads()].flatMap(({ costs }) => costs));
    const times = needs.map(
      ({ view, weight }) => (view.held(nowMs) < weight ? view.askAgainMs : view.nextDueMs(nowMs)) ?? 0,
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
      return new ServiceError("OVERLOADED", "all concurrent calls that the upstream bears are taken");
    }
    return new ServiceError("UPSTREAM_RATE_LIMITED", "the upstream's rate limit leaves no call in time", {
      detail: `no permit before the deadline; the budget opens in ${Math.max(0, delayMs)} ms`,
      ...(delayMs > 0 && { retryAfterMs: delayMs }),
    });
  }
}

function keyOf(needs: readonly Need[]): string {
  return needs.map(({ view, weight }) => `${view.name}*${weight}`).join(" ");
}

function isWorthAsking({ view, wanted, urgent, first }: Demand & { readonly first: number }, nowMs: number): boolean {
  if (view.closedUntilMs > nowMs) return false;
  if (urgent > 0) return true;
  return wanted > 0 && view.askAgainMs <= nowMs && view.runsLow(nowMs, first);
}
