import type { EntityType } from "../src/domain/ids.ts";
import type { EntityRows } from "../src/graph/loaders/models.ts";

export type { ReadColumns } from "../src/graph/loaders/models.ts";

type FieldsOf<Type extends EntityType> = Readonly<Record<string, readonly (keyof EntityRows[Type] & string)[]>>;

const SYNCED = {
  source: ["sourceId"],
  extensions: ["extensions"],
  freshness: ["sourceId", "observedAt", "sourceUpdatedAt", "via"],
  history: ["id"],
  raw: ["sourceId", "rawHash", "deliveryId", "rawPath"],
} as const;
const AMOUNT = ["amountMinor", "currency", "exponent"] as const;
const IN_CURRENCY = ["currency", "exponent"] as const;

/**
 * Fields of the rows that the resolvers of synced objects read, by field of the graph, so that only these are read from
 * the database. A field without a resolver reads the one of its name. A kind that is not listed is read completely, and
 * so is one of which a field with a resolver is selected that is not listed.
 */
export const FIELDS_READ: { readonly [Type in EntityType]?: FieldsOf<Type> } = {
  Party: { ...SYNCED, identifiers: ["identifiers"], payments: ["id"] },
  Payment: {
    ...SYNCED,
    amount: AMOUNT,
    captured: ["capturedMinor", ...IN_CURRENCY],
    refunded: AMOUNT,
    method: ["method"],
    debtor: ["debtorId"],
    creditor: ["creditorId"],
    payerDetails: ["id"],
    references: ["referenceList"],
    attempts: ["id"],
    refunds: ["id"],
    disputes: ["id"],
    ledgerEntries: ["id"],
  },
  PaymentAttempt: {
    extensions: SYNCED.extensions,
    freshness: SYNCED.freshness,
    history: SYNCED.history,
    raw: SYNCED.raw,
    payment: ["paymentId"],
    amount: AMOUNT,
    captured: ["capturedMinor", ...IN_CURRENCY],
    refunded: ["refundedMinor", ...IN_CURRENCY],
  },
  Refund: { ...SYNCED, payment: ["paymentId"], attempt: ["attemptId"], amount: AMOUNT, ledgerEntries: ["id"] },
  Dispute: { ...SYNCED, payment: ["paymentId"], attempt: ["attemptId"], amount: AMOUNT, ledgerEntries: ["id"] },
  LedgerEntry: {
    ...SYNCED,
    account: ["accountId"],
    gross: ["grossMinor", ...IN_CURRENCY],
    fee: ["feeMinor", ...IN_CURRENCY],
    net: ["netMinor", ...IN_CURRENCY],
    origin: ["originType", "originId"],
    payout: ["payoutId"],
  },
  BankTransaction: {
    ...SYNCED,
    sourceIds: ["id", "externalId"],
    account: ["accountId"],
    statement: ["statementId"],
    reportedBy: ["id"],
    amount: AMOUNT,
    references: ["referenceList"],
    amounts: ["amounts"],
    charges: ["charges"],
    batches: ["batches"],
    details: ["id"],
    payout: ["id"],
    reconciliation: ["id"],
  },
};

/** Fields of the graph that read objects of another kind and look into their rows. */
export const ALSO_READ: Readonly<Record<string, { readonly [Type in EntityType]?: readonly string[] }>> = {
  "Payment.method": { PaymentAttempt: ["method"] },
  "Payment.payerDetails": { PaymentAttempt: ["status", "payerDetails"] },
};
