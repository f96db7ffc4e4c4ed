import { describe, expect, test } from "@jest/globals";
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

  test("gives what was parsed before instead of parsing again", () => {
    const json = { a: 1 };
    expect(readJson({ ...answer("not JSON"), json })).toBe(json);
  });
});
