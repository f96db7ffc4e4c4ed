import { expect, test } from "@jest/globals";
import { storableName } from "./file-name.ts";
import { looksLikeZip, mediaTypeOf } from "./media-type.ts";

test.each([
  ["<?xml ?>", "application/xml"],
  ["\n  <Document/>", "application/xml"],
  ["\u00ef\u00bb\u00bf<a/>", "application/xml"],
  ["\u00ff\u00fe<\0a\0", "application/xml"],
  ["\u00fe\u00ff\0<\0a", "application/xml"],
  ["PK\u0003\u0004", "application/zip"],
  ["PK\u0005\u0006", "application/zip"],
  ["PK\u0001\u0002", "application/octet-stream"],
  [":20:STARTUMS", "application/octet-stream"],
  ["", "application/octet-stream"],
])("%j is %s", (text, expected) => {
  const bytes = Buffer.from(text, "latin1");
  expect(mediaTypeOf(bytes)).toBe(expected);
  expect(looksLikeZip(bytes)).toBe(expected === "application/zip");
});

test("a file name from outside is converted to one that can be stored", () => {
  expect(storableName("a\0b\nc\ud800.xml")).toBe("a\u{fffd}b\u{fffd}c\u{fffd}.xml");
  expect(storableName(`${"x".repeat(199)}\u{1f600}`)).toBe(`${"x".repeat(199)}\u{fffd}`);
});
