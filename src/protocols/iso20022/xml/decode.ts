import { isAscii } from "node:buffer";
import { refuse } from "../refuse.ts";
import { type Encoding, sniffEncoding } from "./encoding.ts";

/** Bytes of a file to its text, piece by piece; a character may be split anywhere. */
export interface Decoder {
  /** The text that is complete so far. @throws CamtRefused ENCODING */
  write(bytes: Uint8Array): string;
  /** What was held back. @throws CamtRefused ENCODING for a character that is cut off */
  end(): string;
}

/** Decodes by the byte order mark or the XML declaration, whichever is there; else UTF-8. */
export function createDecoder(): Decoder {
  let head: Uint8Array = new Uint8Array(0);
  let decode: Decode | undefined;
  /** Holds the first bytes back until they say what they are. */
  const start = (bytes: Uint8Array, isLast: boolean): string => {
    head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
    const sniffed = sniffEncoding(head, isLast);
    if (sniffed === undefined) return "";
    decode = createDecode(sniffed.encoding);
    const body = head.subarray(sniffed.markLength);
    head = new Uint8Array(0);
    return decode(body, isLast);
  };
  return {
    write: (bytes) => (decode === undefined ? start(bytes, false) : decode(bytes, false)),
    end: () => (decode === undefined ? start(new Uint8Array(0), true) : decode(new Uint8Array(0), true)),
  };
}

type Decode = (bytes: Uint8Array, isLast: boolean) => string;

function createDecode(encoding: Encoding): Decode {
  if (encoding === "iso-8859-1") return latin1; // TextDecoder takes that name for windows-1252
  if (encoding === "us-ascii") return ascii;
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const decode: Decode = (bytes, isLast) => {
    try {
      return decoder.decode(bytes, { stream: !isLast });
    } catch {
      return refuse("ENCODING", `the file is not ${encoding}, as it begins to be`);
    }
  };
  return encoding === "utf-8" ? quickly(decode) : decode;
}

/** UTF-8 whose pieces are mostly ASCII, which is copied: a quarter of the time, and one byte a character afterwards. */
function quickly(decode: Decode): Decode {
  let isBetweenCharacters = true;
  return (bytes, isLast) => {
    if (bytes.length === 0) return decode(bytes, isLast);
    if (isBetweenCharacters && !isLast && isAscii(bytes)) return latin1(bytes);
    isBetweenCharacters = (bytes.at(-1) ?? 0) < 0x80;
    return decode(bytes, isLast);
  };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function ascii(bytes: Uint8Array): string {
  if (!isAscii(bytes)) refuse("ENCODING", "the file is not us-ascii, as it declares to be");
  return latin1(bytes);
}
