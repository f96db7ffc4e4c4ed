import { expect, test } from "@jest/globals";
import { calendarOf, type ListedStatement } from "./statement-calendar.ts";

const statement = (given: Partial<ListedStatement>): ListedStatement => ({
  id: "stm_1",
  source: { id: "bank" },
  externalId: "1",
  statementId: null,
  electronicSequence: null,
  account: { id: "acc_1", name: null, currency: "EUR", externalId: "DE1" },
  firstDay: "2026-11-02",
  lastDay: "2026-11-02",
  isBalanced: true,
  isComplete: true,
  faultyCount: 0,
  entryCount: 1,
  opening: null,
  closing: null,
  difference: null,
  links: [],
  ...given,
});
const statesOf = (statements: readonly ListedStatement[]) =>
  calendarOf(statements, "2026-11-01", "2026-11-04").map(({ name, days }) => [name, days.map(({ state }) => state)]);

test.each([
  [{}, "closes"],
  [{ isBalanced: false }, "open"],
  [{ isBalanced: null }, "unproven"],
  [{ isComplete: false }, "incomplete"],
  [{ links: [{ state: "GAP", difference: null }] }, "gap"],
  [{ isBalanced: false, links: [{ state: "GAP", difference: null }] }, "open"],
] as const)("a statement with %j makes its day %s", (given, expected) => {
  expect(statesOf([statement(given)])).toEqual([["DE1", [undefined, expected, undefined, undefined]]]);
});

test("a statement covers all its days, and the worst one of a day counts", () => {
  const month = statement({ id: "stm_2", firstDay: "2026-10-01", lastDay: "2026-11-03" });
  expect(statesOf([month, statement({ isBalanced: false })])).toEqual([
    ["DE1", ["closes", "open", "closes", undefined]],
  ]);
});

test("each account has a row, also one that was not synced yet", () => {
  const other = statement({ account: { id: "acc_2", name: "Account A", currency: "USD", externalId: "DE2" } });
  const rows = calendarOf([statement({ account: null }), other], "2026-11-02", "2026-11-02");
  expect(rows.map(({ id, name }) => [id, name])).toEqual([
    ["acc_2", "Account A"],
    ["bank, no account yet", "bank, no account yet"],
  ]);
});
