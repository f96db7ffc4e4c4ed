import { ServiceError } from "../../domain/error.ts";

/** A webhook call as its scheme sees it: raw, before anything of it is believed. */
export interface SignedCall {
  /** The body, byte for byte as received. */
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** Lower-case names; a header sent twice has both values in order. A map, so that one named `__proto__` is only a name. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** The one answer to whatever is wrong with a call: its sender learns nothing from the words. */
export function signatureInvalid(): ServiceError {
  return new ServiceError("SIGNATURE_INVALID", "the webhook signature is not valid");
}
