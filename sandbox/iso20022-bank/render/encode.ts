import type { Encoding } from "../plan/dialect.ts";

/** Name of an encoding in the XML declaration. The byte order of UTF-16 is indicated by its byte order mark. */
export function declaredName(encoding: Encoding): string {
  return encoding === "utf-8" ? "UTF-8" : encoding === "iso-8859-1" ? "ISO-8859-1" : "UTF-16";
}

const PIECE_CHARACTERS = 64 * 1024;

/** Text as bytes, in pieces of some ten thousand. UTF-16 begins with a byte order mark. */
export function* encode(texts: Iterable<string>, encoding: Encoding): Generator<Buffer> {
  if (encoding === "utf-16le") yield Buffer.from([0xff, 0xfe]);
  if (encoding === "utf-16be") yield Buffer.from([0xfe, 0xff]);
  let piece = "";
  for (const part of texts) {
    piece += part;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield bytesOf(piece, encoding);
    piece = "";
  }
  if (piece !== "") yield bytesOf(piece, encoding);
}

function bytesOf(piece: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(piece, "utf8");
    case "utf-16le":
      return Buffer.from(piece, "utf16le");
    case "utf-16be":
      return Buffer.from(piece, "utf16le").swap16();
    case "iso-8859-1":
      return Buffer.from(withReferences(piece), "latin1");
  }
}

/** Replaces characters outside Latin-1 by character references: they only occur in text. */
function withReferences(piece: string): string {
  return piece.replace(/[\u{100}-\u{10ffff}]/gu, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`);
}
