import { isAscii, isUtf8 } from "node:buffer";
import { refuse } from "../refuse.ts";
import { type Encoding, sniffEncoding } from "./encoding.ts";

/** Decodes the bytes of a file to text, chunk by chunk; a character may be split anywhere. */
export interface Decoder {
  /** Returns the text that is complete so far. @throws CamtRefused ENCODING */
  write(bytes: Uint8Array): string;
  /** Returns the remaining text. @throws CamtRefused ENCODING for a character that is cut off */
  end(): string;
}

/** Creates a decoder that uses the byte order mark or the XML declaration, whichever is present; otherwise UTF-8. */
export function createDecoder(): Decoder {
  let head: Uint8Array = new Uint8Array(0);
  let decode: Decode | undefined;
  /** Buffers the first bytes until they determine the encoding. */
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
  if (encoding === "iso-8859-1") return latin1; // TextDecoder treats that name as windows-1252
  if (encoding === "us-ascii") return ascii;
  if (encoding === "utf-8") return createUtf8Decode();
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes, isLast) => {
    try {
      return decoder.decode(bytes, { stream: !isLast });
    } catch {
      return refuse("ENCODING", `the file begins as ${encoding} and has bytes that are not ${encoding}`);
    }
  };
}

/**
 * Decodes UTF-8 in whole characters. TextDecoder takes several times as long over a stream, and creates strings of two
 * bytes a character, which slows down all later processing.
 */
function createUtf8Decode(): Decode {
  let pending: Uint8Array = new Uint8Array(0);
  return (bytes, isLast) => {
    const all = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    const length = isLast ? all.length : all.length - unfinishedLength(all);
    pending = all.slice(length); // a copy: the caller may reuse its bytes
    const whole = all.subarray(0, length);
    if (isAscii(whole)) return latin1(whole);
    if (!isUtf8(whole)) return refuse("ENCODING", "the file begins as utf-8 and has bytes that are not utf-8");
    return Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString("utf8");
  };
}

/** Returns the number of bytes at the end that begin a character and do not complete it: 0 to 3. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

function sequenceLength(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function ascii(bytes: Uint8Array): string {
  if (!isAscii(bytes)) refuse("ENCODING", "the file declares us-ascii and has bytes that are not us-ascii");
  return latin1(bytes);
}
