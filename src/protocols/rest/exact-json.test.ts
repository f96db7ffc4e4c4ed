import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ServiceError } from "../../domain/error.ts";
import { MAX_JSON_DEPTH, parseExactJson } from "./exact-json.ts";
import { ExactNumber } from "./exact-number.ts";

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
    "%s is kept as written",
    (text) => {
      const parsed = parseExactJson(`{"a":${text}}`) as { a: ExactNumber };
      expect(parsed.a).toBeInstanceOf(ExactNumber);
      expect(String(parsed.a)).toBe(text);
    },
  );

  test("any bigint is parsed exactly", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (value) => {
        const parsed = parseExactJson(`[${value}]`) as [number | bigint];
        expect(BigInt(parsed[0])).toBe(value);
        expect(typeof parsed[0]).toBe(Number.isSafeInteger(Number(value)) ? "number" : "bigint");
      }),
    );
  });

  test("any decimal is parsed exactly, at any place", () => {
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

  test("the deepest allowed nesting is parsed, with and without exact numbers", () => {
    const nested = (inner: string, depth: number) => "[".repeat(depth) + inner + "]".repeat(depth);
    expect(JSON.stringify(parseExactJson(nested("1", MAX_JSON_DEPTH)))).toBe(nested("1", MAX_JSON_DEPTH));
    expect(JSON.stringify(parseExactJson(nested("1.5", MAX_JSON_DEPTH)))).toContain('"text":"1.5"');
    expect(failure(nested("1", MAX_JSON_DEPTH + 1)).code).toBe("UPSTREAM_MALFORMED");
    expect(parseExactJson(`["${"[".repeat(5000)}"]`)).toEqual(["[".repeat(5000)]);
  });

  test.each(['{"__proto__":{"admin":true},"n":1}', '{"__proto__":{"admin":true},"n":1.5}'])(
    "%s pollutes no prototype",
    (text) => {
      const parsed = parseExactJson(text) as object;
      expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
      expect(Object.keys(parsed)).toEqual(["__proto__", "n"]);
      expect("admin" in {}).toBe(false);
    },
  );
});

describe("C50: a key that is repeated in one object (F57)", () => {
  test.each([
    ['{"amount":700,"amount":900}', "amount"],
    ['{"data":{"object":{"amount":700,"amount":700}}}', "data.object.amount"],
    ['{"items":[{"a":1},{"a":1,"b":[],"a":2.5}]}', "items.1.a"],
    ['{"amount":1,"\\u0061mount":2}', "amount"],
    ['{"a\\"b":1,"a\\u0022b":2}', 'a"b'],
    ['{"__proto__":1,"__proto__":{"admin":true}}', "__proto__"],
    ['{"a":{"__proto__":{"x":1,"x":2}},"b":1}', "a.__proto__.x"],
    ['{"":1,"":2}', ""],
    ['{"a":{"b":{"c":1,"c":2}},"a":{"b":1}}', "a.b.c"],
    ['{"toString":1,"constructor":2,"toString":3}', "toString"],
    ['{ "1" : 1 ,\n"1" : 2 }', "1"],
    ['{"a":":","b":"\\":","a":1}', "a"],
  ])("%s is refused with the path", (text, path) => {
    for (const input of [text, utf8(text), utf8(`\uFEFF${text}`)]) {
      const { code, publicMessage } = failure(input);
      expect(code).toBe("UPSTREAM_MALFORMED");
      expect(publicMessage).toBe(`JSON must not have a key twice in one object, got ${JSON.stringify(path)} twice`);
    }
  });

  test("similar keys, and equal keys in different objects, are accepted", () => {
    const text = '{"a":{"a":[{"a":1},{"a":":"}]},"A":1,"a ":"\\"a\\":1","\u00e9":1,"e\u0301":2}';
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
  });

  test("a document with any one member repeated is refused, and the original document is accepted", () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: fc.constantFrom('"', "\\", ":", "{", "}", ",", "a") }),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.string({ unit: fc.constantFrom('"', "\\", ":", "a", "1") }), tie("node"), { maxKeys: 4 }),
      ),
    })).node;
    const object = fc.dictionary(fc.string({ maxLength: 3 }), value, { minKeys: 1, maxKeys: 4 });
    fc.assert(
      fc.property(object, value, fc.boolean(), (document, again, isFirst) => {
        const text = JSON.stringify(document);
        parseExactJson(text);
        const key = JSON.stringify(Object.keys(document)[0]);
        const member = `${key}:${JSON.stringify(again)}`;
        const twice = isFirst ? `{${member},${text.slice(1)}` : `${text.slice(0, -1)},${member}}`;
        expect(failure(twice).publicMessage).toContain("JSON must not have a key twice");
        expect(failure(`[0,{"x":${twice}}]`).publicMessage).toContain('got "1.x.');
      }),
      { numRuns: 300 },
    );
  });

  test("many repeated keys at the deepest allowed nesting are refused like one", () => {
    const deep = `${'{"a":'.repeat(MAX_JSON_DEPTH - 1)}{${'"a":1,'.repeat(20_000)}"a":1}${"}".repeat(MAX_JSON_DEPTH - 1)}`;
    expect(failure(deep).publicMessage.length).toBeLessThan(300);
  });
});

describe("text that is not a JSON document (F25)", () => {
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

  test.each(cases)("%s is named, without its content", (_name, input, expected) => {
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

  test("a text that JSON.parse refuses is refused with a position", () => {
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
