import { randomBytes } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";
import { decrypt, encrypt, KEY_BYTES } from "./encryption.ts";
import { type Keyring, type MasterKey, requireKey } from "./keyring.ts";

/*
 * Envelope encryption: each record is encrypted with a random data key of its own, and the data key with the master key.
 * A change of the master key therefore only encrypts the data keys again, while the records stay as they are. Both are
 * bound to what they belong to: a record that is copied to another source or tenant cannot be decrypted.
 */

/** What a record belongs to. */
export interface SecretContext {
  readonly tenantId: string;
  readonly sourceId: string;
  /** What the record contains: `settings`. */
  readonly purpose: string;
}

/** An encrypted record. */
export interface Envelope {
  readonly sealed: Uint8Array;
  /** The record's data key, encrypted with a master key. */
  readonly wrappedKey: Uint8Array;
  /** Id of that master key. */
  readonly keyId: string;
}

/** Encrypts a text with a new data key. */
export function seal(key: MasterKey, text: string, context: SecretContext): Envelope {
  const dataKey = randomBytes(KEY_BYTES);
  const sealed = encrypt(dataKey, Buffer.from(text, "utf8"), contextBytes(context, "record"));
  const wrappedKey = encrypt(key.bytes, dataKey, contextBytes(context, "data key"));
  dataKey.fill(0);
  return { sealed, wrappedKey, keyId: key.id };
}

/**
 * Decrypts a text.
 * @throws ServiceError SECRETS_KEY_MISSING: none of our keys | INTERNAL: the record was changed, or belongs to
 * something else
 */
export function unseal(keyring: Keyring, envelope: Envelope, context: SecretContext): string {
  const dataKey = unwrap(keyring, envelope, context);
  const plain = decrypt(dataKey, envelope.sealed, contextBytes(context, "record"));
  dataKey.fill(0);
  if (plain === undefined) throw notDecryptable(context);
  return plain.toString("utf8");
}

/**
 * Encrypts the data key with another master key. The record itself does not change.
 * @throws ServiceError as `unseal`
 */
export function rewrap(keyring: Keyring, key: MasterKey, envelope: Envelope, context: SecretContext): Envelope {
  const dataKey = unwrap(keyring, envelope, context);
  const wrappedKey = encrypt(key.bytes, dataKey, contextBytes(context, "data key"));
  dataKey.fill(0);
  return { sealed: envelope.sealed, wrappedKey, keyId: key.id };
}

function unwrap(keyring: Keyring, { wrappedKey, keyId }: Envelope, context: SecretContext): Buffer {
  const dataKey = decrypt(requireKey(keyring, keyId).bytes, wrappedKey, contextBytes(context, "data key"));
  if (dataKey === undefined) throw notDecryptable(context);
  return dataKey;
}

/** JSON, because a name cannot run into the next one. */
function contextBytes({ tenantId, sourceId, purpose }: SecretContext, part: string): Buffer {
  return Buffer.from(JSON.stringify(["sluice", tenantId, sourceId, purpose, part]), "utf8");
}

function notDecryptable({ sourceId }: SecretContext): ServiceError {
  return new ServiceError("INTERNAL", "the stored credentials of the source cannot be decrypted", {
    detail: `the stored credentials of ${sourceId} were changed outside of Sluice, or belong to another source`,
    sourceId,
  });
}
