import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Length of every key, in bytes: AES-256. */
export const KEY_BYTES = 32;
/** Source: NIST SP 800-38D, section 8.2: 96 bits are used without another derivation. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of everything encrypted here, so that another format can follow. */
const FORMAT = 1;
const ALGORITHM = "aes-256-gcm";

/**
 * Encrypts bytes with AES-256-GCM: format, random nonce, ciphertext, tag.
 * @param context associated data: only the same one decrypts it
 */
export function encrypt(key: Uint8Array, plain: Uint8Array, context: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(context);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, encrypted, cipher.getAuthTag()]);
}

/** Decrypts the result of `encrypt`. Undefined: it was changed, or encrypted with another key or for another context. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Buffer | undefined {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(context)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined; // the tag does not match, which is all that can fail here
  }
}
