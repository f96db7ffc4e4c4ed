import type { BalanceKind } from "../../../domain/entities.ts";
import type { DateTime } from "../../../domain/values.ts";
import { balanceWire } from "../wire/objects.ts";
import { minorMoney } from "./fields.ts";
import { type Observation, recordOf } from "./observation.ts";

/** Id of the only account that the processor keeps for its merchant; it has no id of its own in the contract. */
export const BALANCE_ACCOUNT_ID = "balance";

/** The account of the balances. */
export function mapBalanceAccount(): Observation {
  return recordOf({
    type: "Account",
    externalId: BALANCE_ACCOUNT_ID,
    createdAt: undefined,
    ownership: "INTERNAL",
    kind: "PROCESSOR_BALANCE",
    name: "Card processor balance",
    currency: undefined,
    ownerExternalId: undefined,
    identifiers: [],
    extensions: {},
  });
}

/** Maps the funds in one currency. @throws ZodError | ServiceError UPSTREAM_MALFORMED */
export function mapFunds(wire: unknown, asOf: DateTime): readonly Observation[] {
  const { currency, available, pending } = balanceWire.parse(wire);
  const balance = (kind: BalanceKind, amount: bigint): Observation => {
    const money = minorMoney(amount, currency);
    return recordOf({
      type: "Balance",
      externalId: balanceIdOf(kind, money.currency),
      createdAt: undefined,
      accountExternalId: BALANCE_ACCOUNT_ID,
      kind,
      money,
      asOf,
      extensions: {},
    });
  };
  return [balance("AVAILABLE", available), balance("PENDING", pending)];
}

export function balanceIdOf(kind: BalanceKind, currency: string): string {
  return `${BALANCE_ACCOUNT_ID}:${kind}:${currency}`;
}
