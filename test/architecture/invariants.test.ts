import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { EVENT_WITHOUT_OBJECT } from "../../src/reconcile/invariants/event-objects.ts";
import { INVARIANTS } from "../../src/reconcile/invariants/invariants.ts";

test("docs/invariants.md lists every rule over stored objects, and no other", () => {
  const rows = [...readFileSync("docs/invariants.md", "utf8").matchAll(/^\| `(\w+)` \| (\w+) \| (.+) \|$/gm)];
  const documented = rows.map(([, kind, subject, rule]) => ({ kind, subject, rule }));
  const expected = INVARIANTS.map(({ kind, subject, rule }) => ({ kind, subject, rule }));
  expect(documented.filter(({ kind }) => kind !== EVENT_WITHOUT_OBJECT)).toEqual(expected);
  expect(documented.map(({ kind }) => kind)).toContain(EVENT_WITHOUT_OBJECT);
});

test("no two rules have the same kind", () => {
  const kinds = INVARIANTS.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
});
