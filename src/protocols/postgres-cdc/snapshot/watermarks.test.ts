import { expect, test } from "@jest/globals";
import { Watermarks } from "./watermarks.ts";

test("without any watermark a snapshot is complete before the beginning of the log only", () => {
  expect(new Watermarks().completeBefore(100n)).toBe(0n);
});

test("a watermark counts as soon as every transaction that had an id at its time has ended", () => {
  const watermarks = new Watermarks();
  watermarks.add({ lsn: 1_000n, nextXid: 50n });
  watermarks.add({ lsn: 2_000n, nextXid: 60n });
  expect(watermarks.completeBefore(49n)).toBe(0n);
  expect(watermarks.completeBefore(50n)).toBe(1_000n);
  expect(watermarks.completeBefore(59n)).toBe(1_000n);
  expect(watermarks.completeBefore(60n)).toBe(2_000n);
});

test("while an old transaction is open the memory is bounded, and what follows its end is late by a share", () => {
  const watermarks = new Watermarks();
  for (let n = 1n; n <= 10_000n; n++) watermarks.add({ lsn: n * 10n, nextXid: n });
  expect(watermarks.completeBefore(0n)).toBe(0n);
  expect(watermarks.completeBefore(5_000n)).toBeGreaterThan(40_000n);
  expect(watermarks.completeBefore(20_000n)).toBeGreaterThan(90_000n);
});
