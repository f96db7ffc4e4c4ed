import type { DomainRecord } from "../../domain/entities.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Money } from "../../domain/money.ts";
import { searchWords } from "../../domain/search-words.ts";
import { documentText } from "./document.ts";

/** Derives the id of another object of the same tenant and source. */
export type IdOf = (type: EntityType, externalId: string) => string;

export interface Column<Entity> {
  readonly name: string;
  readonly type: "text" | "bigint" | "smallint" | "integer" | "numeric" | "boolean" | "jsonb" | "timestamptz" | "date";
  /** True for what differs each time that we look, such as a balance's moment: written, but not a change by itself. */
  readonly volatile?: true;
  /** As PostgreSQL's text form; null where the upstream says nothing. */
  readonly value: (record: Entity, idOf: IdOf) => string | null;
}

export interface EntityTable<Entity> {
  readonly table: string;
  readonly columns: readonly Column<Entity>[];
}

type RecordOf<Type extends EntityType> = Extract<DomainRecord, { readonly type: Type }>;

const text = <E>(name: string, pick: (record: E) => string | undefined): Column<E> => ({
  name,
  type: "text",
  value: (record) => pick(record) ?? null,
});
const link = <E>(name: string, type: EntityType, pick: (record: E) => string | undefined): Column<E> => ({
  name,
  type: "text",
  value: (record, idOf) => {
    const externalId = pick(record);
    return externalId === undefined ? null : idOf(type, externalId);
  },
});
const minor = <E>(name: string, pick: (record: E) => bigint): Column<E> => ({
  name,
  type: "bigint",
  value: (record) => pick(record).toString(),
});
const exponent = <E>(pick: (record: E) => number): Column<E> => ({
  name: "exponent",
  type: "smallint",
  value: (record) => pick(record).toString(),
});
const json = <E>(name: string, pick: (record: E) => unknown): Column<E> => ({
  name,
  type: "jsonb",
  value: (record) => {
    const value = pick(record);
    return value === undefined ? null : JSON.stringify(value);
  },
});
const instant = <E>(name: string, pick: (record: E) => string | undefined): Column<E> => ({
  ...text(name, pick),
  type: "timestamptz",
});

const flag = <E>(name: string, pick: (record: E) => boolean | undefined): Column<E> => ({
  name,
  type: "boolean",
  value: (record) => {
    const value = pick(record);
    return value === undefined ? null : String(value);
  },
});
const count = <E>(name: string, pick: (record: E) => number): Column<E> => ({
  name,
  type: "integer",
  value: (record) => pick(record).toString(),
});
const day = <E>(name: string, pick: (record: E) => string | undefined): Column<E> => ({
  ...text(name, pick),
  type: "date",
});
/** bigint has no JSON: amounts within a document are text of their minor units, see document.ts. */
const document = <E>(name: string, pick: (record: E) => unknown): Column<E> => ({
  name,
  type: "jsonb",
  value: (record) => {
    const value = pick(record);
    return value === undefined ? null : documentText(value);
  },
});

/** A status in our words and in the upstream's. */
const STATUS: readonly Column<{ readonly status: string | undefined; readonly rawStatus: string }>[] = [
  text("status", (r) => r.status),
  text("raw_status", (r) => r.rawStatus),
];
/** An amount; its currency and digits hold for the record's other amounts too. */
const AMOUNT: readonly Column<{ readonly amount: Money }>[] = [
  minor("amount_minor", (r) => r.amount.minor),
  text("currency", (r) => r.amount.currency),
  exponent((r) => r.amount.exponent),
];

