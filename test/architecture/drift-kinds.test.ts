import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { DRIFT_KINDS } from "../../src/ingest/apply/drift-kinds.ts";

test("docs/operations.md lists every kind of finding about a changed contract, and no other", () => {
  const text = readFileSync("docs/operations.md", "utf8");
  const [, section = ""] = /## When an upstream changes its contract\n([^]*?)\n## /.exec(text) ?? [];
  const listed = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, kind]) => kind);
  expect(new Set(listed)).toEqual(new Set(Object.keys(DRIFT_KINDS)));
});
