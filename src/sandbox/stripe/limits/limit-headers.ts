import type { Claim } from "./claim.ts";
import type { HeaderStyle } from "./limit.ts";

type Headers = Readonly<Record<string, string>>;

/** Headers that tell of limits, each in its own style. A style that has room for one limit tells of the tightest. */
export function limitHeaders(claims: readonly Claim[]): Headers {
  const headers: Record<string, string> = {};
  for (const style of new Set(claims.map(({ limit }) => limit.headers))) {
    const [first, ...rest] = claims.filter(({ limit }) => limit.headers === style);
    if (first !== undefined && style !== "none") Object.assign(headers, STYLES[style]([first, ...rest]));
  }
  return headers;
}

const STYLES: Readonly<Record<Exclude<HeaderStyle, "none">, (claims: readonly [Claim, ...Claim[]]) => Headers>> = {
  ietf: (claims) => ({
    "RateLimit-Policy": claims.map(policyMember).join(", "),
    RateLimit: claims.map(stateMember).join(", "),
  }),
  "ietf-old": (claims) => ({
    "RateLimit-Policy": claims.map(({ policy }) => `${policy.quota}${parameter("w", policy.windowS)}`).join(", "),
    ...threeHeaders("RateLimit", tightest(claims), "deltaS"),
  }),
  "x-seconds": (claims) => threeHeaders("X-RateLimit", tightest(claims), "deltaS"),
  "x-epoch": (claims) => threeHeaders("X-RateLimit", tightest(claims), "epochS"),
  "x-epoch-ms": (claims) => threeHeaders("X-RateLimit", tightest(claims), "epochMs"),
};

// Both: draft-ietf-httpapi-ratelimit-headers-10, lists of RFC 9651 whose items are quoted names with parameters.
function policyMember({ limit, policy }: Claim): string {
  const unit = limit.rule.kind === "concurrency" ? ';qu="concurrent-requests"' : "";
  return `"${limit.name}";q=${policy.quota}${unit}${parameter("w", policy.windowS)}`;
}

function stateMember({ limit, remaining, reset }: Claim): string {
  return `"${limit.name}";r=${remaining}${parameter("t", reset?.deltaS)}`;
}

const parameter = (name: string, value: string | number | undefined): string =>
  value === undefined ? "" : `;${name}=${value}`;

/** Before draft 07 of the same, and what most APIs send with `X-`. */
function threeHeaders(
  prefix: string,
  { policy, remaining, reset }: Claim,
  unit: "deltaS" | "epochS" | "epochMs",
): Headers {
  return {
    [`${prefix}-Limit`]: String(policy.quota),
    [`${prefix}-Remaining`]: remaining,
    ...(reset === undefined ? {} : { [`${prefix}-Reset`]: reset[unit] }),
  };
}

function tightest(claims: readonly [Claim, ...Claim[]]): Claim {
  return claims.reduce((least, claim) => (claim.share < least.share ? claim : least));
}
