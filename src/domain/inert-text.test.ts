import { expect, test } from "@jest/globals";
import { ServiceError } from "./error.ts";
import { inertText } from "./inert-text.ts";

test.each([
  ["plain, größer, 東京, 😀", "plain, größer, 東京, 😀"],
  ['a\r\n{"level":50}', 'a\\u000d\\u000a{"level":50}'],
  ["\u001b[2J\u009b31m\u0000", "\\u001b[2J\\u009b31m\\u0000"],
  ["invoice\u202egpj.exe\u2066", "invoice\\u202egpj.exe\\u2066"],
  ["a\u2028b\ufeff", "a\\u2028b\\ufeff"],
])("F109: %j becomes %j, which no terminal and no reader takes for anything else", (text, inert) => {
  expect(inertText(text)).toBe(inert);
});

test("F109: a text of an upstream in the message of an error is inert", () => {
  const error = new ServiceError("UPSTREAM_MALFORMED", 'JSON must not have the key "\u202ex\n" twice');
  expect(error.publicMessage).toBe('JSON must not have the key "\\u202ex\\u000a" twice');
});
