/** Bytes as UTF-8 text; what is no UTF-8 shows as U+FFFD. Null for bytes that are gone. */
export function bodyText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** Where an XML declaration must stand. */
const DECLARATION_BYTES = 200;
const XML_ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

/** Bytes as text in the encoding that they declare, by a byte order mark or as XML does, else UTF-8. Null for bytes that are gone. */
export function declaredText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : decoderOf(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return XML_ENCODING.exec(new TextDecoder("latin1").decode(bytes.subarray(0, DECLARATION_BYTES)))?.[1] ?? "utf-8";
}

/** A file may declare an encoding that nobody knows: what is no UTF-8 then shows as U+FFFD. */
function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}
