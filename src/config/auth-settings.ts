import { z } from "zod";
import { HMAC_ALGORITHMS, SIGNATURE_ALGORITHMS, type TokenAlgorithm } from "../domain/token-algorithms.ts";
import type { ConfigIssue } from "./issue.ts";
import { wholeNumber } from "./whole-number.ts";

const LOOPBACK = /^(127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** What holds for tokens of either kind. */
interface TokenRules {
  /** Algorithms that a token may name; at least one. */
  readonly algorithms: readonly TokenAlgorithm[];
  readonly issuer?: string;
  readonly audience?: string;
  /** Maximum accepted difference between the clocks of issuer and verifier, in seconds. */
  readonly clockToleranceSeconds: number;
}

export type AuthConfig =
  | { readonly kind: "development" }
  | ({ readonly kind: "secret"; readonly secret: string } & TokenRules)
  | ({
      readonly kind: "jwks";
      readonly url: string;
      /** Time after which keys are fetched again: a key that the issuer has removed is accepted no longer than this. */
      readonly keysMaxAgeMs: number;
      /** Least time between two fetches for keys that are not known. */
      readonly keysCooldownMs: number;
      /** Time for which the last keys are used beyond their age while the issuer cannot be reached. */
      readonly keysOutageMs: number;
    } & TokenRules);

/** Settings of authentication, as part of the environment. */
export const AUTH_SETTINGS = {
  AUTH_JWKS_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .optional()
    .describe("URL of the token issuer's keys (JWKS)."),
  AUTH_JWKS_MAX_AGE_SECONDS: wholeNumber(1, 86_400)
    .optional()
    .describe(
      "Seconds after which the issuer's keys are fetched again: a key that it has removed is accepted no longer. Default: `300`.",
    ),
  AUTH_JWKS_COOLDOWN_SECONDS: wholeNumber(1, 3_600)
    .optional()
    .describe(
      "Seconds between two fetches of the keys that tokens with unknown keys may cause: a new key is accepted after this time at the latest. Default: `30`.",
    ),
  AUTH_JWKS_OUTAGE_SECONDS: wholeNumber(0, 86_400)
    .optional()
    .describe(
      "Seconds for which the last keys are accepted beyond their age while the issuer cannot be reached. Default: `3600`.",
    ),
  AUTH_ISSUER: z.string().min(1).optional().describe("Required `iss` of a token."),
  AUTH_AUDIENCE: z.string().min(1).optional().describe("Required `aud` of a token."),
  AUTH_ALGORITHMS: z
    .string()
    .transform((text) => text.split(",").map((algorithm) => algorithm.trim()))
    .optional()
    .describe(
      `Algorithms that tokens may be signed with, separated by commas: \`ES256,RS256\`. Default: all of [auth.md](auth.md) for the kind of key.`,
    ),
  AUTH_CLOCK_TOLERANCE_SECONDS: wholeNumber(0, 300)
    .optional()
    .describe("Seconds by which the clocks of issuer and service may differ. Default: `5`."),
  AUTH_JWT_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe("Shared secret of HS256 tokens, instead of AUTH_JWKS_URL."),
};

type AuthEnvironment = z.infer<z.ZodObject<typeof AUTH_SETTINGS>>;

const DEFAULTS = { maxAgeSeconds: 300, cooldownSeconds: 30, outageSeconds: 3_600, clockToleranceSeconds: 5 };

/** Returns how callers authenticate; mistakes are added to `issues`. */
export function authOf(settings: AuthEnvironment & { readonly HOST: string }, issues: ConfigIssue[]): AuthConfig {
  const { AUTH_JWKS_URL: url, AUTH_JWT_SECRET: secret } = settings;
  if (url !== undefined && secret !== undefined) {
    issues.push({ path: "AUTH_JWT_SECRET", expected: "must not be set together with AUTH_JWKS_URL" });
  }
  if (url === undefined) refuseAlone(settings, /^AUTH_JWKS_/, "AUTH_JWKS_URL", issues);
  if (url === undefined && secret === undefined) return developmentOf(settings, issues);
  const rules = rulesOf(settings, url === undefined ? HMAC_ALGORITHMS : SIGNATURE_ALGORITHMS, issues);
  if (url === undefined) return { kind: "secret", secret: secret ?? "", ...rules };
  return {
    kind: "jwks",
    url,
    keysMaxAgeMs: (settings.AUTH_JWKS_MAX_AGE_SECONDS ?? DEFAULTS.maxAgeSeconds) * 1_000,
    keysCooldownMs: (settings.AUTH_JWKS_COOLDOWN_SECONDS ?? DEFAULTS.cooldownSeconds) * 1_000,
    keysOutageMs: (settings.AUTH_JWKS_OUTAGE_SECONDS ?? DEFAULTS.outageSeconds) * 1_000,
    ...rules,
  };
}

function developmentOf(settings: AuthEnvironment & { readonly HOST: string }, issues: ConfigIssue[]): AuthConfig {
  refuseAlone(settings, /^AUTH_(?!JWKS_|JWT_SECRET)/, "AUTH_JWKS_URL or AUTH_JWT_SECRET", issues);
  if (!LOOPBACK.test(settings.HOST)) {
    issues.push({
      path: "HOST",
      expected: "must be loopback (127.0.0.1) unless AUTH_JWKS_URL or AUTH_JWT_SECRET is set",
    });
  }
  return { kind: "development" };
}

/** Settings that mean nothing without another one were meant to protect something. */
function refuseAlone(settings: object, names: RegExp, missing: string, issues: ConfigIssue[]): void {
  for (const [name, value] of Object.entries(settings))
    if (value !== undefined && name !== "AUTH_JWKS_URL" && names.test(name))
      issues.push({ path: name, expected: `must not be set without ${missing}` });
}

function rulesOf(settings: AuthEnvironment, known: readonly TokenAlgorithm[], issues: ConfigIssue[]): TokenRules {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_ALGORITHMS: named } = settings;
  const unknown = named?.find((name) => !known.some((algorithm) => algorithm === name));
  if (unknown !== undefined)
    issues.push({ path: "AUTH_ALGORITHMS", expected: `must be of ${known.join(", ")}, not ${unknown}` });
  return {
    algorithms: known.filter((algorithm) => named === undefined || named.includes(algorithm)),
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    clockToleranceSeconds: settings.AUTH_CLOCK_TOLERANCE_SECONDS ?? DEFAULTS.clockToleranceSeconds,
  };
}
