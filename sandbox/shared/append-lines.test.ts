import { expect, test } from "@jest/globals";

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLineFile } from "./append-lines.ts";

test("a full disk does not end the work: lines are kept and nothing is thrown", () => {
  const file = openLineFile("/dev/full"); // each write fails with ENOSPC
  for (const line of ["one", "two", "three"]) expect(() => file.append(line)).not.toThrow();
  file.close();
});

test("lines are written in order", () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-lines-"));
  try {
    const file = openLineFile(join(folder, "lines"));
    for (const line of ["one", "two"]) file.append(line);
    file.close();
    expect(readFileSync(join(folder, "lines"), "utf8")).toBe("one\ntwo\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
