import { CONCURRENCY, type BudgetPolicy, type Cost } from "../../connector-api/budget.ts";
import type { UpstreamRequest } from "../../connector-api/client.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Permits, type Need } from "./permits.ts";
import { BucketView } from "./bucket-view.ts";
import type { BudgetStore, ClosedReason, Closure, Pace, BucketRefusal } from "./budget-store.ts";
import { PermitClient } from "./permit-client.ts";
import type { JoinShare, Share } from "./share.ts";

/** By which a policy knows the cost of a call: an HTTP request, or a call through a channel by its name. */
export type CallTarget = Pick<UpstreamRequest, "method" | "path"> | { readonly name: string };

export interface BudgetOptions {
  /** Identifies the credential without revealing it. */
  readonly credential: string;
  readonly policy: BudgetPolicy;
  readonly store: BudgetStore;
  readonly join: JoinShare;
  readonly clock: Clock;
  /** Called when a bucket was closed by this replica's call. */
  readonly onClosed: (closure: Closure) => void;
}

/** Effect of a response on the buckets that its call drew on. */
export interface LimitUpdate {
  readonly needs: readonly Need[];
  /** The affected bucket, or `CONCURRENCY`; undefined: all that the call drew on. */
  readonly bucket: string | undefined;
  /** Milliseconds; 0: no time was stated. */
  readonly closeForMs: number;
  readonly reason: ClosedReason;
  /** True if the upstream refused the call. */
  readonly slowDown: boolean;
}

/** Call budget of one credential: this process's share of the limits that all replicas share. */
export class Budget {
  readonly permits: Permits;
  readonly #options: BudgetOptions;
  #policy: BudgetPolicy;
  readonly #views = new Map<string, BucketView>();
  readonly #paces = new Map<string, Pace>();
  readonly #permitClient: PermitClient;
  readonly #share: Share;
  #closed = false;

  constructor(options: BudgetOptions) {
    const { clock, credential, policy } = options;
    this.#options = options;
    this.#policy = policy;
    const permitClient = new PermitClient({
      store: options.store,
      clock,
      replicas: () => ({ alive: this.#share.replicas(), busy: this.#share.busyReplicas() }),
      onGrant: () => this.permits.dismiss(), // a returned bucket may be closed
    });
    this.#permitClient = permitClient;
    this.permits = new Permits(clock, {
      concurrency: () => (this.#closed ? 0 : this.#share.calls()),
      ask: (demands) => permitClient.ask(demands, ({ name }) => this.#takePace(name)),
      isRequesting: () => permitClient.isRequesting,
      grow: () => this.#share.grow(),
    });
    this.#share = options.join({
      credential,
      maxConcurrent: policy.maxConcurrent,
      load: () => this.permits.load(),
      onChange: () => this.permits.handOut(),
    });
  }

  /** Number of calls to the store so far. */
  get storeCalls(): number {
    return this.#permitClient.storeCalls;
  }

  /** The buckets used so far, with this replica's state of them. */
  buckets(): readonly { readonly name: string; readonly rate: number | undefined; readonly closedForMs: number }[] {
    const nowMs = this.#options.clock.monotonicMs();
    return [...this.#views.values()].map(({ name, rate, closedUntilMs }) => ({
      name,
      rate,
      closedForMs: Math.max(0, closedUntilMs - nowMs),
    }));
  }

  /** Returns the buckets that a call draws on, the tightest first. */
  needsOf(target: CallTarget): readonly Need[] {
    const costs = this.#costsOf(target);
    return costs.map(({ bucket, part, weight = 1 }) => {
      const view = this.#view(part === undefined ? bucket : `${bucket}/${part}`, bucket);
      view.expect(weight, costs.length);
      return { view, weight };
    });
  }

  /** Applies the upstream's response, at once in this process and soon in all replicas. */
  async applyLimit(update: LimitUpdate): Promise<void> {
    const { closeForMs, reason, slowDown } = update;
    const affected = update.needs.filter(
      ({ view }) => update.bucket === undefined || isPartOf(view.name, update.bucket),
    );
    for (const { view } of affected) this.#close(view, closeForMs);
    const refusals: BucketRefusal[] = affected.map(({ view }) => ({
      bucket: view.name,
      declared: view.declared,
      closeForMs,
      reason,
      slowDown,
    }));
    if (update.bucket === CONCURRENCY) refusals.push(this.#concurrencyRefusal(reason));
    if (refusals.length === 0) return;
    const closures = await this.#permitClient.refuse(refusals);
    for (const closure of closures) if (closure.isNew) this.#options.onClosed(closure);
  }

  /** Slows down, as the upstream's headers request; reported to the store with the next lease. */
  pace(view: BucketView, pace: Pace): void {
    this.#paces.set(view.name, pace);
  }

  /** Closes a bucket because the upstream rate-limited another replica. */
  closeBucket(bucket: string, closeForMs: number): void {
    const view = this.#views.get(bucket);
    if (view !== undefined) this.#close(view, closeForMs);
  }

  /** Applies changed limits: to permits that are leased from now on, and to calls that have not begun. */
  setPolicy(policy: BudgetPolicy): void {
    this.#policy = policy;
    for (const view of this.#views.values()) {
      const [bucket = view.name] = view.name.split("/"); // the others are parts of it
      view.setDeclaredRate(policy.buckets[bucket]?.requestsPerSecond);
    }
    this.#share.setMaxConcurrent(policy.maxConcurrent);
  }

  close(): void {
    this.#closed = true;
    this.#share.leave();
  }

  #costsOf(target: CallTarget): readonly Cost[] {
    if (!("name" in target)) return this.#policy.costs(target);
    return this.#policy.callCosts?.(target.name) ?? Object.keys(this.#policy.buckets).map((bucket) => ({ bucket }));
  }

  #close(view: BucketView, closeForMs: number): void {
    if (closeForMs <= 0) return;
    view.close(this.#options.clock.monotonicMs() + closeForMs);
    this.permits.dismiss();
  }

  #concurrencyRefusal(reason: ClosedReason): BucketRefusal {
    const declared = this.#policy.maxConcurrent;
    return { bucket: CONCURRENCY, declared, closeForMs: 0, reason, slowDown: true };
  }

  #takePace(bucket: string): Pace | undefined {
    const pace = this.#paces.get(bucket);
    this.#paces.delete(bucket);
    return pace;
  }

  #view(name: string, bucket: string): BucketView {
    const existing = this.#views.get(name);
    if (existing !== undefined) return existing;
    const view = new BucketView(name, this.#policy.buckets[bucket]?.requestsPerSecond);
    this.#views.set(name, view);
    return view;
  }
}

/** Returns true if a name is a part of a bucket: `endpoint/charges` is a part of `endpoint`. */
function isPartOf(name: string, bucket: string): boolean {
  return name === bucket || name.startsWith(`${bucket}/`);
}
