import type { StatementPart } from "../../domain/bank.ts";

/** Codes of balances that are displayed as the account's own. Others, such as INFO, may be conversions. */
const OWN_CODES: ReadonlySet<string> = new Set(["OPBD", "CLBD", "PRCD", "ITBD", "CLAV", "ITAV"]);

/**
 * Currencies that an account has according to a statement: the stated one, otherwise those of the balances that are
 * displayed as its own, otherwise those of any balance.
 */
export function currenciesOf({ account, balances }: Pick<StatementPart, "account" | "balances">): readonly string[] {
  const ownBalances = balances.filter(({ code }) => OWN_CODES.has(code));
  const stated = account.currency === undefined ? [] : [account.currency];
  const own = [...stated, ...ownBalances.map(({ money }) => money.currency)];
  return [...new Set(own.length > 0 ? own : balances.map(({ money }) => money.currency))];
}
