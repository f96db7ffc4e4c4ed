import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type BareItem, DisplayString, Token } from "structured-headers";
import { parseItems } from "./structured-field.ts";

const plain = (text: string) => parseItems(text)?.map(([value, parameters]) => [value, Object.fromEntries(parameters)]);
const bytesOf = (base64: string): ArrayBuffer => Uint8Array.from(Buffer.from(base64, "base64")).buffer;

describe("a list of items (F21)", () => {
  test.each<[string, unknown]>([
    ["", []],
    ["  ", []],
    ["7", [[7, {}]]],
    ["-7", [[-7, {}]]],
    ["007", [[7, {}]]],
    ["999999999999999", [[999_999_999_999_999, {}]]],
    ['"a";q=1', [["a", { q: 1 }]]],
    ['  "a" ;q=1', undefined],
    ['"a"; q=1;  w=60', [["a", { q: 1, w: 60 }]]],
    ['"a";q=1;q=2', [["a", { q: 2 }]]],
    [
      '"a"\t , "b"',
      [
        ["a", {}],
        ["b", {}],
      ],
    ],
    ['"a\\"\\\\,;b"', [['a"\\,;b', {}]]],
    ["a/b:c*", [[new Token("a/b:c*"), {}]]],
    ["?1;x;y=?0", [[true, { x: true, y: false }]]],
    ['"a";pk=:cHVi:', [["a", { pk: bytesOf("cHVi") }]]],
    ['"a";__proto__=1', undefined],
    ['"a";constructor=1', [["a", { constructor: 1 }]]],
    // From RFC 9651, and in none of our headers: they are ignored without affecting others.
    ["1.5", [[1.5, {}]]],
    ['"a";q=1.5', [["a", { q: 1.5 }]]],
    ["@1700000000", [[new Date(1_700_000_000_000), {}]]],
    ['%"a"', [[new DisplayString("a"), {}]]],
  ])("%j is read as it is written", (text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  test.each([
    ",",
    "1,",
    ",1",
    "1,,2",
    "1 2",
    "1.",
    "1234567890123456",
    "--1",
    "+1",
    '"a',
    '"a\\"',
    '"a\\n"',
    '"é"',
    '"a\u0007"',
    "(1 2)",
    ":a",
    "?2",
    "?",
    "limit=100, remaining=5",
    '"a";Q=1',
    '"a";=1',
    '"a";q=',
    '"a";',
    "1\n",
  ])("%j is refused as a whole", (text) => {
    expect(parseItems(text)).toBeUndefined();
    expect(parseItems(`"fine";q=1, ${text}`)).toBeUndefined();
  });

  test("a written list is read back, with any value at any place", () => {
    const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,5}$/);
    const value: fc.Arbitrary<readonly [string, BareItem]> = fc.oneof(
      fc.integer().map((number) => [String(number), number] as const),
      fc.stringMatching(/^[ -~]{0,8}$/).map((text) => [`"${text.replace(/["\\]/g, "\\$&")}"`, text] as const),
      fc.boolean().map((yes) => [yes ? "?1" : "?0", yes] as const),
      fc.base64String().map((base64) => [`:${base64}:`, bytesOf(base64)] as const),
    );
    const item = fc.tuple(value, fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (items) => {
        const text = items
          .map(([[written], given]) => written + given.map(([name, [printed]]) => `;${name}=${printed}`).join(""))
          .join(", ");
        const read = parseItems(text)?.map(([bare, parameters]) => [bare, [...parameters]]);
        expect(read).toEqual(items.map(([[, bare], given]) => [bare, given.map(([name, [, of]]) => [name, of])]));
      }),
    );
  });

  test("16 kB of any text are read or refused in linear time", () => {
    const started = performance.now();
    for (const piece of ['"', "\\", '"a', ";", ",", " ", ":", "a", "1", '"\\"']) {
      expect(() => parseItems(piece.repeat(16_384 / piece.length))).not.toThrow();
      expect(() => parseItems(`"${piece.repeat(16_384 / piece.length)}`)).not.toThrow();
    }
    expect(parseItems(`1${" ".repeat(200_000)}1`)).toBeUndefined(); // spaces that are neither at the beginning nor at the end
    expect(performance.now() - started).toBeLessThan(5_000); // linear: a few milliseconds
  });
});
