import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { sourceFiles } from "./import-graph.ts";

/** Code that compares a secret value with one from outside: signatures of webhooks, and of cursors. */
const PLACES = ["src/protocols/webhooks/", "src/server/cursors.ts"];
/** Comparisons that end at the first difference, so that their duration reveals how much of a guess is right. */
const EARLY_END = /\bBuffer\.compare\(|\.equals\(|\.compare\(|\b(?:mac|digest|expected)\w* === /i;

test("bytes of signatures are compared in a time that does not depend on the difference", () => {
  const files = sourceFiles(process.cwd(), ["src"]).filter(
    (file) => PLACES.some((place) => file.startsWith(place)) && !file.endsWith(".test.ts"),
  );
  expect(files).toContain("src/protocols/webhooks/matches-any.ts");
  const wrong = files.filter((file) => EARLY_END.test(readFileSync(file, "utf8")));
  expect(wrong).toEqual([]);
  for (const file of ["src/protocols/webhooks/matches-any.ts", "src/server/cursors.ts"]) {
    expect(readFileSync(file, "utf8")).toMatch(/[^\w]timingSafeEqual\(/);
  }
});
