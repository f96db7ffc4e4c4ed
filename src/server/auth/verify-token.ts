import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { ServiceError } from "../../domain/error.ts";
import type { AuthSettings } from "./settings.ts";

/** Maximum accepted difference between the clocks of issuer and verifier. */
const CLOCK_TOLERANCE_SECONDS = 5;
const KEYS_TIMEOUT_MS = 5_000;
const HMAC = ["HS256", "HS384", "HS512"];
/** Listed one by one, so that a public key is never used as an HMAC secret, and `none` is never accepted. */
const SIGNATURES = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** Checks a token's signature, times, issuer and audience, and returns its claims. */
export type VerifyToken = (token: string) => Promise<JWTPayload>;

/**
 * Creates the verifier. Keys of a JWKS are fetched when first needed and cached; for an unknown key they are fetched
 * again, at most every 30 seconds.
 * @returns a function that throws ServiceError UNAUTHENTICATED | UPSTREAM_UNAVAILABLE (the issuer's keys cannot be
 * fetched)
 */
export function createTokenVerifier(settings: Exclude<AuthSettings, { kind: "development" }>): VerifyToken {
  const options: JWTVerifyOptions = {
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ["exp"], // a token that never expires cannot be revoked
    ...(settings.issuer !== undefined && { issuer: settings.issuer }),
    ...(settings.audience !== undefined && { audience: settings.audience }),
  };
  const verify = verifierOf(settings, options);
  return async (token) => {
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
    return (token: string) => jwtVerify(token, secret, { ...options, algorithms: HMAC });
  }
  const keys = createRemoteJWKSet(new URL(settings.url), { timeoutDuration: KEYS_TIMEOUT_MS });
  return (token: string) => jwtVerify(token, keys, { ...options, algorithms: SIGNATURES });
}

/** Describes what is wrong with the token, without its content; missing keys are not the caller's fault. */
function refusal(reason: unknown): ServiceError {
  if (reason instanceof errors.JWTExpired) return new ServiceError("UNAUTHENTICATED", "the token has expired");
  if (reason instanceof errors.JWTClaimValidationFailed) {
    return new ServiceError("UNAUTHENTICATED", `the token's claim "${reason.claim}" is missing or not valid`);
  }
  const isToken =
    reason instanceof errors.JOSEError &&
    !(reason instanceof errors.JWKSTimeout) &&
    !(reason instanceof errors.JWKSInvalid) &&
    reason.code !== "ERR_JOSE_GENERIC";
  if (isToken) return new ServiceError("UNAUTHENTICATED", "the token is not valid", { cause: reason });
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the token issuer's keys can't be fetched", {
    detail: `token keys: ${String(reason)}`,
    cause: reason,
    retryAfterMs: 1_000,
  });
}
