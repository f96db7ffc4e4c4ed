/** First bytes of a ZIP archive: of its first member, or of its directory if it has no members. */
const ZIP_STARTS = ["PK\u0003\u0004", "PK\u0005\u0006"];
/** Byte order marks: UTF-8, UTF-16 of either byte order. */
const MARKS = ["\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00fe\u00ff"];

/** Returns whether the first bytes of a file are those of a ZIP archive, regardless of its name. */
export function looksLikeZip(head: Uint8Array): boolean {
  const text = latin1(head);
  return ZIP_STARTS.some((start) => text.startsWith(start));
}

/** Returns the probable media type of a file, according to its first bytes. */
export function mediaTypeOf(head: Uint8Array): string {
  if (looksLikeZip(head)) return "application/zip";
  const text = latin1(head);
  const mark = MARKS.find((bytes) => text.startsWith(bytes)) ?? "";
  // for ASCII text, every other byte of UTF-16 is zero
  const plain = text.slice(mark.length).replaceAll("\0", "").trimStart();
  return plain.startsWith("<") ? "application/xml" : "application/octet-stream";
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
