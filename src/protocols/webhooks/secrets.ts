/**
 * Secret of a verification scheme. While a secret is rotated, the old and the new one are both in the list, and the old
 * one has a time after which it is not used.
 */
export type Secret = string | { readonly value: string; readonly expiresAtMs?: number | undefined };

/**
 * Maximum secrets in use at once. Each costs a hash of the body per call, forged calls included. Settings must respect
 * it.
 */
export const MAX_SECRETS = 16;

/** A secret that is valid now. */
export interface CurrentSecret {
  readonly value: string;
  /** Index in the list of all secrets. */
  readonly index: number;
}

/**
 * Returns the secrets that are valid at a time, in order. An empty secret never is: anyone can sign with it. More than
 * `MAX_SECRETS` count as none at all, because any choice among them would silently reject some senders.
 */
export function secretsAt(secrets: readonly Secret[], nowMs: number): readonly CurrentSecret[] {
  const current = secrets.flatMap((secret, index) => {
    const { value, expiresAtMs } = typeof secret === "string" ? { value: secret, expiresAtMs: undefined } : secret;
    return value !== "" && (expiresAtMs === undefined || nowMs < expiresAtMs) ? [{ value, index }] : [];
  });
  return current.length > MAX_SECRETS ? [] : current;
}
