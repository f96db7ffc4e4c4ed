import type { UpstreamRequest } from "./client.ts";

/** A limit with a counter of its own at the upstream. */
export interface BucketPolicy {
  /** Calls, or their weights, per second. Undefined: unknown, and learned from rejected calls. */
  readonly requestsPerSecond: number | undefined;
}

/** Permits that one call takes from one bucket. */
export interface Cost {
  /** A name in `BudgetPolicy.buckets`. */
  readonly bucket: string;
  /** Part of the bucket that has the rate for itself: an endpoint's name. Undefined: the bucket is not divided. */
  readonly part?: string;
  /** Number of permits that the call takes. Default: 1. */
  readonly weight?: number;
}

/** Used as a bucket name for the limit of concurrent calls. */
export const CONCURRENCY = "concurrency";

/** Used as a bucket name for no limit: the upstream rejected a call with 429 for another reason. */
export const NO_LIMIT = "none";

/** A response with status 429 that the connector has not accepted. */
export interface RefusedAnswer {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Call limits of one credential at its upstream, across all replicas and all kinds of work. */
export interface BudgetPolicy {
  readonly buckets: Readonly<Record<string, BucketPolicy>>;
  /** Maximum number of concurrent calls. Undefined: learned from rejected calls. */
  readonly maxConcurrent: number | undefined;
  /**
   * Returns the permits that a call takes, the tightest bucket first. Total and cheap: it is called for every attempt.
   */
  costs(request: Pick<UpstreamRequest, "method" | "path">): readonly Cost[];
  /**
   * Returns the permits of a call through the connector's channel, by its name, the tightest bucket first. Total and
   * cheap. Absent: one permit of each bucket.
   */
  callCosts?(name: string): readonly Cost[];
  /**
   * Returns the limit that a 429 refers to: a bucket's name, `CONCURRENCY`, or `NO_LIMIT` if it is about one object
   * that is currently locked: such a call is sent again, and no limit counts as reached. Undefined, or left out: the
   * upstream does not state it, and every bucket that the call used counts as exhausted. Total.
   */
  refusedBy?(answer: RefusedAnswer): string | undefined;
}

/** Budget settings of a source's operator: each figure overrides that of the connector's policy. */
export interface BudgetOverride {
  /** Calls per second by bucket. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly maxConcurrent?: number;
}

/** Creates a policy with one bucket for all calls: `{name}` in the graph is `calls`. */
export function singleBucket(limits: {
  readonly requestsPerSecond: number | undefined;
  readonly maxConcurrent: number | undefined;
}): BudgetPolicy {
  const costs: readonly Cost[] = [{ bucket: "calls" }];
  return {
    buckets: { calls: { requestsPerSecond: limits.requestsPerSecond } },
    maxConcurrent: limits.maxConcurrent,
    costs: () => costs,
  };
}

/** Returns the policy with the operator's figures in place of the connector's. */
export function withOverride(policy: BudgetPolicy, override: BudgetOverride | undefined): BudgetPolicy {
  if (override === undefined) return policy;
  const buckets = Object.entries(policy.buckets).map(
    ([name, bucket]) => [name, { requestsPerSecond: override.rates?.[name] ?? bucket.requestsPerSecond }] as const,
  );
  return {
    ...policy,
    buckets: Object.fromEntries(buckets),
    maxConcurrent: override.maxConcurrent ?? policy.maxConcurrent,
  };
}
