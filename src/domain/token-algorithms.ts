/** Signatures of an issuer's keys. No HMAC is one of them, so that a public key is never used as a shared secret. */
export const SIGNATURE_ALGORITHMS = [
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
] as const;

/** Signatures with a shared secret. */
export const HMAC_ALGORITHMS = ["HS256", "HS384", "HS512"] as const;

/** Algorithm that a token may be signed with. `none` is no algorithm. */
export type TokenAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number] | (typeof HMAC_ALGORITHMS)[number];
