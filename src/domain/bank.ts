import type { DateTime, LocalDate, Reference } from "./values.ts";
import type { Money } from "./money.ts";

/** What a message about an account is: the bank's final word on a period, an interim report, or single movements as they happen. */
export type StatementKind = "STATEMENT" | "REPORT" | "NOTIFICATION";
export type Direction = "CREDIT" | "DEBIT";
/** Only what is BOOKED moves a balance. */
export type BookingStatus = "BOOKED" | "PENDING" | "INFORMATION" | "FUTURE";

/** A day, and the moment where the bank says one. The zone never moves the day. */
export interface BankDate {
  readonly date: LocalDate;
  /** As written, when it is more than a date: `2007-10-18T10:15:00+01:00`. */
  readonly time: string | undefined;
}

/** ISO 20022 bank transaction code. */
export interface BankTransactionCode {
  readonly domain?: string;
  readonly family?: string;
  readonly subfamily?: string;
  readonly proprietary?: string;
  readonly issuer?: string;
}

/** An amount that a transaction names beside the one that was booked. Never added to another. */
export interface NamedAmount {
  /** `InstdAmt`, `TxAmt`, `CntrValAmt`, `AnncdPstngAmt`, `PrtryAmt`. */
  readonly name: string;
  readonly money: Money;
  readonly exchange?: {
    readonly sourceCurrency?: string;
    readonly targetCurrency?: string;
    readonly unitCurrency?: string;
    /** A factor, as written. */
    readonly rate?: string;
  };
}

export interface Charge {
  readonly money: Money;
  readonly direction?: Direction;
  /** Whether the amount of the entry has it in it already. */
  readonly isIncluded?: boolean;
  readonly type?: string;
}

/** Somebody who is named in a transaction, without an identity of its own at the bank. */
export interface Counterparty {
  readonly name?: string;
  readonly identifiers: readonly Reference[];
  readonly account?: Reference;
  readonly bic?: string;
  readonly bankName?: string;
  /** On whose behalf. */
  readonly ultimateName?: string;
}

/** Why a payment came back. */
export interface ReturnReason {
  /** ISO 20022 external code: `AC04`. */
  readonly code?: string;
  readonly proprietary?: string;
  readonly additional: readonly string[];
}

/** What a transaction was for. */
export interface Remittance {
  readonly unstructured: readonly string[];
  readonly creditorReferences: readonly {
    readonly value: string;
    readonly type?: string;
    readonly issuer?: string;
  }[];
  readonly additional: readonly string[];
}

/** One of the payments that an entry was made of. The entry is the ledger's truth; this is what the bank tells of it. */
export interface TransactionDetail {
  readonly direction: Direction;
  readonly amount?: Money;
  /** Which element `amount` is: `Amt`, else `TxAmt`, else `InstdAmt`. */
  readonly amountFrom?: string;
  readonly amounts: readonly NamedAmount[];
  readonly charges: readonly Charge[];
  readonly references: readonly Reference[];
  readonly code?: BankTransactionCode;
  readonly debtor?: Counterparty;
  readonly creditor?: Counterparty;
  readonly remittance: Remittance;
  readonly purpose?: string;
  readonly returnReason?: ReturnReason;
  readonly additionalInfo?: string;
}

export interface Batch {
  readonly messageId?: string;
  readonly paymentInformationId?: string;
  /** As written. */
  readonly count?: string;
  readonly total?: Money;
}

