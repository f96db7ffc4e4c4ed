import { expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { environmentSchema } from "../../src/config.ts";
import { ERROR_CODES } from "../../src/domain/error.ts";

const README = readFileSync("README.md", "utf8");

/** Cells of the table rows that stand under a heading, first row of dashes and header left out. */
function tableUnder(heading: string): string[][] {
  const section = README.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("the settings table is the schema of the settings", () => {
  const defaults: Readonly<Record<string, string | number | undefined>> = environmentSchema.parse({});
  const expected = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const value = defaults[name];
    return [`\`${name}\``, value === undefined ? "" : `\`${value}\``, schema.description];
  });
  expect(tableUnder("Settings")).toEqual(expected);
});

test("the error table is the table of error codes, both ways", () => {
  const expected = Object.entries(ERROR_CODES).map(([code, { http, retry, cause }]) => [
    `\`${code}\``,
    String(http),
    retry === "backoff" ? "yes" : "no",
    cause ?? "",
  ]);
  expect(tableUnder("Errors").map((row) => row.slice(0, 4))).toEqual(expected);
});

test("every runtime dependency stands in its table with a reason, and nothing else does", () => {
  const names = z.record(z.string(), z.string());
  const manifest = z
    .object({ dependencies: names, optionalDependencies: names })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  const listed = tableUnder("Dependencies").flatMap(([cell]) =>
    [...(cell ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
  );
  const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)];
  const covers = (pattern: string, name: string) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  expect(installed.filter((name) => !listed.some((pattern) => covers(pattern, name)))).toEqual([]);
  expect(listed.filter((pattern) => !installed.some((name) => covers(pattern, name)))).toEqual([]);
});

test("every folder of the map is there", () => {
  const folders = tableUnder("Map").map(([cell]) => (cell ?? "").replaceAll("`", ""));
  expect(folders.length).toBeGreaterThan(10);
  expect(folders.filter((folder) => !existsSync(folder))).toEqual([]);
});
