import type { Clock } from "../../runtime/clock.ts";
import type { BucketView, Demand } from "./bucket-view.ts";
import type { BudgetStore, Closure, LeaseRequest, LeaseGrant, BucketRefusal } from "./budget-store.ts";
import { OfflineShare, withinPart } from "./offline-share.ts";

/** Interval between retries while the store is unavailable. */
const TRY_AGAIN_MS = 1_000;
/**
 * Time after the store's recovery during which other replicas may still use their even share: no replica takes more
 * than that until all have noticed. The others retry once per `TRY_AGAIN_MS`, and a response may take a second.
 */
const RETURN_MS = 2_500;

/**
 * Gets permits for the buckets of one credential: from the store that all replicas share, and while that is unavailable
 * from a local bucket with an even share of the rate. The rate is never unlimited.
 */
export class PermitClient {
  readonly #store: BudgetStore;
  readonly #part: OfflineShare;
  readonly #clock: Clock;
  readonly #onGrant: () => void;
  readonly #replicas: () => { readonly alive: number; readonly busy: number };
  #isRequesting = false;
  /** Time of the store's last failure; undefined while it responds. */
  #failedAtMs: number | undefined;
  /** Time at which it responded again after that. */
  #backAtMs = -Infinity;
  /** Number of replicas while the store responded: after an outage, no heartbeats have been received for a while. */
  #aliveBefore = 1;
  #storeCalls = 0;

  constructor(options: {
    readonly store: BudgetStore;
    readonly clock: Clock;
    readonly onGrant: () => void;
    readonly replicas: () => { readonly alive: number; readonly busy: number };
  }) {
    this.#store = options.store;
    this.#part = new OfflineShare({
      clock: options.clock,
      parts: () => Math.max(this.#aliveBefore, options.replicas().alive),
    });
    this.#clock = options.clock;
    this.#onGrant = options.onGrant;
    this.#replicas = options.replicas;
  }

  /** Number of calls to the store so far. */
  get storeCalls(): number {
    return this.#storeCalls;
  }

  /** True while permits come from the even share. */
  get isCutOff(): boolean {
    return this.#failedAtMs !== undefined;
  }

  get isRequesting(): boolean {
    return this.#isRequesting;
  }

  /**
   * Requests permits once; granted permits are added to the views, and `onGrant` is called. One request at a time:
   * other callers wait for its response.
   */
  ask(demands: readonly Demand[], paceOf: (view: BucketView) => LeaseRequest["pace"]): void {
    if (this.#isRequesting || demands.length === 0) return;
    this.#isRequesting = true;
    void this.#lease(demands, paceOf).then((grants) => {
      this.#isRequesting = false;
      const nowMs = this.#clock.monotonicMs();
      for (const { view } of demands) {
        const grant = grants.find(({ bucket }) => bucket === view.name);
        if (grant !== undefined) view.add(grant, nowMs);
      }
      this.#onGrant();
    });
  }

  /** Reports the upstream's refusals to the store. Does not throw: this replica obeys them in any case. */
  async refuse(refusals: readonly BucketRefusal[]): Promise<readonly Closure[]> {
    this.#storeCalls += 1;
    return this.#store.refuse(refusals).catch(() => this.#part.refuse(refusals));
  }

  async #lease(
    demands: readonly Demand[],
    paceOf: (view: BucketView) => LeaseRequest["pace"],
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
      // Any failure of the store is handled in the same way; the store's own users report it.
      if (!this.isCutOff) await this.#part.begin(demands);
      this.#failedAtMs = this.#clock.monotonicMs();
      return part ?? this.#part.lease(demands);
    }
  }

  /** Drops the even share's turns that are still leased: the turns granted by the store may lie closer. */
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

function askOf({ view, needed, interactive }: Demand, pace: LeaseRequest["pace"]): LeaseRequest {
  return { bucket: view.name, declared: view.declared, needed, interactive, pace };
}
