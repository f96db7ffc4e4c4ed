import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../domain/error.ts";
import { MAX_NESTING, limitDepth } from "./depth-limit.ts";

const nested = (levels: number): string => `${"{a".repeat(levels)}${"}".repeat(levels)}`;

describe("limitDepth", () => {
  test("accepts the maximum depth, and refuses one level more", () => {
    expect(() => limitDepth(nested(MAX_NESTING))).not.toThrow();
    expect(() => limitDepth(nested(MAX_NESTING + 1))).toThrow(ServiceError);
  });

  test.each([
    ["strings", `{ a(b: "${"{".repeat(999)}") }`],
    ["escaped quotes", `{ a(b: "\\"${"[".repeat(999)}") }`],
    ["block strings", `{ a(b: """ \\""" " ${"(".repeat(999)} """) }`],
    ["comments", `{ a # ${"{".repeat(999)}\n }`],
  ])("ignores brackets in %s", (_where, query) => {
    expect(() => limitDepth(query)).not.toThrow();
  });

  test.each([
    ["a string", `{ a(b: "x") ${nested(MAX_NESTING)} }`],
    ["a block string", `{ a(b: """ " \\""" """) ${nested(MAX_NESTING)} }`],
    ["a comment", `{ a # "\n ${nested(MAX_NESTING)} }`],
  ])("counts brackets after %s", (_where, query) => {
    expect(() => limitDepth(query)).toThrow(ServiceError);
  });

  test.each(['"""', '"', '{ a(b: "\\', '"""\\"""'])("ends at the end of a truncated text: %s", (text) => {
    expect(() => limitDepth(text)).not.toThrow();
  });
});
