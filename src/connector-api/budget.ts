import type { UpstreamRequest } from "./client.ts";

/** A limit that the upstream counts by itself. */
export interface BucketPolicy {
  /** Calls, or their weights, per second. Undefined: nobody knows, and it is found out by what is refused. */
  readonly requestsPerSecond: number | undefined;
}

/** What one call draws from one bucket. */
export interface Cost {
  /** A name in `BudgetPolicy.buckets`. */
  readonly bucket: string;
  /** The part of the bucket that has the rate for itself: an endpoint's name. Undefined: the bucket is one. */
  readonly part?: string;
  /** How many permits the call takes. Default: 1. */
  readonly weight?: number;
}

/** Stands for the limit of concurrent calls where a bucket is named. */
export const CONCURRENCY = "concurrency";

/** How much one credential may ask of its upstream, over all replicas and all kinds of work. */
export interface BudgetPolicy {
  readonly buckets: Readonly<Record<string, BucketPolicy>>;
  /** Calls under way at a time. Undefined: found out by what is refused. */
  readonly maxConcurrent: number | undefined;
  /** What a call draws, the tightest bucket first. Total and cheap: it is asked for every try. */
  costs(request: Pick<UpstreamRequest, "method" | "path">): readonly Cost[];
  /**
   * Which limit a 429 speaks of: a bucket's name, or `CONCURRENCY`. Undefined, or left out: the upstream does not say, and
   * every bucket that the call drew on counts as refused.
   */
  refusedBy?(headers: Readonly<Record<string, string>>): string | undefined;
}

/** What a source's operator says of its budget: stands before the connector's policy, figure by figure. */
export interface BudgetOverride {
  /** Calls per second by bucket. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly maxConcurrent?: number;
}

/** One bucket for everything: `{name}` of the graph is `calls`. */
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

/** The policy with the operator's figures in place of the connector's. */
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
