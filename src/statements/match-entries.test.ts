import { describe, expect, test } from "@jest/globals";
import { matchEntries } from "./match-entries.ts";

describe("which booking an entry is", () => {
  test("nothing is known: each entry is a booking of its own", () => {
    expect(matchEntries({ entries: [], known: [], scope: scopeless(), page: 1, fileId: "f" })).toEqual(new Map());
  });
});
function scopeless() {
  return {
    statementId: "s",
    kind: "STATEMENT" as const,
    from: undefined,
    to: undefined,
    firstDay: undefined,
    lastDay: undefined,
    sequence: undefined,
    checks: [],
  };
}
