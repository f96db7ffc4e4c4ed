/** Bytes as UTF-8 text; what is no UTF-8 shows as U+FFFD. Null for bytes that are gone. */
export function bodyText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}
