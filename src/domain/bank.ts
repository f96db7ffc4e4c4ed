import type { DateTime, LocalDate, Reference } from "./values.ts";
import type { Money } from "./money.ts";

/**
 * Kind of an account message: the bank's final statement for a period, an interim report, or single movements as they
 * happen.
 */
export type StatementKind = "STATEMENT" | "REPORT" | "NOTIFICATION";
export type Direction = "CREDIT" | "DEBIT";
/** Status of an entry as written in a message. Only a BOOKED entry changes a balance. */
export type EntryStatus = "BOOKED" | "PENDING" | "INFORMATION" | "FUTURE";
/** Status of a transaction. WITHDRAWN: the bank reported it once, and its newer messages no longer contain it. */
export type BookingStatus = EntryStatus | "WITHDRAWN";

/** A calendar day, and the exact time if the bank gives one. The time zone never changes the day. */
export interface BankDate {
  readonly date: LocalDate;
  /** Value as written, if it is more than a date: `2007-10-18T10:15:00+01:00`. */
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

/** An amount that a transaction names in addition to the booked amount. It is never added to another amount. */
export interface NamedAmount {
  /** `InstdAmt`, `TxAmt`, `CntrValAmt`, `AnncdPstngAmt`, `PrtryAmt`. */
  readonly name: string;
  readonly money: Money;
  readonly exchange?: {
    readonly sourceCurrency?: string;
    readonly targetCurrency?: string;
    readonly unitCurrency?: string;
    /** Exchange factor, as written. */
    readonly rate?: string;
  };
}

export interface Charge {
  readonly money: Money;
  readonly direction?: Direction;
  /** True if the amount of the entry already includes it. */
  readonly isIncluded?: boolean;
  readonly type?: string;
  /** True if this is the total of charges and taxes because the bank lists no single charge. */
  readonly isTotal?: true;
  /** Tax on this charge. */
  readonly tax?: { readonly id?: string; readonly rate?: string; readonly money?: Money };
}

/** A party named in a transaction that has no identity of its own at the bank. */
export interface Counterparty {
  readonly name?: string;
  readonly identifiers: readonly Reference[];
  readonly account?: Reference;
  readonly bic?: string;
  readonly bankName?: string;
  /** Name of the ultimate party, on whose behalf this one acts. */
  readonly ultimateName?: string;
}

/** Reason why a payment was returned. */
export interface ReturnReason {
  /** ISO 20022 external code: `AC04`. */
  readonly code?: string;
  readonly proprietary?: string;
  readonly additional: readonly string[];
}

/** Purpose of a transaction. */
export interface Remittance {
  readonly unstructured: readonly string[];
  readonly creditorReferences: readonly {
    readonly value: string;
    readonly type?: string;
    readonly issuer?: string;
  }[];
  readonly additional: readonly string[];
}

/**
 * One of the payments that make up an entry. The entry is authoritative for the ledger; this is the bank's description
 * of its part.
 */
export interface TransactionDetail {
  readonly direction: Direction;
  readonly amount?: Money;
  /** Element that `amount` was read from: `Amt`, else `TxAmt`, else `InstdAmt`. */
  readonly amountFrom?: string;
  readonly amounts: readonly NamedAmount[];
  readonly charges: readonly Charge[];
  /** Total of charges and taxes, as the bank states it in addition to the single charges or instead of them. */
  readonly chargesTotal?: Money;
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
  /** Number, as written. */
  readonly count?: string;
  readonly total?: Money;
}

/** An entry of a statement, before it is matched to a transaction. */
export interface BankEntry {
  readonly direction: Direction;
  /** Never negative. */
  readonly amount: Money;
  /** Reversal mark as set by the bank; the credit or debit direction is not inverted because of it. */
  readonly isReversal: boolean;
  /** Undefined if the written status is unknown to us. */
  readonly status: EntryStatus | undefined;
  /** Status code as the bank writes it; "" if the entry has none, which counts as booked. */
  readonly rawStatus: string;
  readonly booked: BankDate | undefined;
  readonly valued: BankDate | undefined;
  readonly code: BankTransactionCode | undefined;
  /** References of the entry, and those of its detail if it has exactly one. */
  readonly references: readonly Reference[];
  readonly counterparty: Counterparty | undefined;
  /** Remittance text of the detail if there is exactly one, else the entry's own text. */
  readonly remittance: string | undefined;
  readonly creditorReference: string | undefined;
  readonly returnReason: ReturnReason | undefined;
  readonly amounts: readonly NamedAmount[];
  readonly charges: readonly Charge[];
  /** Total of charges and taxes, as the bank states it in addition to the single charges or instead of them. */
  readonly chargesTotal?: Money;
  readonly batches: readonly Batch[];
  readonly additionalInfo: string | undefined;
  readonly details: readonly TransactionDetail[];
  /** Result of comparing the sum of the details with the entry; NONE if the details cannot be added. */
  readonly detailsMatch: "EQUAL" | "DIFFER" | "NONE";
}

/** The account that a statement is about. */
export interface StatementAccount {
  /** IBAN if there is one, else the bank's own number: the account's id at the source. */
  readonly externalId: string;
  readonly identifiers: readonly Reference[];
  readonly name: string | undefined;
  readonly currency: string | undefined;
  readonly ownerName: string | undefined;
}

export interface StatementBalance {
  /** Code that the bank uses: OPBD, CLBD, ITBD, PRCD, CLAV, … */
  readonly code: string;
  /** Part or kind of that balance, in the bank's code: INTM for a balance between two pages. */
  readonly subType?: string;
  /** Negative for a debit balance. */
  readonly money: Money;
  readonly date: LocalDate | undefined;
  /** True if the bank did not state credit or debit; a credit is then assumed. */
  readonly isDirectionAssumed: boolean;
}

/** Exact sums of the credits and of the debits in one currency. */
export interface SideTotals {
  readonly credits: { readonly count: number; readonly money: Money };
  readonly debits: { readonly count: number; readonly money: Money };
}

/** Exact sums of the booked entries in one currency. */
export interface StatementTotals extends SideTotals {
  /** Credits minus debits. */
  readonly booked: Money;
}

/**
 * Totals that the bank states for its entries. Figures are in units of 10^-scale, without a currency, with the sign as
 * written.
 */
export interface StatementSummary {
  readonly all?: SummaryFigure;
  readonly credits?: SummaryFigure;
  readonly debits?: SummaryFigure;
  /** Negative for a debit; `isUnsigned` if the bank does not state whether it is one. */
  readonly net?: { readonly units: bigint; readonly scale: number; readonly isUnsigned?: true };
}
export interface SummaryFigure {
  readonly count?: number;
  readonly sum?: { readonly units: bigint; readonly scale: number };
}

/** A statement as it is in one message, or one page of it, without its entries. */
export interface StatementPart {
  /** Position in the file, from 0. */
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
  /** Undefined if the statement is not split into pages. Page numbers begin at 1. */
  readonly page: { readonly number: number; readonly isLast: boolean } | undefined;
  /** Creation time at the bank, as written. */
  readonly issuedAt: string | undefined;
  /** Creation time as an instant; undefined if it has no time zone. */
  readonly issuedInstant: DateTime | undefined;
  readonly from: BankDate | undefined;
  readonly to: BankDate | undefined;
  readonly copyDuplicate: string | undefined;
  readonly account: StatementAccount;
  readonly balances: readonly StatementBalance[];
  readonly summary: StatementSummary | undefined;
  readonly totals: readonly StatementTotals[];
  /** Sums of the entries that are not booked. Undefined in pages stored by an earlier version. */
  readonly unbookedTotals?: { readonly pending: readonly SideTotals[]; readonly other: readonly SideTotals[] };
  /** Number of entries, including those that could not be read. */
  readonly entries: number;
  readonly booked: number;
  readonly pending: number;
  /** Number of entries that are neither booked nor pending. */
  readonly other: number;
  /** Number of entries that could not be read: no sum includes them. */
  readonly faulty: number;
  readonly detailsDiffer: number;
  /** First and last booking date of the booked entries. */
  readonly firstBooked: LocalDate | undefined;
  readonly lastBooked: LocalDate | undefined;
  /** Parts outside the entries that could not be read. */
  readonly faults: readonly { readonly path: string; readonly problem: string }[];
}
