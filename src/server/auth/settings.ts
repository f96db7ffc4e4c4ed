/** Settings for how callers authenticate. */
export type AuthSettings =
  /** No authentication: every caller is the development principal. For loopback only. */
  | { readonly kind: "development" }
  /** HMAC tokens with a shared secret of at least 32 bytes. */
  | { readonly kind: "secret"; readonly secret: string; readonly issuer?: string; readonly audience?: string }
  /** Tokens signed by an issuer whose public keys are at `url`. */
  | { readonly kind: "jwks"; readonly url: string; readonly issuer?: string; readonly audience?: string };
