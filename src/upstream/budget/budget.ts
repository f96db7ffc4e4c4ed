import { CONCURRENCY, type BudgetPolicy } from "../../connector-api/budget.ts";
import type { UpstreamRequest } from "../../connector-api/client.ts";
import type { Clock } from "../clock.ts";
import { Permits, type Need } from "../permits.ts";
import { BucketView } from "./bucket-view.ts";
import type { BudgetStore, ClosedReason, Closure, Pace, Refusal } from "./budget-store.ts";
import { LeaseDesk } from "./lease-desk.ts";
import type { JoinShare, Share } from "./share.ts";

export interface BudgetOptions {
  /** Names the credential without showing it. */
  readonly credential: string;
  readonly policy: BudgetPolicy;
  readonly store: BudgetStore;
  readonly join: JoinShare;
  readonly clock: Clock;
  /** A bucket was closed, by this replica's call. */
  readonly onClosed: (closure: Closure) => void;
}

/** What an answer means for the buckets that its call drew on. */
export interface Verdict {
  readonly needs: readonly Need[];
  /** Bucket that is meant, or `CONCURRENCY`; undefined: all that the call drew on. */
  readonly bucket: string | undefined;
  /** 0: no time was named. */
  readonly closeForMs: number;
  readonly reason: ClosedReason;
  /** The upstream refused the call. */
  readonly slowDown: boolean;
}

/** How much one credential may ask of its upstream: this process's part in what all replicas share. */
export class Budget {
  readonly permits: Permits;
  readonly #options: BudgetOptions;
  readonly #views = new Map<string, BucketView>();
  readonly #paces = new Map<string, Pace>();
  readonly #desk: LeaseDesk;
  readonly #share: Share;
  #closed = false;

  constructor(options: BudgetOptions) {
    const { clock, credential, policy } = options;
    this.#options = options;
    const desk = new LeaseDesk({
      store: options.store,
      clock,
      replicas: () => ({ alive: this.#share.replicas(), busy: this.#share.busyReplicas() }),
      onGrant: () => this.permits.dismiss(), // a bucket may have come back closed
    });
    this.#desk = desk;
    this.permits = new Permits(clock, {
      concurrency: () => (this.#closed ? 0 : this.#share.calls()),
      ask: (demands) => desk.ask(demands, ({ name }) => this.#takePace(name)),
      isAsking: () => desk.isAsking,
      grow: () => this.#share.grow(),
    });
    this.#share = options.join({
      credential,
      maxConcurrent: policy.maxConcurrent,
      load: () => this.permits.load(),
      onChange: () => this.permits.handOut(),
    });
  }

  /** Calls to the store so far. */
  get storeCalls(): number {
    return this.#desk.storeCalls;
  }

  /** The buckets that were drawn on so far, as this replica knows them. */
  buckets(): readonly { readonly name: string; readonly rate: number | undefined; readonly closedForMs: number }[] {
    const nowMs = this.#options.clock.monotonicMs();
    return [...this.#views.values()].map(({ name, rate, closedUntilMs }) => ({
      name,
      rate,
      closedForMs: Math.max(0, closedUntilMs - nowMs),
    }));
  }

  /** The buckets that a call draws on, the tightest first. */
  needsOf(request: Pick<UpstreamRequest, "method" | "path">): readonly Need[] {
    const costs = this.#options.policy.costs(request);
    return costs.map(({ bucket, part, weight = 1 }) => {
      const view = this.#view(part === undefined ? bucket : `${bucket}/${part}`, bucket);
      view.expect(weight, costs.length);
      return { view, weight };
    });
  }

  /** Keeps to what the upstream said, at once here and soon everywhere. */
  async keepTo(verdict: Verdict): Promise<void> {
    const { closeForMs, reason, slowDown } = verdict;
    const meant = verdict.needs.filter(
      ({ view }) => verdict.bucket === undefined || isPartOf(view.name, verdict.bucket),
    );
    for (const { view } of meant) this.#close(view, closeForMs);
    const refusals: Refusal[] = meant.map(({ view }) => ({
      bucket: view.name,
      declared: view.declared,
      closeForMs,
      reason,
      slowDown,
    }));
    if (verdict.bucket === CONCURRENCY) refusals.push(this.#concurrencyRefusal(reason));
    if (refusals.length === 0) return;
    const closures = await this.#desk.refuse(refusals);
    for (const closure of closures) if (closure.isNew) this.#options.onClosed(closure);
  }

  /** Goes slower, as the upstream's headers ask; told to the store with the next lease. */
  pace(view: BucketView, pace: Pace): void {
    this.#paces.set(view.name, pace);
  }

  /** Another replica was told to stay away. */
  closeBucket(bucket: string, closeForMs: number): void {
    const view = this.#views.get(bucket);
    if (view !== undefined) this.#close(view, closeForMs);
  }

  close(): void {
    this.#closed = true;
    this.#share.leave();
  }

  #close(view: BucketView, closeForMs: number): void {
    if (closeForMs <= 0) return;
    view.close(this.#options.clock.monotonicMs() + closeForMs);
    this.permits.dismiss();
  }

  #concurrencyRefusal(reason: ClosedReason): Refusal {
    const declared = this.#options.policy.maxConcurrent;
    return { bucket: CONCURRENCY, declared, closeForMs: 0, reason, slowDown: true };
  }

  #takePace(bucket: string): Pace | undefined {
    const pace = this.#paces.get(bucket);
    this.#paces.delete(bucket);
    return pace;
  }

  #view(name: string, bucket: string): BucketView {
    const held = this.#views.get(name);
    if (held !== undefined) return held;
    const view = new BucketView(name, this.#options.policy.buckets[bucket]?.requestsPerSecond);
    this.#views.set(name, view);
    return view;
  }
}

/** `endpoint/charges` is a part of `endpoint`. */
function isPartOf(name: string, bucket: string): boolean {
  return name === bucket || name.startsWith(`${bucket}/`);
}
