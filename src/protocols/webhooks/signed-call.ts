import { ServiceError } from "../../domain/error.ts";

/** A webhook call as its scheme receives it: raw, and not trusted yet. */
export interface SignedCall {
  /** The body, byte for byte as received. */
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/**
 * Lower-case names; a header sent twice has both values in order. A map, so that a header named `__proto__` has no
 * special meaning.
 */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** Check of a body whose pieces are hashed as they arrive. */
export interface BodyCheck {
  update(piece: Uint8Array): void;
  /** @throws ServiceError SIGNATURE_INVALID, always with the same message */
  end(): void;
}

/** Returns the single error for every invalid call: its message does not reveal the reason to the sender. */
export function signatureInvalid(): ServiceError {
  return new ServiceError("SIGNATURE_INVALID", "the webhook signature is not valid");
}