/** An entry of a statement, before it is known which transaction it is. */
export interface BankEntry {
  readonly direction: Direction;
  /** Never negative. */
  readonly amount: Money;
  /** As the bank marks it; the direction stands as it is. */
  readonly isReversal: boolean;
  /** Undefined where the word is unknown to us. */
  readonly status: BookingStatus | undefined;
  /** The bank's word; "" where it has none, which counts as booked. */
  readonly rawStatus: string;
  readonly booked: BankDate | undefined;
  readonly valued: BankDate | undefined;
  readonly code: BankTransactionCode | undefined;
  /** Its own, and those of its only detail. */
  readonly references: readonly Reference[];
  readonly counterparty: Counterparty | undefined;
  /** Remittance text of its only detail, else what the entry says of itself. */
  readonly remittance: string | undefined;
  readonly creditorReference: string | undefined;
  readonly returnReason: ReturnReason | undefined;
  readonly amounts: readonly NamedAmount[];
  readonly charges: readonly Charge[];
  readonly batches: readonly Batch[];
  readonly additionalInfo: string | undefined;
  readonly details: readonly TransactionDetail[];
  /** Whether the details add up to the entry; NONE where they cannot be added. */
  readonly detailsMatch: "EQUAL" | "DIFFER" | "NONE";
}

/** The account that a statement is about. */
export interface StatementAccount {
  /** IBAN where there is one, else the bank's own number: the account's id at the source. */
  readonly externalId: string;
  readonly identifiers: readonly Reference[];
  readonly name: string | undefined;
  readonly currency: string | undefined;
  readonly ownerName: string | undefined;
}

export interface StatementBalance {
  /** The bank's code: OPBD, CLBD, ITBD, PRCD, CLAV, … */
  readonly code: string;
  /** Negative for a debit balance. */
  readonly money: Money;
  readonly date: LocalDate | undefined;
  /** The bank did not say whether it is a credit or a debit: taken for a credit. */
  readonly isDirectionAssumed: boolean;
}

/** Sums of the booked entries in one currency, exact. */
export interface StatementTotals {
  /** Credits minus debits. */
  readonly booked: Money;
  readonly credits: { readonly count: number; readonly money: Money };
  readonly debits: { readonly count: number; readonly money: Money };
}

/** What the bank says that its entries add up to; figures as units of 10^-scale, without a currency. */
export interface StatementSummary {
  readonly all?: SummaryFigure;
  readonly credits?: SummaryFigure;
  readonly debits?: SummaryFigure;
  readonly net?: { readonly units: bigint; readonly scale: number };
}
export interface SummaryFigure {
  readonly count?: number;
  readonly sum?: { readonly units: bigint; readonly scale: number };
}

/** A statement as one message tells it, or one page of it, without its entries. */
export interface StatementPart {
  /** Place in the file, from 0. */
  readonly index: number;
  /** XPath in the file. */
  readonly path: string;
  readonly kind: StatementKind;
  /** `camt.053.001.08` */
  readonly messageVersion: string;
  readonly messageId: string | undefined;
  /** Stmt/Id, Rpt/Id, Ntfctn/Id. */
  readonly statementId: string | undefined;
  readonly electronicSequence: string | undefined;
  readonly legalSequence: string | undefined;
  /** Undefined where it is whole. Numbers begin at 1. */
  readonly page: { readonly number: number; readonly isLast: boolean } | undefined;
  /** When the bank made it, as written. */
  readonly issuedAt: string | undefined;
  /** The same as an instant; undefined where it has no zone. */
  readonly issuedInstant: DateTime | undefined;
  readonly from: BankDate | undefined;
  readonly to: BankDate | undefined;
  readonly copyDuplicate: string | undefined;
  readonly account: StatementAccount;
  readonly balances: readonly StatementBalance[];
  readonly summary: StatementSummary | undefined;
  readonly totals: readonly StatementTotals[];
  /** Entries, also those that could not be read. */
  readonly entries: number;
  readonly booked: number;
  readonly pending: number;
  /** Neither booked nor pending. */
  readonly other: number;
  /** Entries that could not be read: they are in no sum. */
  readonly faulty: number;
  readonly detailsDiffer: number;
  /** First and last booking date of the booked entries. */
  readonly firstBooked: LocalDate | undefined;
  readonly lastBooked: LocalDate | undefined;
  /** What could not be read outside the entries. */
  readonly faults: readonly { readonly path: string; readonly problem: string }[];
}
