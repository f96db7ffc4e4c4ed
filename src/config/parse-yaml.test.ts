import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { memoryAfterCollection } from "../../test/helpers/memory.ts";
import { parseYaml } from "./parse-yaml.ts";

const source = (index: number): string =>
  `  - id: source-${index}\n    config: { apiKey: "\${KEY_${index}}", "a b": [1, 1.5, true, null], umlaut: "Zürich €" }\n`;
const text = `sources:\n${Array.from({ length: 200 }, (_, index) => source(index)).join("")}`;

const DOCUMENTS: Readonly<Record<string, string>> = {
  "many sources": text,
  "texts that YAML 1.1 reads as other types": "[yes, no, on, 2026-01-01, 1:30, 1_000, 014]",
  "numbers, booleans and nothing": "{ a: 12, b: 0x1F, c: 0o14, d: 1e3, e: true, f: ~, g: , h: null }",
  "quotes, comments and blocks": "a: 'it''s' # said\nb: \"\\u00fc\\n\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\n",
  "an anchor that is used twice": "a: &shared { b: 1 }\nc: *shared\n",
  "JSON with tabs": '{\n\t"tenants": ["acme"],\n\t"sources": []\n}',
  "a byte order mark and line ends of Windows": "\uFEFFa: 1\r\nb:\r\n  - 2\r\n",
};

test.each(Object.entries(DOCUMENTS))("%s are parsed as YAML 1.2", (_, document) => {
  expect(parseYaml(document)).toEqual(parse(document));
});

test("a mistake is reported with its line", () => {
  expect(() => parseYaml(`${text}  - {\n`)).toThrow(/ at line 403, column \d+$/);
});

test("a mistake is reported without the text around it, which may be a secret", () => {
  const mistake = () => parseYaml("apiKey: canary\nother: [canary\n");
  expect(mistake).toThrow(/at line/);
  expect(mistake).not.toThrow(/canary/);
});

test("a key that is there twice is a mistake", () => {
  expect(() => parseYaml("a: 1\nb: 2\na: 3\n")).toThrow(/duplicated mapping key/);
});

test("a key named __proto__ is a key like any other", () => {
  expect(Object.keys(parseYaml("__proto__: { polluted: true }") as object)).toEqual(["__proto__"]);
  expect({}).not.toHaveProperty("polluted");
});

test("values do not keep the text that they were a part of in memory", () => {
  const before = memoryAfterCollection();
  const values = parseYaml(`key: a value of some length\n# ${"x".repeat(20_000_000)}\n`);
  expect(memoryAfterCollection() - before).toBeLessThan(10_000_000);
  expect(values).toEqual({ key: "a value of some length" });
});
