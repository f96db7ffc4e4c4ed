import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseYaml } from "./parse-yaml.ts";

const source = (index: number): string =>
  `  - id: source-${index}\n    config: { apiKey: "\${KEY_${index}}", "a b": [1, 1.5, true, null], umlaut: "Zürich €" }\n`;
const text = `sources:\n${Array.from({ length: 2_000 }, (_, index) => source(index)).join("")}`;

test("a large file is parsed to the same document as a small one", () => {
  expect(text.length).toBeGreaterThan(100_000);
  expect(parseYaml(text)).toEqual(parse(text));
});

test("a mistake in a large file is reported with its line", () => {
  expect(() => parseYaml(`${text}  - {\n`)).toThrow(/at line 4003/);
});
