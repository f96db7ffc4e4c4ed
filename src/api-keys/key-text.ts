import { hash } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * The text of an API key: `sluice_key_`, 43 characters that are 256 random bits, and 6 that are their CRC-32. Scanners
 * recognise a key that was published by mistake by the prefix, and by the checksum that it is one.
 */
const PREFIX = "sluice_key_";
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
/** As a regular expression of scanners, without what the checksum says: docs/auth.md has it. */
const KEY_TEXT = new RegExp(`^${PREFIX}([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Characters of the secret by which people recognise a key; the others are still 232 bits. */
const PREVIEW_LENGTH = 4;

/** A new key. */
export interface NewKey {
  /** Shown once, and never stored. */
  readonly text: string;
  /** Beginning of the text. */
  readonly preview: string;
  /** What is stored of the text: SHA-256 is enough for a secret of 256 random bits, which nobody can guess. */
  readonly hash: Uint8Array;
}

/** @param bytes 32 random bytes */
export function createKey(bytes: Uint8Array): NewKey {
  const secret = base62(BigInt(`0x${Buffer.from(bytes).toString("hex")}`), SECRET_LENGTH);
  const text = `${PREFIX}${secret}${checksumOf(secret)}`;
  return { text, preview: text.slice(0, PREFIX.length + PREVIEW_LENGTH), hash: hashOf(text) };
}

/** Returns true for a text that is meant to be an API key, whether it is one or not. */
export function isMeantAsKey(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Returns the hash of a key; undefined for a text that is no key: then nothing has to be read from the database. */
export function readKey(text: string): Uint8Array | undefined {
  const [, secret, checksum] = KEY_TEXT.exec(text) ?? [];
  if (secret === undefined || checksum === undefined || checksumOf(secret) !== checksum) return undefined;
  return hashOf(text);
}

/** The checksum is public knowledge: it only says that a text has no typing error. */
function checksumOf(secret: string): string {
  return base62(BigInt(crc32(`${PREFIX}${secret}`)), CHECKSUM_LENGTH);
}

function hashOf(text: string): Uint8Array {
  return hash("sha256", text, "buffer");
}

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = `${DIGITS[Number(rest % 62n)]}${text}`;
  return text.padStart(length, "0");
}
