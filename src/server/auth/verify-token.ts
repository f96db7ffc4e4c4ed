import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { ServiceError } from "../../domain/error.ts";
import { HMAC_ALGORITHMS, SIGNATURE_ALGORITHMS, type TokenAlgorithm } from "../../domain/token-algorithms.ts";
import { createRemoteKeys, isAboutToken } from "./remote-keys.ts";
import type { AuthSettings, TokenRules } from "./settings.ts";

/** Default of the setting. */
export const CLOCK_TOLERANCE_SECONDS = 5;
/** More than any token has; the header of a request is limited to as much. */
const MAX_CHARACTERS = 16_384;

/** Checks a token's signature, times, issuer and audience, and returns its claims. */
export type VerifyToken = (token: string) => Promise<JWTPayload>;

/**
 * Creates the verifier.
 * @returns a function that throws ServiceError UNAUTHENTICATED | UPSTREAM_UNAVAILABLE (the issuer's keys cannot be
 * fetched)
 */
export function createTokenVerifier(settings: Exclude<AuthSettings, { kind: "development" }>): VerifyToken {
  const options: JWTVerifyOptions = {
    clockTolerance: settings.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ["exp"], // a token that never expires cannot be revoked
    ...(settings.issuer !== undefined && { issuer: settings.issuer }),
    ...(settings.audience !== undefined && { audience: settings.audience }),
  };
  const verify = verifierOf(settings, options);
  return async (token) => {
    if (token.length > MAX_CHARACTERS) throw new ServiceError("UNAUTHENTICATED", "the token is too long");
    try {
      return ownClaims((await verify(token)).payload, settings);
    } catch (reason) {
      throw refusal(reason);
    }
  };
}

/**
 * Returns the claims that the token itself has. The verifier also finds inherited ones, which a dependency that
 * pollutes `Object.prototype` would give to every token.
 */
function ownClaims(payload: JWTPayload, settings: { issuer?: string; audience?: string }): JWTPayload {
  const claims: JWTPayload = Object.assign(Object.create(null) as object, payload);
  const required = ["exp", settings.issuer !== undefined && "iss", settings.audience !== undefined && "aud"];
  const missing = required.find((name) => name !== false && claims[name] === undefined);
  if (typeof missing === "string") throw new errors.JWTClaimValidationFailed("missing", payload, missing, "missing");
  return claims;
}

function verifierOf(settings: Exclude<AuthSettings, { kind: "development" }>, options: JWTVerifyOptions) {
  if (settings.kind === "secret") {
    const secret = new TextEncoder().encode(settings.secret);
    return (token: string) => jwtVerify(token, secret, { ...options, algorithms: allowed(HMAC_ALGORITHMS, settings) });
  }
  const keys = createRemoteKeys(settings);
  return (token: string) => jwtVerify(token, keys, { ...options, algorithms: allowed(SIGNATURE_ALGORITHMS, settings) });
}

/** Algorithms for another kind of key are never allowed, whatever the settings name. */
function allowed(known: readonly TokenAlgorithm[], { algorithms = known }: TokenRules): string[] {
  return known.filter((algorithm) => algorithms.includes(algorithm));
}

/** Describes what is wrong with the token, without its content; missing keys are not the caller's fault. */
function refusal(reason: unknown): ServiceError {
  if (reason instanceof errors.JWTExpired) return new ServiceError("UNAUTHENTICATED", "the token has expired");
  if (reason instanceof errors.JWTClaimValidationFailed) {
    return new ServiceError("UNAUTHENTICATED", `the token's claim "${reason.claim}" is missing or not valid`);
  }
  if (isAboutToken(reason)) return new ServiceError("UNAUTHENTICATED", "the token is not valid", { cause: reason });
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the token issuer's keys can't be fetched", {
    detail: `token keys: ${String(reason)}`,
    cause: reason,
    retryAfterMs: 1_000,
  });
}
