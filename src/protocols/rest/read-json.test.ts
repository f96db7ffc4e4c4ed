import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { ServiceError } from "../../domain/error.ts";
import { readJson } from "./read-json.ts";

const answer = (body: string, contentType?: string) => ({
  status: 200,
  headers: contentType === undefined ? {} : { "content-type": contentType },
  body: new TextEncoder().encode(body),
});

describe("readJson", () => {
  test.each([
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/problem+json",
    "text/json",
    undefined,
  ])("parses a body of type %s", (type) => {
    expect(readJson(answer('{"a":9007199254740993}', type))).toEqual({ a: 9007199254740993n });
  });

  test.each([
    ["an HTML page", "<html>secret</html>", "text/html", "got content type text/html"],
    ["JSON under a wrong type", '{"secret":1}', "text/html; charset=utf-8", "got content type text/html"],
    ["an HTML page that claims to be JSON", "<html>secret</html>", "application/json", "got an HTML page"],
    ["an empty body", "", "application/json", "got nothing"],
    ["an empty body of another type", "", "text/plain", "got nothing"],
    ["a body cut off", '{"secret":', "application/json", "got JSON cut off at character 10"],
    ["a type that repeats a credential", "{}", "application/sk_live_1", "got content type that is not JSON"],
    ["a hostile type", "secret", "text/\u001b[2J secret", "got content type that is malformed"],
  ])("refuses %s (F25)", (_name, body, type, expected) => {
    let thrown: unknown;
    try {
      readJson(answer(body, type));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ServiceError);
    expect(thrown).toMatchObject({ code: "UPSTREAM_GARBLED", retryable: true });
    expect(String(thrown)).toContain(expected);
    expect(String(thrown)).not.toContain("secret");
  });

  test("C50: a value with a repeated key cannot be parsed by any schema, and the other values can", () => {
    const page = readJson(
      answer('{"data":[{"a":1},{"a":1,"b":{"c":2},"a":3}],"more":true,"x":{"y":1,"y":2},"x":{"z":1}}'),
    );
    expect(page).toMatchObject({ data: [{ a: 1 }, { b: { c: 2 } }], more: true });
    const { data, x } = page as { data: [object, { a: unknown }]; x: unknown };
    for (const value of [data[1].a, x]) {
      const shapes = [z.number(), z.string(), z.looseObject({}), z.array(z.unknown()), z.boolean(), z.null()];
      expect(shapes.map((shape) => shape.safeParse(value).success)).toEqual(shapes.map(() => false));
    }
  });

  test.each([
    '{"__proto__":{"x":1},"a":{"__proto__":{"y":1},"__proto__":{"z":1}}}',
    '{"a":{"__proto__":{"y":1,"y":2}},"a":{"b":1}}',
    '{"a":{"constructor":{"prototype":{"y":1,"y":2}}},"a":{"b":1}}',
    '{"__proto__":{"y":1,"y":2},"__proto__":[1]}',
    '{"a":[{"y":1,"y":2}],"a":"text"}',
  ])("C50: %s pollutes no prototype (F57)", (text) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const parsed = readJson(answer(text)) as object;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect([{}, [], Object].map((value) => "y" in value)).toEqual([false, false, false]);
  });

  test("returns an already parsed value instead of parsing again", () => {
    const json = { a: 1 };
    expect(readJson({ ...answer("not JSON"), json })).toBe(json);
  });
});
