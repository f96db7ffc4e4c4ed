import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../domain/error.ts";
import { MAX_NESTING, requireShallow } from "./nesting.ts";

const nested = (levels: number): string => `${"{a".repeat(levels)}${"}".repeat(levels)}`;

describe("requireShallow", () => {
  test("takes the deepest that is allowed, and not one level more", () => {
    expect(() => requireShallow(nested(MAX_NESTING))).not.toThrow();
    expect(() => requireShallow(nested(MAX_NESTING + 1))).toThrow(ServiceError);
  });

  test.each([
    ["strings", `{ a(b: "${"{".repeat(999)}") }`],
    ["escaped quotes", `{ a(b: "\\"${"[".repeat(999)}") }`],
    ["block strings", `{ a(b: """ \\""" " ${"(".repeat(999)} """) }`],
    ["comments", `{ a # ${"{".repeat(999)}\n }`],
  ])("does not count brackets in %s", (_where, query) => {
    expect(() => requireShallow(query)).not.toThrow();
  });

  test.each([
    ["a string", `{ a(b: "x") ${nested(MAX_NESTING)} }`],
    ["a block string", `{ a(b: """ " \\""" """) ${nested(MAX_NESTING)} }`],
    ["a comment", `{ a # "\n ${nested(MAX_NESTING)} }`],
  ])("counts those behind %s", (_where, query) => {
    expect(() => requireShallow(query)).toThrow(ServiceError);
  });

  test.each(['"""', '"', '{ a(b: "\\', '"""\\"""'])("ends at the end of a text that is cut: %s", (text) => {
    expect(() => requireShallow(text)).not.toThrow();
  });
});
