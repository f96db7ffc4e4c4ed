import type { Clock } from "../clock.ts";
import { FIRST_RATE, HORIZON_MS } from "./bucket-rules.ts";
import type { BucketView, Demand } from "./bucket-view.ts";
import type { BudgetStore, Closure, LeaseAsk, LeaseGrant, Refusal } from "./budget-store.ts";
import { createLocalStore } from "./local-store.ts";

/** What a replica may use of each bucket while nobody shares it out: an even part of the rate, in a bucket of its own. */
export class EvenPart {
  readonly #store: BudgetStore;
  /** Among how many the rate is divided. */
  readonly #parts: () => number;

  constructor(options: { readonly clock: Clock; readonly parts: () => number }) {
    this.#store = createLocalStore(options.clock);
    this.#parts = () => Math.max(1, options.parts());
  }

  /** Nothing is given until the turns have passed that all replicas had leased ahead: together they were too many. */
  async begin(demands: readonly Demand[]): Promise<void> {
    const closures = demands.map(({ view }): Refusal => {
      const closeForMs = this.aheadMs(view);
      return { bucket: view.name, declared: view.declared, closeForMs, reason: "RETRY_AFTER", slowDown: false };
    });
    await this.#store.refuse(closures);
  }

  async lease(demands: readonly Demand[]): Promise<readonly LeaseGrant[]> {
    const parts = this.#parts();
    const asks = demands.map(({ view, wanted, urgent }): LeaseAsk => {
      const { rate = view.declared ?? FIRST_RATE } = view;
      return { bucket: view.name, declared: rate / parts, wanted, urgent, pace: undefined };
    });
    const grants = await this.#store.lease(asks, 1);
    // The next part is taken of the whole again.
    return grants.map((grant) => ({ ...grant, rate: grant.rate * parts }));
  }

  refuse(refusals: readonly Refusal[]): Promise<readonly Closure[]> {
    return this.#store.refuse(refusals);
  }

  /** How far ahead turns of a bucket lie at most that anybody holds, in milliseconds. */
  aheadMs({ rate, declared }: BucketView): number {
    return Math.max(HORIZON_MS, (this.#parts() * 1_000) / (rate ?? declared ?? FIRST_RATE));
  }
}

/** The questions with no more in them than the part gives. */
export function withinPart(asks: readonly LeaseAsk[], part: readonly LeaseGrant[]): readonly LeaseAsk[] {
  return asks.map((ask) => {
    const { immediate = 0, turns = 0 } = part.find(({ bucket }) => bucket === ask.bucket) ?? {};
    const urgent = Math.min(ask.urgent, immediate + turns);
    return { ...ask, urgent, wanted: Math.min(ask.wanted, immediate + turns - urgent) };
  });
}
