import { describe, expect, test } from "@jest/globals";
import { csvCell, csvLine, decimalText } from "./csv.ts";

describe("a cell", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+41 44 123", "'+41 44 123"],
    ["-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", '"\'\rx"'],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["-10.50", "-10.50"],
    ["-7", "-7"],
    ["-1e5", "'-1e5"],
    ["plain, text", '"plain, text"'],
    ["", ""],
    [null, ""],
    [-3n, "-3"],
  ])("%j is written as %j", (value, expected) => expect(csvCell(value)).toBe(expected));
});

test("a line ends with CR before its line feed", () => expect(csvLine(["a", 1, null])).toBe("a,1,\r"));

test.each([
  [-1050n, 2, "-10.50"],
  [5n, 2, "0.05"],
  [-5n, 3, "-0.005"],
  [12n, 0, "12"],
  [9007199254740993n, 2, "90071992547409.93"],
])("%d with %i digits is %s", (minor, exponent, expected) => expect(decimalText(minor, exponent)).toBe(expected));
