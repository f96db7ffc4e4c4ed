import type { Clock } from "../clock.ts";
import type { BucketView, Demand } from "./bucket-view.ts";
import type { BudgetStore, Closure, LeaseAsk, LeaseGrant, Refusal } from "./budget-store.ts";
import { EvenPart, withinPart } from "./even-part.ts";

/** While the store is away it is tried again this often. */
const TRY_AGAIN_MS = 1_000;
/**
 * When it answers again, others may still use their even part: nobody takes more than that until they have noticed too. It is
 * tried again so often, and may take a second to answer.
 */
const RETURN_MS = 2_500;

/**
 * Gets permits for the buckets of one credential: from the store that all replicas share, and while that is away from a
 * bucket of its own with an even part of the rate. It is never unlimited.
 */
export class LeaseDesk {
  readonly #store: BudgetStore;
  readonly #part: EvenPart;
  readonly #clock: Clock;
  readonly #onGrant: () => void;
  readonly #replicas: () => { readonly alive: number; readonly busy: number };
  #isAsking = false;
  /** When the store failed last; undefined while it answers. */
  #failedAtMs: number | undefined;
  /** When it answered again after that. */
  #backAtMs = -Infinity;
  /** Replicas while it answered: after it was away, nobody's heartbeats have been heard for a while. */
  #aliveBefore = 1;
  #storeCalls = 0;

  constructor(options: {
    readonly store: BudgetStore;
    readonly clock: Clock;
    readonly onGrant: () => void;
    readonly replicas: () => { readonly alive: number; readonly busy: number };
  }) {
    this.#store = options.store;
    this.#part = new EvenPart({
      clock: options.clock,
      parts: () => Math.max(this.#aliveBefore, options.replicas().alive),
    });
    this.#clock = options.clock;
    this.#onGrant = options.onGrant;
    this.#replicas = options.replicas;
  }

  /** Calls to the store so far. */
  get storeCalls(): number {
    return this.#storeCalls;
  }

  /** True while permits come from the even part. */
  get isCutOff(): boolean {
    return this.#failedAtMs !== undefined;
  }

  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Asks once; what comes is added to the views, and `onGrant` is called. One question at a time: others wait for its answer. */
  ask(demands: readonly Demand[], paceOf: (view: BucketView) => LeaseAsk["pace"]): void {
    if (this.#isAsking || demands.length === 0) return;
    this.#isAsking = true;
    void this.#lease(demands, paceOf).then((grants) => {
      this.#isAsking = false;
      const nowMs = this.#clock.monotonicMs();
      for (const { view } of demands) {
        const grant = grants.find(({ bucket }) => bucket === view.name);
        if (grant !== undefined) view.add(grant, nowMs);
      }
      this.#onGrant();
    });
  }

  /** Tells the store what the upstream said. Nothing is thrown: this replica keeps to it in any case. */
  async refuse(refusals: readonly Refusal[]): Promise<readonly Closure[]> {
    this.#storeCalls += 1;
    return this.#store.refuse(refusals).catch(() => this.#part.refuse(refusals));
  }

  async #lease(
    demands: readonly Demand[],
    paceOf: (view: BucketView) => LeaseAsk["pace"],
  ): Promise<readonly LeaseGrant[]> {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - (this.#failedAtMs ?? -Infinity) < TRY_AGAIN_MS) return this.#part.lease(demands);
    const isReturning = this.isCutOff || nowMs - this.#backAtMs < RETURN_MS;
    const part = isReturning ? await this.#part.lease(demands) : undefined;
    const asks = demands.map((demand) => askOf(demand, paceOf(demand.view)));
    try {
      const { alive, busy } = this.#replicas();
      this.#storeCalls += 1;
      const grants = await this.#store.lease(part === undefined ? asks : withinPart(asks, part), busy);
      if (part === undefined) this.#aliveBefore = alive;
      return part === undefined ? grants : this.#whileReturning(demands, grants, part);
    } catch {
      // Any failure of the store is answered alike; the store's own users report it.
      if (!this.isCutOff) await this.#part.begin(demands);
      this.#failedAtMs = this.#clock.monotonicMs();
      return part ?? this.#part.lease(demands);
    }
  }

  /** The turns of the part that are still held are dropped: those that the store gives may lie closer. */
  #whileReturning(
    demands: readonly Demand[],
    grants: readonly LeaseGrant[],
    part: readonly LeaseGrant[],
  ): readonly LeaseGrant[] {
    const nowMs = this.#clock.monotonicMs();
    const isFirst = this.isCutOff;
    if (isFirst) this.#backAtMs = nowMs;
    this.#failedAtMs = undefined;
    return demands.flatMap(({ view }) => {
      const [grant, ofPart] = [grants, part].map((all) => all.find(({ bucket }) => bucket === view.name));
      if (grant === undefined || ofPart === undefined) return [];
      const askAgainMs = Math.max(grant.askAgainMs, ofPart.askAgainMs);
      return {
        ...grant,
        askAgainMs,
        ...(isFirst && { closedUntilMs: Math.max(grant.closedUntilMs, nowMs + this.#part.aheadMs(view)) }),
      };
    });
  }
}

function askOf({ view, wanted, urgent }: Demand, pace: LeaseAsk["pace"]): LeaseAsk {
  return { bucket: view.name, declared: view.declared, wanted, urgent, pace };
}
