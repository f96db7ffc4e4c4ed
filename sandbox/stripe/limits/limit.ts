/** Counting method of a limit. */
export type Rule =
  /** Refills steadily; full at first. */
  | { readonly kind: "token-bucket"; readonly perSecond: number; readonly burst: number }
  /** Restarts at every multiple of `windowMs` since 1970. */
  | { readonly kind: "fixed-window"; readonly quota: number; readonly windowMs: number }
  /** Allows at most `quota` within any period of `windowMs`, wherever it begins: a log of the taken permits. */
  | { readonly kind: "sliding-window"; readonly quota: number; readonly windowMs: number }
  /** Number of concurrent requests. */
  | { readonly kind: "concurrency"; readonly concurrency: number };

/** Format in which a response describes a limit. README.md has the exact headers. */
export const HEADER_STYLES = ["none", "ietf", "ietf-old", "x-seconds", "x-epoch", "x-epoch-ms"] as const;
export type HeaderStyle = (typeof HEADER_STYLES)[number];

/** Incorrect information that the headers can contain. The limit itself is enforced correctly. */
export const DISTORTION_NAMES = [
  "always-zero",
  "always-full",
  "past-reset",
  "huge-reset",
  "negative",
  "garbage",
  "epoch-as-delta",
  "delta-as-epoch",
] as const;
export type Distortion = (typeof DISTORTION_NAMES)[number];

/**
 * One limit on `/v1/` requests. Several limits apply at the same time: a request takes permits of all that match it, or
 * of none.
 */
export interface Limit {
  /** Unique among the active limits; letters, digits and `_.:-`. */
  readonly name: string;
  readonly rule: Rule;
  /** `read` is GET, `write` every other method; undefined for both. */
  readonly method: "read" | "write" | undefined;
  /** This path and all paths below it; undefined for every path. */
  readonly path: string | undefined;
  /**
   * Number of permits that a request takes, by `GET /v1/charges`, or `/v1/charges/:id` for every method; 1 where not
   * listed.
   */
  readonly weights: Readonly<Record<string, number>> | undefined;
  /** Secret keys that it applies to; undefined for all. */
  readonly keys: readonly string[] | undefined;
  /** True for one state shared by all keys, instead of one for each. */
  readonly shared: boolean;
  readonly headers: HeaderStyle;
  /**
   * `Retry-After` of 429 responses: `seconds` (rounded up) or `date` give the correct time; other text is sent
   * unchanged; undefined for none.
   */
  readonly retryAfter: string | undefined;
  readonly distortion: Distortion | undefined;
}

/** The properties of a request that a limit needs. */
export interface LimitedRequest {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** The path with `:id` in place of ids. */
  readonly pattern: string;
  /** True if it ends immediately: concurrency limits do not apply to it. */
  readonly isInstant?: boolean;
}

/** Returns whether a request is subject to a limit, not considering its key. */
export function isSubjectTo(limit: Limit, request: LimitedRequest): boolean {
  const { method, path, isInstant = false } = request;
  if (isInstant && limit.rule.kind === "concurrency") return false;
  if (limit.method !== undefined && (limit.method === "read") !== (method === "GET")) return false;
  return limit.path === undefined || path === limit.path || path.startsWith(`${limit.path}/`);
}

/**
 * Number of permits of a limit that a request takes, at least 1 and at most the capacity, so that it can be admitted at
 * some time.
 */
export function costOf({ weights, rule }: Limit, { method, pattern }: LimitedRequest): number {
  if (weights === undefined) return 1;
  return Math.min(weights[`${method} ${pattern}`] ?? weights[pattern] ?? 1, capacityOf(rule));
}

/** Maximum number of permits available at one moment. */
export function capacityOf(rule: Rule): number {
  if (rule.kind === "token-bucket") return rule.burst;
  return rule.kind === "concurrency" ? rule.concurrency : rule.quota;
}
