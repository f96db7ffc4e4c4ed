import type { UnknownValue } from "../../../connector-api/messages.ts";
import type { AccountRecord, BalanceKind, BalanceRecord } from "../../../domain/entities.ts";
import { ServiceError } from "../../../domain/error.ts";
import { negated } from "../../../domain/money.ts";
import type { DateTime } from "../../../domain/values.ts";
import type { AccountWire } from "../wire/account.ts";
import { moneyOf, unknownCurrency } from "./amount.ts";
import { extensionsOf, referencesOf } from "./fields.ts";

/** Plaid's account types. We have no account kind for a loan or a securities account. */
const KIND: Readonly<Record<string, AccountRecord["kind"]>> = {
  depository: "BANK_ACCOUNT",
  credit: "CARD",
  loan: undefined,
  investment: undefined,
  brokerage: undefined,
  payroll: undefined,
  other: undefined,
};

/** Account types whose `current` is the amount owed. Source: Plaid docs, "Accounts", `balances.current`. */
const OWED: ReadonlySet<string> = new Set(["credit", "loan"]);

/** PostgreSQL's bigint stores a balance; no real amount comes near this limit. */
const MAX_MINOR = 2n ** 63n - 1n;

/** Maps an account, and lists its values that we do not know. */
export function mapAccount(wire: AccountWire): {
  readonly record: AccountRecord;
  readonly unknowns: readonly UnknownValue[];
} {
  const { balances, type } = wire;
  return {
    record: {
      type: "Account",
      externalId: wire.account_id,
      createdAt: undefined,
      // An Item is an account that a customer of the platform has linked: it is the customer's own account, independent
      // of who queries it.
      ownership: "EXTERNAL",
      kind: Object.hasOwn(KIND, type) ? KIND[type] : undefined,
      name: wire.name ?? wire.official_name ?? undefined,
      currency: balances.iso_currency_code || balances.unofficial_currency_code || undefined,
      // Plaid provides owners only with its product "identity", and only as names without an id
      ownerExternalId: undefined,
      identifiers: referencesOf({
        masked: wire.mask ? `****${wire.mask}` : undefined,
        "plaid.persistent_account_id": wire.persistent_account_id,
      }),
      extensions: extensionsOf({
        type,
        subtype: wire.subtype,
        officialName: wire.official_name,
        holderCategory: wire.holder_category,
        verificationStatus: wire.verification_status,
        limit: balances.limit,
        unofficialCurrencyCode: balances.unofficial_currency_code,
      }),
    },
    unknowns: [
      Object.hasOwn(KIND, type) ? undefined : { path: "type", value: type },
      unknownCurrency(balances, "balances.iso_currency_code"),
    ].filter((unknown) => unknown !== undefined),
  };
}

export const BALANCE_KINDS = ["AVAILABLE", "BOOKED"] as const satisfies readonly BalanceKind[];
type PlaidBalanceKind = (typeof BALANCE_KINDS)[number];

export function balanceIdOf(accountId: string, kind: PlaidBalanceKind): string {
  return `${accountId}:${kind}`;
}

/**
 * Maps one balance of an account; undefined if Plaid does not provide it. Amounts owed are negative: a card with
 * `current` 410 has -410 booked, and an overpaid one has a positive balance. `available` is the amount that may still
 * be spent, for every kind of account.
 * @throws ServiceError UPSTREAM_MALFORMED
 */
export function mapBalance(wire: AccountWire, kind: PlaidBalanceKind, asOf: DateTime): BalanceRecord | undefined {
  const { balances } = wire;
  const literal = kind === "AVAILABLE" ? balances.available : balances.current;
  if (literal === null || literal === undefined) return undefined;
  const stated = moneyOf(literal, balances);
  if (stated.minor > MAX_MINOR || stated.minor < -MAX_MINOR) {
    throw new ServiceError("UPSTREAM_MALFORMED", "must be an amount within 64 bits");
  }
  return {
    type: "Balance",
    externalId: balanceIdOf(wire.account_id, kind),
    createdAt: undefined,
    accountExternalId: wire.account_id,
    kind,
    money: kind === "BOOKED" && OWED.has(wire.type) ? negated(stated) : stated,
    asOf,
    extensions: {},
  };
}
