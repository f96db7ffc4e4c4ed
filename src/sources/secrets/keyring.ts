import { hash } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";

/** A master key, which encrypts data keys and nothing else. */
export interface MasterKey {
  /** Derived from the key, so that nobody has to name it: 16 characters that reveal nothing of it. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The master keys of this process. */
export interface Keyring {
  /** Key for everything that is encrypted from now on. Undefined: nothing can be. */
  readonly current: MasterKey | undefined;
  /** Returns the current key or an old one. */
  find(keyId: string): MasterKey | undefined;
}

/** @param old keys that only decrypt, until everything is encrypted with the current one */
export function createKeyring(current: Uint8Array | undefined, old: readonly Uint8Array[]): Keyring {
  const keys = [...(current === undefined ? [] : [current]), ...old].map((bytes): MasterKey => ({
    id: keyIdOf(bytes),
    bytes,
  }));
  const byId = new Map(keys.map((key) => [key.id, key]));
  return { current: current === undefined ? undefined : keys[0], find: (keyId) => byId.get(keyId) };
}

function keyIdOf(bytes: Uint8Array): string {
  return hash("sha256", Buffer.concat([Buffer.from("sluice master key\n"), bytes]), "base64url").slice(0, 16);
}

/** @throws ServiceError SECRETS_KEY_MISSING */
export function requireCurrentKey({ current }: Keyring): MasterKey {
  if (current !== undefined) return current;
  throw new ServiceError(
    "SECRETS_KEY_MISSING",
    "credentials cannot be stored, because no key encrypts them: the operator must set SECRETS_KEY or SECRETS_KEY_FILE",
  );
}

/** @throws ServiceError SECRETS_KEY_MISSING */
export function requireKey(keyring: Keyring, keyId: string): MasterKey {
  const key = keyring.find(keyId);
  if (key !== undefined) return key;
  throw new ServiceError(
    "SECRETS_KEY_MISSING",
    `stored credentials are encrypted with the key ${keyId}: the operator must set it as SECRETS_KEY, or among SECRETS_OLD_KEYS`,
  );
}
