import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseItems, type BareItem } from "./structured-field.ts";

const plain = (text: string) =>
  parseItems(text)?.map(({ value, parameters }) => [value, Object.fromEntries(parameters)]);
const string = (value: string): BareItem => ({ type: "string", value });
const integer = (value: number): BareItem => ({ type: "integer", value });

describe("a list of items (F21)", () => {
  test.each<[string, unknown]>([
    ["", []],
    ["  ", []],
    ["7", [[integer(7), {}]]],
    ["-7", [[integer(-7), {}]]],
    ["007", [[integer(7), {}]]],
    ["999999999999999", [[integer(999_999_999_999_999), {}]]],
    ['"a";q=1', [[string("a"), { q: integer(1) }]]],
    ['  "a" ;q=1', undefined],
    ['"a"; q=1;  w=60', [[string("a"), { q: integer(1), w: integer(60) }]]],
    ['"a";q=1;q=2', [[string("a"), { q: integer(2) }]]],
    [
      '"a"\t , "b"',
      [
        [string("a"), {}],
        [string("b"), {}],
      ],
    ],
    ['"a\\"\\\\,;b"', [[string('a"\\,;b'), {}]]],
    ["a/b:c*", [[{ type: "token", value: "a/b:c*" }, {}]]],
    [
      "?1;x;y=?0",
      [
        [
          { type: "boolean", value: true },
          { x: { type: "boolean", value: true }, y: { type: "boolean", value: false } },
        ],
      ],
    ],
    ['"a";pk=:cHVi:', [[string("a"), { pk: { type: "bytes", base64: "cHVi" } }]]],
    ['"a";__proto__=1', undefined],
    ['"a";constructor=1', [[string("a"), { constructor: integer(1) }]]],
  ])("%j is read as it stands", (text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  test.each([
    ",",
    "1,",
    ",1",
    "1,,2",
    "1 2",
    "1.5",
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
    "@1700000000",
    '%"a"',
    ":a",
    "?2",
    "?",
    "limit=100, remaining=5",
    '"a";Q=1',
    '"a";=1',
    '"a";q=',
    '"a";q=1.5',
    '"a";',
    "1\n",
  ])("%j is refused whole", (text) => {
    expect(parseItems(text)).toBeUndefined();
    expect(parseItems(`"fine";q=1, ${text}`)).toBeUndefined();
  });

  test("what is written is read, any value at any place", () => {
    const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,5}$/);
    const value: fc.Arbitrary<readonly [string, BareItem]> = fc.oneof(
      fc.integer().map((number) => [String(number), integer(number)] as const),
      fc.stringMatching(/^[ -~]{0,8}$/).map((text) => [`"${text.replace(/["\\]/g, "\\$&")}"`, string(text)] as const),
      fc.boolean().map((yes) => [yes ? "?1" : "?0", { type: "boolean", value: yes }] as const),
      fc.base64String().map((base64) => [`:${base64}:`, { type: "bytes", base64 }] as const),
    );
    const item = fc.tuple(value, fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (items) => {
        const text = items
          .map(([[written], given]) => written + given.map(([name, [shown]]) => `;${name}=${shown}`).join(""))
          .join(", ");
        const read = parseItems(text)?.map(({ value: bare, parameters }) => [bare, [...parameters]]);
        expect(read).toEqual(items.map(([[, bare], given]) => [bare, given.map(([name, [, of]]) => [name, of])]));
      }),
    );
  });

  test("16 kB of anything is read or refused at once, not tried in every way", () => {
    const started = performance.now();
    for (const piece of ['"', "\\", '"a', ";", ",", " ", ":", "a", "1", '"\\"']) {
      expect(() => parseItems(piece.repeat(16_384 / piece.length))).not.toThrow();
      expect(() => parseItems(`"${piece.repeat(16_384 / piece.length)}`)).not.toThrow();
    }
    expect(parseItems(`1${" ".repeat(200_000)}1`)).toBeUndefined(); // spaces that are neither in front nor at the end
    expect(performance.now() - started).toBeLessThan(5_000); // linear: a few milliseconds
  });
});
