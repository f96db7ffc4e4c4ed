import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { ServiceError } from "../../domain/error.ts";
import type { AuthSettings } from "./settings.ts";

/** Clocks of issuer and verifier may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;
const KEYS_TIMEOUT_MS = 5_000;
const HMAC = ["HS256", "HS384", "HS512"];
/** Named one by one, so that a public key is never taken for an HMAC secret, and `none` for nothing. */
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
 * Makes the check. Keys of a JWKS are fetched when first needed and kept; unknown ones are looked for again, at most
 * every 30 seconds.
 * @returns a function that throws ServiceError UNAUTHENTICATED | UPSTREAM_UNAVAILABLE (the issuer's keys can't be had)
 */
export function createTokenVerifier(settings: Exclude<AuthSettings, { kind: "development" }>): VerifyToken {
  const options: JWTVerifyOptions = {
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ["exp"], // a token that never expires cannot be taken back
    ...(settings.issuer !== undefined && { issuer: settings.issuer }),
    ...(settings.audience !== undefined && { audience: settings.audience }),
  };
  const verify = verifierOf(settings, options);
  return async (token) => {
    try {
      return (await verify(token)).payload;
    } catch (reason) {
      throw refusal(reason);
    }
  };
}

function verifierOf(settings: Exclude<AuthSettings, { kind: "development" }>, options: JWTVerifyOptions) {
  if (settings.kind === "secret") {
    const secret = new TextEncoder().encode(settings.secret);
    return (token: string) => jwtVerify(token, secret, { ...options, algorithms: HMAC });
  }
  const keys = createRemoteJWKSet(new URL(settings.url), { timeoutDuration: KEYS_TIMEOUT_MS });
  return (token: string) => jwtVerify(token, keys, { ...options, algorithms: SIGNATURES });
}

/** What is wrong with the token, without its content; that keys are missing is not the caller's fault. */
function refusal(reason: unknown): ServiceError {
  if (reason instanceof errors.JWTExpired) return new ServiceError("UNAUTHENTICATED", "the token has expired");
  if (reason instanceof errors.JWTClaimValidationFailed) {
    return new ServiceError("UNAUTHENTICATED", `the token's claim "${reason.claim}" is missing or wrong`);
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
