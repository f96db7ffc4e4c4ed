/**
 * What a scheme verifies with. While a secret is rotated, the old and the new one are both in the list, and the old one
 * has a moment from which it is not used.
 */
export type Secret = string | { readonly value: string; readonly expiresAtMs?: number | undefined };

/** Secrets in use at once. Each costs a hash of the body per call, forged calls included. Settings must keep to it. */
export const MAX_SECRETS = 16;

/** A secret that holds now. */
export interface CurrentSecret {
  readonly value: string;
  /** Its place in the list of all. */
  readonly index: number;
}

/**
 * The secrets that hold at a moment, in order. An empty one never does: anybody can sign with it. More than
 * `MAX_SECRETS` are none at all, since any choice among them would refuse somebody without a word.
 */
export function secretsAt(secrets: readonly Secret[], nowMs: number): readonly CurrentSecret[] {
  const current = secrets.flatMap((secret, index) => {
    const { value, expiresAtMs } = typeof secret === "string" ? { value: secret, expiresAtMs: undefined } : secret;
    return value !== "" && (expiresAtMs === undefined || nowMs < expiresAtMs) ? [{ value, index }] : [];
  });
  return current.length > MAX_SECRETS ? [] : current;
}
