/** Facts that a call has proved. */
export interface Proof {
  /** The scheme, as one stable identifier: `stripe-v1`. */
  readonly scheme: string;
  /** Time of the signature, RFC 3339. Omitted if the scheme does not sign a time. */
  readonly signedAt?: string;
}

/** Proof by a secret from the settings. */
export interface SecretProof extends Proof {
  /** Index of that secret in the given list, counting expired ones: shows the operator the progress of a rotation. */
  readonly secret: number;
}

/** @param seconds since the epoch, within the range of a Date: `isTimely` has accepted it */
export function signedAtOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
