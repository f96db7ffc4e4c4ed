import { describe, expect, test } from "@jest/globals";
import { CamtRefused } from "../camt.ts";
import { CAMT_LIMITS } from "../limits.ts";
import { createMessageParser } from "../message/message-parser.ts";
import { document, entry, fileOf, statement } from "../fixtures/camt-xml.ts";
import { firstEntry, parse, refusalOf, refusedBy } from "../fixtures/read.ts";

const info = (text: string): string => entry({ more: `<AddtlNtryInf>${text}</AddtlNtryInf>` });
const declared = (encoding: string, text: string): string =>
  document({ prolog: `<?xml version="1.0" encoding="${encoding}"?>`, body: statement(info(text)) });
const infoOf = (file: Uint8Array): string | undefined => parse(file).items[0]?.[0]?.entry?.additionalInfo;
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("XML encoding (F86)", () => {
  test.each<readonly [string, Uint8Array]>([
    ["UTF-8", Buffer.from(declared("UTF-8", "Zürich €"))],
    ["UTF-8 in lower case", Buffer.from(declared("utf-8", "Zürich €"))],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${declared("UTF-8", "Zürich €")}`)],
    ["UTF-8 without a declaration", Buffer.from(document({ prolog: "", body: statement(info("Zürich €")) }))],
    ["UTF-16LE with a mark", Buffer.from(`\uFEFF${declared("UTF-16", "Zürich €")}`, "utf16le")],
    ["UTF-16BE with a mark", utf16be(`\uFEFF${declared("UTF-16", "Zürich €")}`)],
    [
      "UTF-16BE with a mark, undeclared",
      utf16be(`\uFEFF${document({ prolog: "", body: statement(info("Zürich €")) })}`),
    ],
    ["UTF-16LE by declaration", Buffer.from(declared("UTF-16LE", "Zürich €"), "utf16le")],
    ["UTF-16BE by declaration", utf16be(declared("UTF-16", "Zürich €"))],
    ["ISO-8859-15", Buffer.from(declared("ISO-8859-15", "Zürich \xa4"), "latin1")],
    ["windows-1252", Buffer.from(declared("windows-1252", "Zürich \x80"), "latin1")],
  ])("reads %s", (_name, file) => expect(infoOf(file)).toBe("Zürich €"));

  test("reads ISO-8859-1 as itself, not as windows-1252", () => {
    expect(infoOf(Buffer.from(declared("ISO-8859-1", "Z\xfcrich \x80"), "latin1"))).toBe("Zürich \x80");
  });

  test("reads US-ASCII", () => expect(infoOf(Buffer.from(declared("US-ASCII", "Zurich")))).toBe("Zurich"));

  test.each<readonly [string, Uint8Array]>([
    ["bytes that are not UTF-8", Buffer.from(declared("UTF-8", "Z\xfcrich"), "latin1")],
    ["a character that is cut off at the end", Buffer.concat([Buffer.from(fileOf(entry())), Buffer.from([0xc3])])],
    ["a surrogate in UTF-8", Buffer.concat([Buffer.from("<a>"), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("</a>")])],
    ["US-ASCII with another byte", Buffer.from(declared("US-ASCII", "Z\xfcrich"), "latin1")],
    ["an encoding that is not read", Buffer.from(declared("Shift_JIS", "x"))],
    ["a name of Object.prototype", Buffer.from(declared("constructor", "x"))],
    ["UTF-16 that is declared and is not", Buffer.from(declared("UTF-16", "x"))],
    ["UTF-16LE that declares UTF-8", Buffer.from(declared("UTF-8", "x"), "utf16le")],
    ["a UTF-16 mark that declares ISO-8859-1", Buffer.from(`\uFEFF${declared("ISO-8859-1", "x")}`, "utf16le")],
    ["a UTF-8 mark that declares windows-1252", Buffer.from(`\uFEFF${declared("windows-1252", "x")}`)],
    ["UTF-16LE without mark and declaration", Buffer.from(document({ prolog: "", body: "" }), "utf16le")],
    [
      "UTF-16 with half a character at the end",
      Buffer.concat([Buffer.from(`\uFEFF${fileOf()}`, "utf16le"), Buffer.of(0x3c)]),
    ],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])],
  ])("refuses %s", (_name, file) => {
    expect(refusalOf(file)).toBe("ENCODING");
    expect(refusalOf(file, { chunkBytes: 1 })).toBe("ENCODING");
  });
});

describe("document types and entities (F79)", () => {
  const LAUGHS = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n} "${"&l;".repeat(10)}">`).join("")}]>`;

  test.each([
    ["an internal subset", "<!DOCTYPE Document [<!ELEMENT Document ANY>]>"],
    ["an external one", '<!DOCTYPE Document SYSTEM "http://127.0.0.1/x.dtd">'],
    ["an external entity", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ["a parameter entity", '<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>'],
    ["a billion laughs", LAUGHS],
    ["one that never ends", "<!DOCTYPE Document ["],
    ["one that is not well-formed", "<!DOCTYPE <<<"],
  ])("refuses %s before it parses any of it", (_name, doctype) => {
    const refused = refusedBy(document({ prolog: `<!-- a --><?b c?>${doctype}`, body: statement("&x;") }));
    expect(refused?.refusal).toBe("DOCTYPE");
    expect(refused?.position).toEqual({ line: 1, column: "<!-- a --><?b c?><!DOCTYPE".length });
  });

  test("refuses one within the message or after it", () => {
    expect(refusalOf(document({ body: "<!DOCTYPE x>" }))).toBe("DOCTYPE");
    expect(refusalOf(`${fileOf()}<!DOCTYPE x>`)).toBe("DOCTYPE");
  });

  test("accepts the word DOCTYPE in a comment or a CDATA section", () => {
    const file = document({ prolog: "<!-- <!DOCTYPE x> -->", body: statement(info("<![CDATA[<!DOCTYPE x>]]>")) });
    expect(firstEntry(file).additionalInfo).toBe("<!DOCTYPE x>");
  });

  test("knows the five standard entities and character numbers, and no others", () => {
    expect(firstEntry(fileOf(info("&lt;&gt;&amp;&quot;&apos;&#252;&#x20AC;"))).additionalInfo).toBe("<>&\"'ü€");
    for (const unknown of ["&foo;", "&nbsp;", "&;", "&#0;", "&#xD800;", "&#x110000;", "&lt", "&constructor;"]) {
      expect(refusalOf(fileOf(info(unknown)))).toBe("NOT_WELL_FORMED");
    }
  });
});

describe("XML that is not complete or not well-formed (F80)", () => {
  const whole = fileOf(entry(), entry());

  test.each([
    ["a file that is cut off", whole.slice(0, -20)],
    ["a missing end tag", whole.replace("</Document>", "")],
    ["a mismatched tag", whole.replace("</Stmt>", "</Stm>")],
    ["two roots", whole + whole.slice(whole.indexOf("<Document"))],
    ["text behind the root", `${whole}x`],
    ["zero bytes behind the root", `${whole}\0\0\0`],
    ["text before the root", `x${whole}`],
    ["an attribute twice", whole.replace('Ccy="EUR"', 'Ccy="EUR" Ccy="EUR"')],
    ["an attribute without quotes", whole.replace('Ccy="EUR"', "Ccy=EUR")],
    ["a prefix that is not bound", whole.replace("<Id>STMT-1</Id>", "<x:Id>1</x:Id>")],
    ["an attribute's prefix that is not bound", whole.replace('Ccy="EUR"', 'x:Ccy="EUR"')],
    ["a name with two colons", whole.replace("<Id>STMT-1</Id>", '<x:y:Id xmlns:x="a">1</x:y:Id>')],
    ["a prefix that is bound to nothing", whole.replace("<Id>", '<Id xmlns:x="">')],
    ["a control character", whole.replace("STMT-1", "\u0001")],
    ["a second declaration", whole.replace("<Id>", '<?xml version="1.0"?><Id>')],
    ["no XML", "IBAN;Amount\nDE89;1,00\n"],
    ["no XML, but JSON", '{"a":1}'],
    ["a comment only", "<!-- -->"],
  ])("refuses %s", (_name, file) => {
    expect(refusalOf(file)).toBe("NOT_WELL_FORMED");
    expect(refusalOf(file, { chunkBytes: 1 })).toBe("NOT_WELL_FORMED");
  });

  test("refuses an empty file as empty", () => {
    for (const file of ["", " \n\t ", "\uFEFF"]) expect(refusalOf(file)).toBe("EMPTY");
  });

  test("reads comments and white space after the root", () => {
    expect(refusalOf(`${whole}\n <!-- end --> <?x y?>\r\n`)).toBeUndefined();
  });

  test("reports the position in lines and columns of the text", () => {
    expect(refusedBy("<a>\n  <ü>\n </a>")?.position).toEqual({ line: 3, column: 5 });
    expect(refusedBy("<a>\r\n&x;</a>")?.position).toEqual({ line: 2, column: 3 });
  });

  test("refuses a file that is truncated anywhere", () => {
    for (let at = 1; at < whole.length; at++) expect(refusalOf(whole.slice(0, at))).toBe("NOT_WELL_FORMED");
  });
});

describe("XML limits (F86)", () => {
  const { depth, attributes, tokenLength, nameLength } = CAMT_LIMITS;
  /** The part of an endless file that was read before it was refused. */
  function readBefore(head: string, endless: string): { readonly bytes: number; readonly refusal: string | undefined } {
    let bytes = 0;
    const piece = Buffer.from(endless.repeat(Math.ceil(65_536 / endless.length)));
    const refused = refusedByStream(head, function* () {
      for (; bytes < 200_000_000; bytes += piece.length) yield piece;
    });
    return { bytes, refusal: refused };
  }

  test.each([
    ["text", "<a>", "x"],
    ["white space before the root", "", " \n"],
    ["a comment", "<!--", "x"],
    ["a comment in it", `${fileOf().slice(0, -60)}<!--`, "x"],
    ["a CDATA section", "<a><![CDATA[", "x"],
    ["a processing instruction", "<?a ", "x"],
    ["an attribute", '<a b="', "x"],
    ["a name", "<", "x"],
    ["an attribute's name", "<a ", "x"],
    ["an end tag", "<a></", "x"],
    ["an entity", "<a>&", "x"],
    ["entities", "<a>", "&amp;"],
    ["an XML declaration", '<?xml version="1.0" ', " "],
    ["many attributes", "<a ", 'b="1" '],
    ["depth", "", "<a>"],
  ])("refuses 200 MB of %s after its first two", (_name, head, endless) => {
    const { bytes, refusal } = readBefore(head, endless);
    expect(bytes).toBeLessThan(2_000_000);
    expect(["LIMIT_EXCEEDED", "NOT_WELL_FORMED", "EMPTY"]).toContain(refusal);
  });

  test("reads a file just within the limits, and refuses one just above", () => {
    const nested = (levels: number): string => fileOf(`<Ntry>${"<a>".repeat(levels)}${"</a>".repeat(levels)}</Ntry>`);
    expect(refusalOf(nested(depth - 4))).toBeUndefined(); // Document, message, Stmt, Ntry
    expect(refusalOf(nested(depth - 3))).toBe("LIMIT_EXCEEDED");
    const attributed = (count: number): string =>
      fileOf(`<a ${Array.from({ length: count }, (_, n) => `a${n}=""`).join(" ")}/>`);
    expect(refusalOf(attributed(attributes))).toBeUndefined();
    expect(refusalOf(attributed(attributes + 1))).toBe("LIMIT_EXCEEDED");
    expect(refusalOf(fileOf(info("x".repeat(tokenLength))), { chunkBytes: 65_536 })).toBeUndefined();
    expect(refusalOf(fileOf(info("x".repeat(tokenLength + 1))), { chunkBytes: 65_536 })).toBe("LIMIT_EXCEEDED");
    expect(refusalOf(fileOf(info("x<!-- -->".repeat(tokenLength + 1))))).toBe("LIMIT_EXCEEDED");
    expect(refusalOf(fileOf(`<${"a".repeat(nameLength)}/>`))).toBeUndefined();
    expect(refusalOf(fileOf(`<${"a".repeat(nameLength + 1)}/>`))).toBe("LIMIT_EXCEEDED");
  });

  test("refuses an entry with too many elements", () => {
    expect(refusalOf(fileOf(entry({ more: "<a/>".repeat(CAMT_LIMITS.bufferedElements) })))).toBe("LIMIT_EXCEEDED");
  });

  test("reads a long file of short comments", () => {
    expect(refusalOf(`${fileOf()}${"<!-- -->".repeat(300_000)}`, { chunkBytes: 65_536 })).toBeUndefined();
  });
});

function refusedByStream(head: string, pieces: () => Iterable<Uint8Array>): string | undefined {
  const parser = createMessageParser({ entries: true });
  try {
    parser.write(Buffer.from(head));
    for (const piece of pieces()) parser.write(piece);
    return undefined;
  } catch (reason) {
    if (reason instanceof CamtRefused) return reason.refusal;
    throw reason;
  }
}
