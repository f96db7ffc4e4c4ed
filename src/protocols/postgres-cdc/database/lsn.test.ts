import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatLsn, parseLsn } from "./lsn.ts";

test("a position is the number of its two halves", () => {
  expect(parseLsn("16/B374D848")).toBe(0x16_b374d848n);
  expect(parseLsn("0/0")).toBe(0n);
  expect(formatLsn(0x16_b374d848n)).toBe("16/B374D848");
});

test("every position is read as it was written", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (lsn) => {
      expect(parseLsn(formatLsn(lsn))).toBe(lsn);
    }),
  );
});

test.each(["", "1", "1/", "/1", "1/123456789", "g/1", " 1/1", "1/1\n"])("%j is not a position", (text) => {
  expect(() => parseLsn(text)).toThrow(/two hexadecimal numbers/);
});
