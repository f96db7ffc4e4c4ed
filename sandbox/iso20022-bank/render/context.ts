import type { Account } from "../world/account.ts";
import type { Direction } from "../world/entry.ts";
import type { Dialect } from "../plan/dialect.ts";
import { decimalOf } from "./decimal.ts";
import type { VersionFacts } from "../plan/version.ts";
import { group, text, type XmlNode } from "./xml.ts";

/** Values that the writing of a statement depends on. */
export interface Context {
  readonly facts: VersionFacts;
  readonly dialect: Dialect;
  readonly account: Account;
}

/** An element with an amount of the account's currency. */
export function amountNode(name: string, minor: bigint, { account, dialect }: Context): XmlNode | undefined {
  return foreignAmountNode(name, { minor, exponent: account.exponent, currency: account.currency }, dialect);
}

/** An element with an amount of any currency. */
export function foreignAmountNode(
  name: string,
  amount: { readonly minor: bigint; readonly exponent: number; readonly currency: string },
  { fractionDigits }: Dialect,
): XmlNode | undefined {
  return text(name, decimalOf(amount.minor, amount.exponent, fractionDigits), ` Ccy="${amount.currency}"`);
}

export const directionOf = (minor: bigint): Direction => (minor < 0n ? "DBIT" : "CRDT");

/** FinInstnId with BIC or BICFI. */
export function agentNode(
  name: string,
  bic: string | undefined,
  { facts }: Pick<Context, "facts">,
): XmlNode | undefined {
  return group(name, group("FinInstnId", text(facts.bic, bic)));
}
