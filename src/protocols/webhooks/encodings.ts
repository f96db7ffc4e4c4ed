/** Strict on purpose: Node's decoders skip what they do not know, so that many texts would mean the same bytes. */

/** 64 lower-case hex digits as 32 bytes. */
export function decodeSha256Hex(text: string): Buffer | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, "hex") : undefined;
}

/** Base64 in its one canonical form: padded, without spaces, and no bits left over. */
export function decodeBase64(text: string): Buffer | undefined {
  return decodeCanonical(text, "base64");
}

/** Base64url in its one canonical form: unpadded, and no bits left over. Source: RFC 7515, section 2. */
export function decodeBase64Url(text: string): Buffer | undefined {
  return decodeCanonical(text, "base64url");
}

function decodeCanonical(text: string, encoding: "base64" | "base64url"): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
