/** How a limit counts. */
export type Rule =
  /** Refills steadily; full at first. */
  | { readonly kind: "token-bucket"; readonly perSecond: number; readonly burst: number }
  /** Begins anew at every multiple of `windowMs` since 1970. */
  | { readonly kind: "fixed-window"; readonly quota: number; readonly windowMs: number }
  /** Never more than `quota` within any `windowMs`, wherever it begins: a log of what was taken. */
  | { readonly kind: "sliding-window"; readonly quota: number; readonly windowMs: number }
  /** Requests in work at once. */
  | { readonly kind: "concurrency"; readonly concurrency: number };

/** How an answer tells of a limit. README.md has the exact headers. */
export const HEADER_STYLES = ["none", "ietf", "ietf-old", "x-seconds", "x-epoch", "x-epoch-ms"] as const;
export type HeaderStyle = (typeof HEADER_STYLES)[number];

/** What the headers say instead of the truth. The limit itself is enforced truthfully. */
export const LIES = [
  "always-zero",
  "always-full",
  "past-reset",
  "huge-reset",
  "negative",
  "garbage",
  "epoch-as-delta",
  "delta-as-epoch",
] as const;
export type Lie = (typeof LIES)[number];

/** One limit on `/v1/` requests. Several hold at once: a request needs permits of all that match it, or takes none. */
export interface Limit {
  /** Unique among the limits in force; letters, digits and `_.:-`. */
  readonly name: string;
  readonly rule: Rule;
  /** `read` is GET, `write` all else; undefined for both. */
  readonly method: "read" | "write" | undefined;
  /** This path and all below it; undefined for every path. */
  readonly path: string | undefined;
  /** Permits that a request takes, by `GET /v1/charges`, or `/v1/charges/:id` for every method; 1 where not named. */
  readonly weights: Readonly<Record<string, number>> | undefined;
  /** Secret keys that it holds for; undefined for all. */
  readonly keys: readonly string[] | undefined;
  /** One state for all keys, instead of one for each. */
  readonly shared: boolean;
  readonly headers: HeaderStyle;
  /** On refusals: `seconds`, rounded up, or `date` tell the truth; other text is sent as it is; undefined for none. */
  readonly retryAfter: string | undefined;
  readonly lie: Lie | undefined;
}

/** What a limit needs to know of a request. */
export interface LimitedRequest {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** The path with `:id` for ids. */
  readonly pattern: string;
  /** Ends at once: limits of concurrency do not hold for it. */
  readonly isInstant?: boolean;
}

/** Whether a request is subject to a limit; its key aside. */
export function isSubjectTo(limit: Limit, request: LimitedRequest): boolean {
  const { method, path, isInstant = false } = request;
  if (isInstant && limit.rule.kind === "concurrency") return false;
  if (limit.method !== undefined && (limit.method === "read") !== (method === "GET")) return false;
  return limit.path === undefined || path === limit.path || path.startsWith(`${limit.path}/`);
}

/** Permits of a limit that a request takes, at least 1; never more than there are, so that it can pass some time. */
export function costOf({ weights, rule }: Limit, { method, pattern }: LimitedRequest): number {
  if (weights === undefined) return 1;
  return Math.min(weights[`${method} ${pattern}`] ?? weights[pattern] ?? 1, capacityOf(rule));
}

/** Permits that can be had at once. */
export function capacityOf(rule: Rule): number {
  if (rule.kind === "token-bucket") return rule.burst;
  return rule.kind === "concurrency" ? rule.concurrency : rule.quota;
}
