import type { BalanceKind } from "../../../domain/entities.ts";
import type { DateTime } from "../../../domain/values.ts";
import { stripeMoney } from "../currency.ts";
import { recordOf, type Observation } from "../observation.ts";
import type { BalanceWire } from "../wire/balance.ts";

/** The one account that Stripe keeps for its user; it has no id of its own in the API. */
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

/** The account, and a balance for each kind of funds in each currency. */
export function mapBalance(wire: BalanceWire, asOf: DateTime): readonly Observation[] {
  return [
    ACCOUNT,
    ...funds("AVAILABLE", wire.available, asOf),
    ...funds("PENDING", wire.pending, asOf),
    ...funds("RESERVED", wire.connect_reserved ?? [], asOf),
  ];
}

function funds(kind: BalanceKind, entries: BalanceWire["available"], asOf: DateTime): readonly Observation[] {
  return entries.map((entry) => {
    const money = stripeMoney(entry.amount, entry.currency);
    return recordOf({
      type: "Balance",
      externalId: `${BALANCE_ACCOUNT_ID}:${kind}:${money.currency}`,
      createdAt: undefined,
      accountExternalId: BALANCE_ACCOUNT_ID,
      kind,
      money,
      asOf,
      extensions: {},
    });
  });
}
