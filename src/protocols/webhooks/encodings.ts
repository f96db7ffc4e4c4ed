/** Strict on purpose: Node's decoders skip unknown characters, so that many texts would decode to the same bytes. */

/** Decodes 64 lower-case hex digits to 32 bytes. */
export function decodeSha256Hex(text: string): Buffer | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, "hex") : undefined;
}

/** Decodes base64 in its only canonical form: padded, without spaces, and without surplus bits. */
export function decodeBase64(text: string): Buffer | undefined {
  return decodeCanonical(text, "base64");
}

/** Decodes base64url in its only canonical form: unpadded, and without surplus bits. Source: RFC 7515, section 2. */
export function decodeBase64Url(text: string): Buffer | undefined {
  return decodeCanonical(text, "base64url");
}

function decodeCanonical(text: string, encoding: "base64" | "base64url"): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
