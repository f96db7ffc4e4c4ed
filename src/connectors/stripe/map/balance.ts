import type { BalanceKind } from "../../../domain/entities.ts";
import type { DateTime } from "../../../domain/values.ts";
import { problemOf } from "../../../protocols/rest/item-problem.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import { type BalanceWire, fundsCurrencyWire, fundsWire } from "../wire/balance.ts";

/** Id of the only account that Stripe keeps for its user; it has no id of its own in the API. */
export const BALANCE_ACCOUNT_ID = "balance";

const ACCOUNT: Observation = recordOf({
  type: "Account",
  externalId: BALANCE_ACCOUNT_ID,
  createdAt: undefined,
  ownership: "INTERNAL",
  kind: "PROCESSOR_BALANCE",
  name: "Stripe balance",
  currency: undefined,
  ownerExternalId: undefined,
  identifiers: [],
  extensions: {},
});

/** Maps the account, and a balance for each kind of funds in each currency. Unreadable funds fail alone. */
export function mapBalance(wire: BalanceWire, asOf: DateTime): readonly Observation[] {
  return [
    ACCOUNT,
    ...wire.available.map((entry, index) => funds("AVAILABLE", entry, `available.${index}`, asOf)),
    ...wire.pending.map((entry, index) => funds("PENDING", entry, `pending.${index}`, asOf)),
    ...(wire.connect_reserved ?? []).map((entry, index) => funds("RESERVED", entry, `connect_reserved.${index}`, asOf)),
  ];
}

function funds(kind: BalanceKind, entry: unknown, path: string, asOf: DateTime): Observation {
  try {
    const { amount, currency } = fundsWire.parse(entry);
    const money = stripeMoney(amount, currency);
    const externalId = balanceIdOf(kind, money.currency);
    return recordOf({
      type: "Balance",
      externalId,
      createdAt: undefined,
      accountExternalId: BALANCE_ACCOUNT_ID,
      kind,
      money,
      asOf,
      extensions: {},
    });
  } catch (reason) {
    const fault = problemOf(reason, entry, "");
    const named = fundsCurrencyWire.safeParse(entry);
    return {
      type: "malformed",
      entity: "Balance",
      // Without a currency the position serves as the id: the same fault is the same record at each read.
      externalId: named.success
        ? balanceIdOf(kind, named.data.currency.toUpperCase())
        : `${BALANCE_ACCOUNT_ID}:${path}`,
      path: fault.path === "" ? path : `${path}.${fault.path}`,
      problem: fault.problem,
    };
  }
}

function balanceIdOf(kind: BalanceKind, currency: string): string {
  return `${BALANCE_ACCOUNT_ID}:${kind}:${currency}`;
}
