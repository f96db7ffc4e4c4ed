import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ServiceError } from "../../domain/error.ts";
import { ExactNumber, MAX_JSON_DEPTH, parseExactJson } from "./exact-json.ts";

function failure(input: string | Uint8Array): ServiceError {
  try {
    parseExactJson(input);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error("it was parsed");
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("parseExactJson keeps every digit (F57)", () => {
  test.each([
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -9223372036854775808n],
    ["1000000000000000", 1000000000000000],
    ["0", 0],
  ])("integer %s", (text, expected) => {
    expect(parseExactJson(text)).toBe(expected);
    expect(parseExactJson(utf8(`{"a":[${text}]}`))).toEqual({ a: [expected] });
  });

  test.each(["1.10", "-0.05", "1e400", "1E5", "0e-7", "12345678901234567.1", "0.1000000000000000055511151231257827"])(
    "%s stays as written",
    (text) => {
      const parsed = parseExactJson(`{"a":${text}}`) as { a: ExactNumber };
      expect(parsed.a).toBeInstanceOf(ExactNumber);
      expect(String(parsed.a)).toBe(text);
    },
  );

  test("any bigint comes back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (value) => {
        const parsed = parseExactJson(`[${value}]`) as [number | bigint];
        expect(BigInt(parsed[0])).toBe(value);
        expect(typeof parsed[0]).toBe(Number.isSafeInteger(Number(value)) ? "number" : "bigint");
      }),
    );
  });

  test("any decimal comes back, at any place", () => {
    const digits = fc.stringMatching(/^[0-9]{1,40}$/);
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), digits, fc.json(), (whole, fraction, sibling) => {
        const text = `{"amount":${whole}.${fraction},"sibling":${sibling},"more":[${whole}.${fraction}e+5]}`;
        const parsed = parseExactJson(text) as { amount: ExactNumber; more: [ExactNumber] };
        expect(parsed.amount.text).toBe(`${whole}.${fraction}`);
        expect(parsed.more[0].text).toBe(`${whole}.${fraction}e+5`);
      }),
    );
  });

  test("agrees with JSON.parse where that is exact", () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        fc.maxSafeInteger().map((number) => (Object.is(number, -0) ? 0 : number)),
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom('"', "\\", "1", ".", "e", "[", "}", "\n", "9") }),
        fc.constantFrom(true, false, null),
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("node"), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2, "\t"), (any, indent) => {
        const text = JSON.stringify(any, undefined, indent);
        expect(parseExactJson(text)).toEqual(JSON.parse(text));
        expect(parseExactJson(`[1.5,${text}]`)).toEqual([new ExactNumber("1.5"), JSON.parse(text)]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("hostile documents (F57)", () => {
  test.each(["[", '{"a":', '[{"a":'])("100,000 levels of %s give a typed error, not a stack overflow", (opening) => {
    expect(failure(opening.repeat(100_000)).code).toBe("UPSTREAM_MALFORMED");
    expect(failure(`${"[".repeat(100_000)}1.5${"]".repeat(100_000)}`).code).toBe("UPSTREAM_MALFORMED");
  });

  test("the deepest nesting allowed is parsed, with and without exact numbers", () => {
    const nested = (inner: string, depth: number) => "[".repeat(depth) + inner + "]".repeat(depth);
    expect(JSON.stringify(parseExactJson(nested("1", MAX_JSON_DEPTH)))).toBe(nested("1", MAX_JSON_DEPTH));
    expect(JSON.stringify(parseExactJson(nested("1.5", MAX_JSON_DEPTH)))).toContain('"text":"1.5"');
    expect(failure(nested("1", MAX_JSON_DEPTH + 1)).code).toBe("UPSTREAM_MALFORMED");
    expect(parseExactJson(`["${"[".repeat(5000)}"]`)).toEqual(["[".repeat(5000)]);
  });

  test.each(['{"__proto__":{"admin":true},"n":1}', '{"__proto__":{"admin":true},"n":1.5}'])(
    "%s pollutes nothing",
    (text) => {
      const parsed = parseExactJson(text) as object;
      expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
      expect(Object.keys(parsed)).toEqual(["__proto__", "n"]);
      expect("admin" in {}).toBe(false);
    },
  );
});

describe("what is no JSON document (F25)", () => {
  const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
    ["nothing", "", "got nothing"],
    ["a lone byte order mark", utf8("\uFEFF"), "got nothing"],
    ["white space", " \n ", "got white space only (3 characters)"],
    ["an HTML page", "\n<!DOCTYPE html><p>secret</p>", "got an HTML page"],
    ["XML", "<?xml version='1.0'?><a/>", "got XML or other markup"],
    ["plain text", "upstream timed out: secret", "got text that is no JSON, first wrong at character 0"],
    ["an object cut off", '{"secret": [1, 2', "got JSON cut off at character 16"],
    ["a string cut off", '{"secret": "ab', "got JSON cut off at character 14"],
    ["an escape cut off", '["secret\\u12', "got JSON cut off at character 12"],
    ["a literal cut off", '{"secret": tru', "got JSON cut off at character 11"],
    ["a trailing comma", '{"secret": 1,}', "got broken JSON, first wrong at character 13"],
    ["two documents", '{"secret": 1} {}', "got broken JSON, first wrong at character 14"],
    ["a raw line feed in a string", '["secret\n"]', "got broken JSON, first wrong at character 8"],
    ["a wrong escape", '["secret\\x"]', "got broken JSON, first wrong at character 8"],
    ["a leading zero", '{"secret": 01.5}', "got broken JSON, first wrong at character 12"],
    ["invalid UTF-8", Uint8Array.of(0x22, 0xc3, 0x28, 0x22), "got 4 bytes that are not UTF-8"],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "got gzip data"],
  ];

  test.each(cases)("%s is named, and its content is not", (_name, input, expected) => {
    const error = failure(input);
    expect(error.code).toBe("UPSTREAM_GARBLED");
    expect(error.message).toContain(expected);
    expect(`${error.message} ${String(error.cause)}`).not.toContain("secret");
  });

  test("every proper prefix of a document is refused as cut off", () => {
    const text = '{"a":[1.5,-20,true,null,"x\\u00e9\\n"],"b":{"c":false}}';
    for (let length = 1; length < text.length; length++) {
      const error = failure(text.slice(0, length));
      expect([length, error.message]).toEqual([length, expect.stringContaining("JSON cut off at character")]);
    }
  });

  test("whatever JSON.parse refuses is refused with a position", () => {
    const fragment = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      "1",
      "-",
      ".",
      "e",
      "true",
      "nul",
      " ",
      "\\",
      "\u007f",
    );
    fc.assert(
      fc.property(fc.array(fragment, { minLength: 1, maxLength: 8 }), (parts) => {
        const text = parts.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        fc.pre(!valid && text.trim() !== "");
        const position = /character (\d+)$/.exec(failure(text).message)?.[1];
        expect(Number(position)).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("a byte order mark before a document is skipped", () => {
    expect(parseExactJson(utf8('\uFEFF{"a":1}'))).toEqual({ a: 1 });
    expect(parseExactJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });
});
