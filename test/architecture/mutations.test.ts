import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { MUTATIONS, THEMES } from "../mutations/list.ts";
import { occurrences } from "../mutations/mutation.ts";

describe("the list of mutations", () => {
  test("has at least 60, in themes", () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(60);
    expect(Object.values(THEMES).filter((theme) => theme.length === 0)).toEqual([]);
  });

  test("has only texts that occur in their file exactly once, and that the mutation changes", () => {
    const contents = new Map(MUTATIONS.map(({ file }) => [file, readFileSync(file, "utf8")]));
    const wrong = MUTATIONS.flatMap(({ breaks, file, find, replace }) => {
      const count = occurrences(contents.get(file) ?? "", find);
      return count === 1 && find !== replace ? [] : [`${file}: ${breaks} (found ${count} times)`];
    });
    expect(wrong).toEqual([]);
  });

  test("names a test file that exists for each", () => {
    const wrong = MUTATIONS.filter(({ tests }) => tests.length === 0 || !tests.every((file) => existsSync(file)));
    expect(wrong.map(({ breaks }) => breaks)).toEqual([]);
  });
});
