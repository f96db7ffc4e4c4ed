import type { UnknownValue } from "../../../connector-api/messages.ts";
import type { BankDate } from "../../../domain/bank.ts";
import type { BankTransactionRecord } from "../../../domain/entities.ts";
import { referenceValues, searchText } from "../../../domain/found-by.ts";
import { negated } from "../../../domain/money.ts";
import type { TransactionWire } from "../wire/transaction.ts";
import { moneyOf, unknownCurrency } from "./amount.ts";
import { counterpartyOf } from "./counterparty.ts";
import { extensionsOf, referencesOf } from "./fields.ts";

/** Content of one Plaid transaction. */
export interface MappedTransaction {
  readonly record: BankTransactionRecord;
  /** The earlier, pending id of this posted transaction. */
  readonly replaces: string | undefined;
  readonly unknowns: readonly UnknownValue[];
}

/** @throws ServiceError UPSTREAM_MALFORMED when the amount is invalid, or has no currency */
export function mapTransaction(wire: TransactionWire): MappedTransaction {
  const { pending } = wire;
  const unknown = unknownCurrency(wire, "iso_currency_code");
  const dates = datesOf(wire);
  const day = dates.booked?.date ?? dates.valued?.date ?? wire.date;
  const entry = { ...sidesOf(wire), ...textsOf(wire), references: referencesFrom(wire) };
  return {
    record: {
      type: "BankTransaction",
      externalId: wire.transaction_id,
      accountExternalId: wire.account_id,
      statementExternalId: undefined,
      createdAt: `${day}T00:00:00.000Z`, // orders the lists; the graph contains the dates themselves
      ...entry,
      ...dates,
      isReversal: false, // Plaid does not mark reversals: a refund is a separate transaction, in the other direction
      status: pending ? "PENDING" : "BOOKED",
      rawStatus: pending ? "pending" : "posted",
      code: codeOf(wire),
      creditorReference: undefined,
      returnReason: undefined,
      amounts: [],
      charges: [],
      batches: [],
      detailsMatch: "NONE",
      detailCount: 0,
      referenceValues: referenceValues(entry),
      searchText: searchText(entry),
      extensions: extrasOf(wire),
    },
    replaces: wire.pending_transaction_id ?? undefined,
    unknowns: unknown === undefined ? [] : [unknown],
  };
}

/** Returns amount and direction. At Plaid money leaving the account is positive. Zero is a credit, as in statements. */
function sidesOf(wire: TransactionWire) {
  const money = moneyOf(wire.amount, wire);
  const direction = money.minor > 0n ? "DEBIT" : "CREDIT";
  const amount = direction === "DEBIT" ? money : negated(money);
  return { direction, amount, counterparty: counterpartyOf(wire, direction) } as const;
}

/**
 * Returns the dates. A transaction is booked on the day that it was posted, a pending one on none yet. Its value date
 * is the day that it was authorized; for a pending one `date` is that day too. Times are kept as written, and do not
 * change the day.
 */
function datesOf(wire: TransactionWire): {
  readonly booked: BankDate | undefined;
  readonly valued: BankDate | undefined;
} {
  const authorized = wire.authorized_date ?? (wire.pending ? wire.date : undefined);
  return {
    booked: wire.pending ? undefined : { date: wire.date, time: wire.datetime ?? undefined },
    valued: authorized === undefined ? undefined : { date: authorized, time: wire.authorized_datetime ?? undefined },
  };
}

/** Returns the bank's own text if Plaid provides it, or else the text that Plaid derived from it. */
function textsOf(wire: TransactionWire) {
  const text = wire.original_description ?? wire.name ?? undefined;
  const reason = wire.payment_meta?.reason;
  const remittance = [...new Set([text, reason])].filter((part) => part).join("\n");
  return {
    remittance: remittance === "" ? undefined : remittance,
    additionalInfo: wire.name && wire.name !== text ? wire.name : undefined,
  };
}

/**
 * Returns the references, including the present id: a transaction keeps its first id, which may be the pending one's.
 */
function referencesFrom(wire: TransactionWire) {
  return referencesOf({
    "plaid.transaction_id": wire.transaction_id,
    "plaid.reference_number": wire.payment_meta?.reference_number,
    "plaid.ppd_id": wire.payment_meta?.ppd_id,
    "plaid.check_number": wire.check_number,
  });
}

function codeOf({ personal_finance_category: category }: TransactionWire): BankTransactionRecord["code"] {
  return category ? { proprietary: category.detailed, issuer: "Plaid" } : undefined;
}

function extrasOf(wire: TransactionWire): Readonly<Record<string, string>> {
  return extensionsOf({
    unofficialCurrencyCode: wire.unofficial_currency_code,
    category: wire.personal_finance_category?.primary,
    categoryConfidence: wire.personal_finance_category?.confidence_level,
    legacyCategory: wire.category?.join(" / "),
    legacyCategoryId: wire.category_id,
    counterpartyType: wire.counterparties?.[0]?.type,
    website: wire.website ?? wire.counterparties?.[0]?.website,
    paymentChannel: wire.payment_channel,
    paymentMethod: wire.payment_meta?.payment_method,
    paymentProcessor: wire.payment_meta?.payment_processor,
    transactionCode: wire.transaction_code,
    accountOwner: wire.account_owner,
  });
}
