import { describe, expect, test } from "@jest/globals";
import { searchWords } from "./search-words.ts";

describe("search words", () => {
  test.each<[string, string[]]>([
    ["", []],
    [" -/!", []],
    ["Müller & Söhne", ["muller", "sohne"]],
    ["RF18-5390/0075", ["rf18", "5390", "0075"]],
    ["STRASSE Straße", ["strasse", "strasse"]],
    ["ﬁnance ２０２６", ["finance", "2026"]],
    ["Ελλάδα 東京", ["ελλαδα", "東京"]],
    ["a\u0000b\ud800c", ["a", "b", "c"]],
    ["'x':* & !y", ["x", "y"]],
  ])("of text %j", (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  test("have no size limit", () => {
    expect(searchWords("x".repeat(10_000))).toEqual(["x".repeat(100)]);
    expect(searchWords("ab ".repeat(1_000_000)).join(" ").length).toBeLessThanOrEqual(200_000);
    expect(searchWords("\ufdfa".repeat(200_000)).join(" ").length).toBeLessThanOrEqual(200_000); // one makes 18
  });
});
