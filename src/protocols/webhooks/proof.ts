/** What a call proved. */
export interface Proof {
  /** `stripe-v1`: the scheme, in one word that stays the same. */
  readonly scheme: string;
  /** When it was signed, RFC 3339. Left out where the scheme signs no time. */
  readonly signedAt?: string;
}

/** As `Proof`, by a secret from the settings. */
export interface SecretProof extends Proof {
  /** Place of that secret in the list that was given, expired ones counted: what a rotation's operator wants to see. */
  readonly secret: number;
}

/** @param seconds since the epoch, within the years that a date can have: `isTimely` has passed it */
export function signedAtOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
