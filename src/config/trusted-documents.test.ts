import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigIssue } from "./issue.ts";
import { readTrustedDocuments } from "./trusted-documents.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-documents-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string) {
  const file = join(folder, "manifest.json");
  writeFileSync(file, content);
  const issues: ConfigIssue[] = [];
  const documents = readTrustedDocuments(file, "only", issues);
  return { documents, issues: issues.map(({ path, expected }) => `${path.replace(`${folder}/`, "")}: ${expected}`) };
}

const apollo = (operations: unknown, more: object = {}): string =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations, ...more });

describe("a manifest of trusted documents", () => {
  test("has Apollo's format", () => {
    const operation = { id: "1", body: "query A { a }", name: "A", type: "query" };
    const { documents, issues } = read(apollo([operation, { ...operation, id: "2", clientName: "web" }]));
    expect(issues).toEqual([]);
    expect(documents).toEqual({
      mode: "only",
      texts: new Map([
        ["1", "query A { a }"],
        ["2", "query A { a }"],
      ]),
    });
  });

  test("or has the text of each document by its hash", () => {
    const { documents, issues } = read(JSON.stringify({ abc: "query A { a }", format: "query B { b }" }));
    expect(issues).toEqual([]);
    expect(documents?.texts.get("abc")).toBe("query A { a }");
    expect(documents?.texts.get("format")).toBe("query B { b }");
  });

  test.each([
    [
      "a text that does not parse",
      apollo([{ id: "1", body: "query A {" }]),
      [
        "manifest.json.operations[0].body: must be a GraphQL document with an operation: Syntax Error: Expected Name, found <EOF>.",
      ],
    ],
    [
      "a document without an operation",
      '{"abc": "fragment F on Query { a }"}',
      ["manifest.json.abc: must be a GraphQL document with an operation: it has none"],
    ],
    [
      "an entry without a text and one without an id",
      apollo([{ id: "1" }, { id: "", body: "{ a }" }]),
      [
        "manifest.json.operations[0].body: must be set, to a text",
        "manifest.json.operations[1].id: must have at least 1 characters",
      ],
    ],
    [
      "an id that two entries have",
      apollo([
        { id: "1", body: "{ a }" },
        { id: "1", body: "{ b }" },
      ]),
      ["manifest.json.operations[1].id: must be unique in the file"],
    ],
    [
      "another version",
      apollo([{ id: "1", body: "{ a }" }], { version: 2 }),
      ["manifest.json.version: must be one of 1"],
    ],
    [
      "another format",
      apollo([{ id: "1", body: "{ a }" }], { format: "other" }),
      ["manifest.json.format: must be one of apollo-persisted-query-manifest"],
    ],
    ["a text that is none", '{"abc": 1}', ["manifest.json.abc: must be a text, not a number"]],
    ["a list", "[]", ["manifest.json: must be a group of names and values, not a list"]],
    ["no document", "{}", ["manifest.json: must have at least one document"]],
  ])("is refused with its file and entry: %s", (_name, content, expected) => {
    expect(read(content).issues).toEqual(expected);
  });

  test("is refused when it is no JSON, or cannot be read", () => {
    expect(read("{").issues).toEqual([expect.stringMatching(/^TRUSTED_DOCUMENTS: must name a readable JSON file: /)]);
    const issues: ConfigIssue[] = [];
    readTrustedDocuments(join(folder, "none.json"), "also", issues);
    expect(issues).toEqual([{ path: "TRUSTED_DOCUMENTS", expected: expect.stringContaining("ENOENT") }]);
  });
});
