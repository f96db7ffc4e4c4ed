import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { sourceFiles } from "./import-graph.ts";

/** Code that compares a secret value with one from outside: signatures of webhooks and of cursors, keys, secrets. */
const COMPARING = [
  "src/protocols/webhooks/matches-any.ts",
  "src/server/cursors.ts",
  "src/server/http/router-check.ts",
  "src/api-keys/api-key-store.ts",
];
const PLACES = ["src/protocols/webhooks/", "src/api-keys/", ...COMPARING];
/** Comparisons that end at the first difference, so that their duration reveals how much of a guess is right. */
const EARLY_END = /\bBuffer\.compare\(|\.equals\(|\.compare\(|\b(?:mac|digest|expected)\w* === /i;

test("bytes of signatures, keys and secrets are compared in a time that does not depend on the difference", () => {
  const files = sourceFiles(process.cwd(), ["src"]).filter(
    (file) => PLACES.some((place) => file.startsWith(place)) && !file.endsWith(".test.ts"),
  );
  expect(files).toContain("src/protocols/webhooks/matches-any.ts");
  const wrong = files.filter((file) => EARLY_END.test(readFileSync(file, "utf8")));
  expect(wrong).toEqual([]);
  for (const file of COMPARING) {
    expect(readFileSync(file, "utf8")).toMatch(/[^\w]timingSafeEqual\(/);
  }
});