/** The one place that says which column holds which field. Order of the columns is the order of the hash: append only. */
export const ENTITY_TABLES: { readonly [Type in EntityType]: EntityTable<RecordOf<Type>> } = {
  Party: {
    table: "parties",
    columns: [
      text("kind", (r) => r.kind),
      text("name", (r) => r.name),
      text("email", (r) => r.email),
      json("identifiers", (r) => r.identifiers),
    ],
  },
  Account: {
    table: "accounts",
    columns: [
      text("ownership", (r) => r.ownership),
      text("kind", (r) => r.kind),
      text("name", (r) => r.name),
      text("currency", (r) => r.currency),
      link("owner_id", "Party", (r) => r.ownerExternalId),
      json("identifiers", (r) => r.identifiers),
    ],
  },
  Balance: {
    table: "balances",
    columns: [
      link("account_id", "Account", (r) => r.accountExternalId),
      text("kind", (r) => r.kind),
      minor("minor", (r) => r.money.minor),
      text("currency", (r) => r.money.currency),
      exponent((r) => r.money.exponent),
      { ...instant("as_of", (r) => r.asOf), volatile: true },
    ],
  },
  Payment: {
    table: "payments",
    columns: [
      text("kind", (r) => r.kind),
      ...STATUS,
      ...AMOUNT,
      minor("captured_minor", (r) => r.capturedMinor),
      link("debtor_id", "Party", (r) => r.debtorExternalId),
      link("creditor_id", "Party", (r) => r.creditorExternalId),
      text("method", (r) => r.method),
      text("description", (r) => r.description),
      json("reference_list", (r) => r.references),
    ],
  },
  PaymentAttempt: {
    table: "payment_attempts",
    columns: [
      link("payment_id", "Payment", (r) => r.paymentExternalId),
      ...STATUS,
      ...AMOUNT,
      minor("captured_minor", (r) => r.capturedMinor),
      minor("refunded_minor", (r) => r.refundedMinor),
      text("method", (r) => r.method),
      json("error", (r) => r.error),
    ],
  },
  Refund: {
    table: "refunds",
    columns: [
      link("payment_id", "Payment", (r) => r.paymentExternalId),
      link("attempt_id", "PaymentAttempt", (r) => r.attemptExternalId),
      ...STATUS,
      ...AMOUNT,
      text("reason", (r) => r.reason),
      text("failure_reason", (r) => r.failureReason),
    ],
  },
  Dispute: {
    table: "disputes",
    columns: [
      link("payment_id", "Payment", (r) => r.paymentExternalId),
      link("attempt_id", "PaymentAttempt", (r) => r.attemptExternalId),
      ...STATUS,
      ...AMOUNT,
      text("reason", (r) => r.reason),
      text("stage", (r) => r.stage),
      instant("evidence_due_by", (r) => r.evidenceDueBy),
    ],
  },
  Payout: {
    table: "payouts",
    columns: [
      link("account_id", "Account", (r) => r.accountExternalId),
      link("destination_id", "Account", (r) => r.destinationExternalId),
      ...STATUS,
      ...AMOUNT,
      day("arrival_date", (r) => r.arrivalDate),
      text("failure_reason", (r) => r.failureReason),
      json("reference_list", (r) => r.references),
    ],
  },
  LedgerEntry: {
    table: "ledger_entries",
    columns: [
      link("account_id", "Account", (r) => r.accountExternalId),
      text("kind", (r) => r.kind),
      text("raw_kind", (r) => r.rawKind),
      minor("gross_minor", (r) => r.gross.minor),
      minor("fee_minor", (r) => r.feeMinor),
      minor("net_minor", (r) => r.netMinor),
      text("currency", (r) => r.gross.currency),
      exponent((r) => r.gross.exponent),
      text("origin_type", (r) => r.originType),
      {
        name: "origin_id",
        type: "text",
        value: (r, idOf) =>
          r.originType === undefined || r.originExternalId === undefined
            ? null
            : idOf(r.originType, r.originExternalId),
      },
      instant("available_on", (r) => r.availableOn),
      text("description", (r) => r.description),
    ],
  },
  BankTransaction: {
    table: "bank_transactions",
    columns: [
      link("account_id", "Account", (r) => r.accountExternalId),
      link("statement_id", "Statement", (r) => r.statementExternalId),
      text("direction", (r) => r.direction),
      ...STATUS,
      // Amounts of statements have as many digits as the bank writes: beyond 64 bits, and beyond the currency's own.
      { ...minor("amount_minor", (r: RecordOf<"BankTransaction">) => r.amount.minor), type: "numeric" },
      text("currency", (r) => r.amount.currency),
      exponent((r) => r.amount.exponent),
      flag("is_reversal", (r) => r.isReversal),
      day("booking_date", (r) => r.booked?.date),
      text("booking_time", (r) => r.booked?.time),
      day("value_date", (r) => r.valued?.date),
      text("value_time", (r) => r.valued?.time),
      json("code", (r) => r.code),
      json("reference_list", (r) => r.references),
      json("reference_values", (r) => r.referenceValues),
      json("counterparty", (r) => r.counterparty),
      text("remittance", (r) => r.remittance),
      text("creditor_reference", (r) => r.creditorReference),
      json("return_reason", (r) => r.returnReason),
      document("amounts", (r) => r.amounts),
      document("charges", (r) => r.charges),
      document("batches", (r) => r.batches),
      text("additional_info", (r) => r.additionalInfo),
      text("details_match", (r) => r.detailsMatch),
      count("detail_count", (r) => r.detailCount),
      text("search_text", (r) => searchWords(r.searchText).join(" ")),
    ],
  },
  Statement: {
    table: "statements",
    columns: [
      link("account_id", "Account", (r) => r.accountExternalId),
      text("kind", (r) => r.kind),
      text("message_version", (r) => r.messageVersion),
      text("message_id", (r) => r.messageId),
      text("bank_statement_id", (r) => r.statementId),
      text("electronic_sequence", (r) => r.electronicSequence),
      text("legal_sequence", (r) => r.legalSequence),
      text("copy_duplicate", (r) => r.copyDuplicate),
      text("issued_at", (r) => r.issuedAt),
      document("period_from", (r) => r.from),
      document("period_to", (r) => r.to),
      day("first_day", (r) => r.firstDay),
      day("last_day", (r) => r.lastDay),
      document("balance_list", (r) => r.balances),
      document("checks", (r) => r.checks),
      flag("closes", (r) => r.closes),
      flag("summary_agrees", (r) => r.summaryAgrees),
      document("summary_differences", (r) => r.summaryDifferences),
      count("entry_count", (r) => r.entries),
      count("booked_count", (r) => r.booked),
      count("pending_count", (r) => r.pending),
      count("faulty_count", (r) => r.faulty),
      count("details_differ", (r) => r.detailsDiffer),
      document("pages", (r) => r.pages),
      flag("is_complete", (r) => r.isComplete),
    ],
  },
};
