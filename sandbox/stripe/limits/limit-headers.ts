import type { AdvertisedLimit } from "./advertised-limit.ts";
import type { HeaderStyle } from "./limit.ts";

type Headers = Readonly<Record<string, string>>;

/**
 * Headers that describe limits, each in its own style. A style with room for one limit describes the one with the
 * smallest free share.
 */
export function limitHeaders(limits: readonly AdvertisedLimit[]): Headers {
  const headers: Record<string, string> = {};
  for (const style of new Set(limits.map(({ limit }) => limit.headers))) {
    const [first, ...rest] = limits.filter(({ limit }) => limit.headers === style);
    if (first !== undefined && style !== "none") Object.assign(headers, STYLES[style]([first, ...rest]));
  }
  return headers;
}

const STYLES: Readonly<
  Record<Exclude<HeaderStyle, "none">, (limits: readonly [AdvertisedLimit, ...AdvertisedLimit[]]) => Headers>
> = {
  ietf: (limits) => ({
    "RateLimit-Policy": limits.map(policyMember).join(", "),
    RateLimit: limits.map(stateMember).join(", "),
  }),
  "ietf-old": (limits) => ({
    "RateLimit-Policy": limits.map(({ policy }) => `${policy.quota}${parameter("w", policy.windowS)}`).join(", "),
    ...threeHeaders("RateLimit", tightest(limits), "deltaS"),
  }),
  "x-seconds": (limits) => threeHeaders("X-RateLimit", tightest(limits), "deltaS"),
  "x-epoch": (limits) => threeHeaders("X-RateLimit", tightest(limits), "epochS"),
  "x-epoch-ms": (limits) => threeHeaders("X-RateLimit", tightest(limits), "epochMs"),
};

// Both headers: draft-ietf-httpapi-ratelimit-headers-10, lists of RFC 9651 whose items are quoted names with
// parameters.
function policyMember({ limit, policy }: AdvertisedLimit): string {
  const unit = limit.rule.kind === "concurrency" ? ';qu="concurrent-requests"' : "";
  return `"${limit.name}";q=${policy.quota}${unit}${parameter("w", policy.windowS)}`;
}

function stateMember({ limit, remaining, reset }: AdvertisedLimit): string {
  return `"${limit.name}";r=${remaining}${parameter("t", reset?.deltaS)}`;
}

const parameter = (name: string, value: string | number | undefined): string =>
  value === undefined ? "" : `;${name}=${value}`;

/** Headers before draft 07 of the same specification, which most APIs send with the prefix `X-`. */
function threeHeaders(
  prefix: string,
  { policy, remaining, reset }: AdvertisedLimit,
  unit: "deltaS" | "epochS" | "epochMs",
): Headers {
  return {
    [`${prefix}-Limit`]: String(policy.quota),
    [`${prefix}-Remaining`]: remaining,
    ...(reset === undefined ? {} : { [`${prefix}-Reset`]: reset[unit] }),
  };
}

function tightest(limits: readonly [AdvertisedLimit, ...AdvertisedLimit[]]): AdvertisedLimit {
  return limits.reduce((least, claim) => (claim.share < least.share ? claim : least));
}
