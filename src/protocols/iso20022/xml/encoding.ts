import { quote, refuse } from "../refuse.ts";

/** Names known to TextDecoder, except the first two. */
export type Encoding = "us-ascii" | "iso-8859-1" | "iso-8859-15" | "windows-1252" | "utf-8" | "utf-16le" | "utf-16be";

export interface Sniffed {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, which are not part of the text. */
  readonly markLength: number;
}

/** Maximum length of an XML declaration; beyond it we no longer wait for its end. */
const HEAD_BYTES = 1_024;

/** Names that a declaration may use, lower case. Source: IANA character sets. */
const DECLARED: Readonly<Record<string, Encoding | "utf-16">> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "us-ascii",
  ascii: "us-ascii",
  "iso-8859-1": "iso-8859-1",
  "iso8859-1": "iso-8859-1",
  latin1: "iso-8859-1",
  "iso-8859-15": "iso-8859-15",
  "iso8859-15": "iso-8859-15",
  "latin-9": "iso-8859-15",
  "windows-1252": "windows-1252",
  cp1252: "windows-1252",
  "utf-16": "utf-16",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
};

/** Byte order marks; those of UTF-32 first, because UTF-32LE's begins with UTF-16LE's. */
const MARKS = [
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: undefined },
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: undefined },
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
] as const satisfies readonly { readonly bytes: readonly number[]; readonly encoding: Encoding | undefined }[];

/** `<` in UTF-16 without a mark, which is valid only with a declaration. Source: XML 1.0, appendix F. */
const PATTERNS = [
  { bytes: [0x3c, 0x00], encoding: "utf-16le" },
  { bytes: [0x00, 0x3c], encoding: "utf-16be" },
] as const satisfies readonly { readonly bytes: readonly number[]; readonly encoding: Encoding }[];

/**
 * Returns the encoding of a file that begins with `head`; undefined if more bytes are needed.
 * @throws CamtRefused ENCODING for one that we do not support, or a declaration that the bytes contradict
 */
export function sniffEncoding(head: Uint8Array, isWhole: boolean): Sniffed | undefined {
  if (head.length < 4 && !isWhole) return undefined;
  const mark = MARKS.find(({ bytes }) => startsWith(head, bytes));
  if (mark !== undefined && mark.encoding === undefined) return refuse("ENCODING", "the file is UTF-32");
  const markLength = mark?.bytes.length ?? 0;
  const pattern = PATTERNS.find(({ bytes }) => startsWith(head, bytes))?.encoding;
  const observed = mark?.encoding ?? pattern;
  const declaration = declarationOf(head.subarray(markLength), observed);
  if (declaration === undefined && !isWhole && head.length < HEAD_BYTES) return undefined;
  const encoding = reconcile(observed, declaredEncoding(declaration ?? ""), mark !== undefined);
  return { encoding, markLength };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** Returns the text of the XML declaration, "" if there is none; undefined if its end has not arrived yet. */
function declarationOf(head: Uint8Array, observed: Encoding | undefined): string | undefined {
  const isWide = observed === "utf-16le" || observed === "utf-16be";
  const length = Math.min(head.length, HEAD_BYTES);
  const start = head.subarray(0, isWide ? length - (length % 2) : length); // no half characters
  // Replacement characters do not matter here: a declaration is ASCII, or it declares nothing.
  const text = isWide ? new TextDecoder(observed).decode(start) : Buffer.from(start).toString("latin1");
  if (!text.startsWith("<?xml".slice(0, text.length))) return "";
  const end = text.indexOf("?>");
  return end === -1 ? undefined : text.slice(0, end);
}

function declaredEncoding(declaration: string): Encoding | "utf-16" | undefined {
  const name = /^<\?xml\s[^>]*?\sencoding\s*=\s*(["'])(.*?)\1/s.exec(declaration)?.[2];
  if (name === undefined) return undefined;
  const encoding = Object.hasOwn(DECLARED, name.toLowerCase()) ? DECLARED[name.toLowerCase()] : undefined;
  return encoding ?? refuse("ENCODING", `the file declares the encoding ${quote(name)}, which is not supported`);
}

function reconcile(
  observed: Encoding | undefined,
  declared: Encoding | "utf-16" | undefined,
  isMarked: boolean,
): Encoding {
  if (observed === undefined) {
    // "utf-16" is excluded
    if (declared?.startsWith("utf-16") !== true) return (declared as Encoding | undefined) ?? "utf-8";
    return refuse("ENCODING", `the file declares ${declared}, but is not`);
  }
  if (declared === observed || (declared === "utf-16" && observed.startsWith("utf-16"))) return observed;
  if (declared === undefined && isMarked) return observed;
  return refuse("ENCODING", `the file is ${observed}, but declares ${declared ?? "no encoding"}`);
}
