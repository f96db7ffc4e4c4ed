import { expect, test } from "@jest/globals";
import { existsSync, globSync, readFileSync } from "node:fs";
import { LONGEST_FILES } from "../helpers/longest-files.ts";

const NUMBER = /\b[FC]\d+\b/g;
const LONG = ".long.test.ts";

/** Numbers of fault cases and conformance cases in the titles of a file. */
function numbersIn(path: string): string[] {
  const titles = readFileSync(path, "utf8").match(/\b(?:describe|test)(?:\.each)?\b[\s\S]*?=> \{/g) ?? [];
  return titles.flatMap((title) => title.match(NUMBER) ?? []);
}

test("each case that a test of the long form alone names is named by a test of `npm test` too", () => {
  const files = globSync("{src,sandbox,resolvers,dashboard,test,tools}/**/*.test.ts");
  const long = files.filter((path) => path.endsWith(LONG));
  const short = new Set(files.filter((path) => !path.endsWith(LONG)).flatMap(numbersIn));
  const named = new Set(long.flatMap(numbersIn));
  expect(named.size).toBeGreaterThan(5);
  expect([...named].filter((number) => !short.has(number))).toEqual([]);
});

test("each file that is started first exists", () => {
  expect(LONGEST_FILES.filter((path) => !existsSync(path))).toEqual([]);
});
