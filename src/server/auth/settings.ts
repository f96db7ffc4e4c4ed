import type { TokenAlgorithm } from "../../domain/token-algorithms.ts";

/** What holds for tokens of either kind. */
export interface TokenRules {
  /** Algorithms that a token may name. Default: all for the kind of key. */
  readonly algorithms?: readonly TokenAlgorithm[];
  /** Required `iss`. Default: any. */
  readonly issuer?: string;
  /** Required `aud`. Default: any. */
  readonly audience?: string;
  /** Maximum accepted difference between the clocks of issuer and verifier, in seconds. Default: 5. */
  readonly clockToleranceSeconds?: number;
}

/** How the public keys of an issuer are fetched and kept. */
export interface KeySetSettings {
  readonly url: string;
  /** Time after which keys are fetched again: a key that the issuer has removed is accepted no longer. Default: 300,000. */
  readonly keysMaxAgeMs?: number;
  /** Least time between two fetches for keys that are not known. Default: 30,000. */
  readonly keysCooldownMs?: number;
  /** Time for which the last keys are used beyond their age while the issuer cannot be reached. Default: 3,600,000. */
  readonly keysOutageMs?: number;
}

/** Settings for how callers authenticate. */
export type AuthSettings =
  /** No authentication: every caller is the development principal. For loopback only. */
  | { readonly kind: "development" }
  /** HMAC tokens with a shared secret of at least 32 bytes. */
  | ({ readonly kind: "secret"; readonly secret: string } & TokenRules)
  /** Tokens signed by an issuer whose public keys are at `url`. */
  | ({ readonly kind: "jwks" } & KeySetSettings & TokenRules);
