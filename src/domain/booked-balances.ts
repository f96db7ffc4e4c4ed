import type { StatementBalance } from "./bank.ts";

/** Opening balance: OPBD, else PRCD, else the first ITBD or other interim balance. */
export function openingOf(balances: readonly StatementBalance[]): StatementBalance | undefined {
  return firstOf(balances, "OPBD") ?? firstOf(balances, "PRCD") ?? balances.find(isInterim);
}

/** Closing balance: CLBD, else the last ITBD or other interim balance. */
export function closingOf(balances: readonly StatementBalance[]): StatementBalance | undefined {
  return lastOf(balances, "CLBD") ?? balances.findLast(isInterim);
}

/** True for a balance between two pages or during a day: ITBD, or a booked balance of the external sub-type INTM. */
export function isInterim({ code, subType }: StatementBalance): boolean {
  return code === "ITBD" || (subType === "INTM" && (code === "OPBD" || code === "PRCD" || code === "CLBD"));
}

/** A sub-type may mean only a part of a balance, such as blocked funds: a balance without a sub-type comes first. */
function firstOf(balances: readonly StatementBalance[], code: string): StatementBalance | undefined {
  const some = balances.filter((balance) => balance.code === code && !isInterim(balance));
  return some.find(({ subType }) => subType === undefined) ?? some[0];
}

/** Last balance with this code, under the same rule. */
function lastOf(balances: readonly StatementBalance[], code: string): StatementBalance | undefined {
  const some = balances.filter((balance) => balance.code === code && !isInterim(balance));
  return some.findLast(({ subType }) => subType === undefined) ?? some.at(-1);
}
