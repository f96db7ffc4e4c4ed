import type { Clock } from "../clock.ts";
import { FIRST_RATE } from "./bucket-rules.ts";
import type { BucketView } from "./bucket-view.ts";
import type { BudgetStore, Closure, LeaseAsk, LeaseGrant, Refusal } from "./budget-store.ts";
import { createLocalStore } from "./local-store.ts";

/** What is asked of one bucket: for work that can wait, and for work that somebody waits for. */
export interface Demand {
  readonly view: BucketView;
  readonly wanted: number;
  readonly urgent: number;
}

/** While the store is away it is tried again this often. */
const TRY_AGAIN_MS = 1_000;

/**
 * Gets permits for the buckets of one credential: from the store that all replicas share, and while that is away from a
 * bucket of its own with an even part of the rate. It is never unlimited.
 */
export class LeaseDesk {
  readonly #store: BudgetStore;
  readonly #standIn: BudgetStore;
  readonly #clock: Clock;
  readonly #onGrant: () => void;
  readonly #replicas: () => { readonly alive: number; readonly busy: number };
  #isAsking = false;
  /** When the store failed last; undefined while it answers. */
  #failedAtMs: number | undefined;
  #storeCalls = 0;

  constructor(options: {
    readonly store: BudgetStore;
    readonly clock: Clock;
    readonly onGrant: () => void;
    readonly replicas: () => { readonly alive: number; readonly busy: number };
  }) {
    this.#store = options.store;
    this.#standIn = createLocalStore(options.clock);
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
    return this.#store.refuse(refusals).catch(() => this.#standIn.refuse(refusals));
  }

  async #lease(
    demands: readonly Demand[],
    paceOf: (view: BucketView) => LeaseAsk["pace"],
  ): Promise<readonly LeaseGrant[]> {
    const isDue = this.#clock.monotonicMs() - (this.#failedAtMs ?? -Infinity) >= TRY_AGAIN_MS;
    if (isDue) {
      try {
        this.#storeCalls += 1;
        const asks = demands.map(({ view, ...rest }) => ({ ...askOf(view, view.declared, rest), pace: paceOf(view) }));
        const grants = await this.#store.lease(asks, this.#replicas().busy);
        this.#failedAtMs = undefined;
        return grants;
      } catch {
        // Any failure of the store is answered alike; the store's own users report it.
        this.#failedAtMs = this.#clock.monotonicMs();
      }
    }
    const { alive } = this.#replicas();
    const parts = demands.map(({ view, ...rest }) =>
      askOf(view, (view.rate ?? view.declared ?? FIRST_RATE) / Math.max(1, alive), rest),
    );
    const grants = await this.#standIn.lease(parts, 1);
    // The next part is taken of the whole again.
    return grants.map((grant) => ({ ...grant, rate: grant.rate * Math.max(1, alive) }));
  }
}

function askOf(view: BucketView, declared: number | undefined, wants: Pick<Demand, "wanted" | "urgent">): LeaseAsk {
  return { bucket: view.name, declared, wanted: wants.wanted, urgent: wants.urgent, pace: undefined };
}
