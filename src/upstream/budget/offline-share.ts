import type { Clock } from "../../runtime/clock.ts";
import { FIRST_RATE, HORIZON_MS } from "./bucket-rules.ts";
import type { BucketView, Demand } from "./bucket-view.ts";
import type { BudgetStore, Closure, LeaseRequest, LeaseGrant, BucketRefusal } from "./budget-store.ts";
import { createLocalStore } from "./local-store.ts";

/**
 * Share of each bucket that a replica may use while the store is unavailable: an even share of the rate, in a bucket of
 * its own.
 */
export class OfflineShare {
  readonly #store: BudgetStore;
  /** Number of replicas that share the rate. */
  readonly #parts: () => number;

  constructor(options: { readonly clock: Clock; readonly parts: () => number }) {
    this.#store = createLocalStore(options.clock);
    this.#parts = () => Math.max(1, options.parts());
  }

  /**
   * Begins. Nothing is granted until the turns have passed that all replicas had leased ahead: together with new ones
   * they would be too many.
   */
  async begin(demands: readonly Demand[]): Promise<void> {
    const closures = demands.map(({ view }): BucketRefusal => {
      const closeForMs = this.aheadMs(view);
      return { bucket: view.name, declared: view.declared, closeForMs, reason: "RETRY_AFTER", slowDown: false };
    });
    await this.#store.refuse(closures);
  }

  async lease(demands: readonly Demand[]): Promise<readonly LeaseGrant[]> {
    const parts = this.#parts();
    const asks = demands.map(({ view, needed, interactive }): LeaseRequest => {
      const { rate = view.declared ?? FIRST_RATE } = view;
      return { bucket: view.name, declared: rate / parts, needed, interactive, pace: undefined };
    });
    const grants = await this.#store.lease(asks, 1);
    // The next share is computed from the whole rate again.
    return grants.map((grant) => ({ ...grant, rate: grant.rate * parts }));
  }

  refuse(refusals: readonly BucketRefusal[]): Promise<readonly Closure[]> {
    return this.#store.refuse(refusals);
  }

  /** Returns how far ahead leased turns of a bucket lie at most, in milliseconds. */
  aheadMs({ rate, declared }: BucketView): number {
    return Math.max(HORIZON_MS, (this.#parts() * 1_000) / (rate ?? declared ?? FIRST_RATE));
  }
}

/** Returns the requests, each limited to the granted share. */
export function withinPart(asks: readonly LeaseRequest[], part: readonly LeaseGrant[]): readonly LeaseRequest[] {
  return asks.map((ask) => {
    const { immediate = 0, turns = 0 } = part.find(({ bucket }) => bucket === ask.bucket) ?? {};
    const interactive = Math.min(ask.interactive, immediate + turns);
    return { ...ask, interactive, needed: Math.min(ask.needed, immediate + turns - interactive) };
  });
}
