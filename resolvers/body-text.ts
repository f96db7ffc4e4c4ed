/** Returns bytes as UTF-8 text; invalid UTF-8 becomes U+FFFD. Null for deleted bytes. */
export function bodyText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** Number of bytes within which an XML declaration must be. */
const DECLARATION_BYTES = 200;
const XML_ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

/**
 * Returns bytes as text in the encoding that they declare, by a byte order mark or an XML declaration, else UTF-8. Null
 * for deleted bytes.
 */
export function declaredText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : decoderOf(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return XML_ENCODING.exec(new TextDecoder("latin1").decode(bytes.subarray(0, DECLARATION_BYTES)))?.[1] ?? "utf-8";
}

/** A file may declare an unknown encoding: invalid UTF-8 then becomes U+FFFD. */
function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}
