/*
 * The content of a camt.052, .053 or .054 message in the message's own terms: codes and texts as written, amounts as
 * exact decimals, no sums across currencies. Field names follow the ISO 20022 message definition reports; a field whose
 * name does not give its path has the path in its comment.
 */

export type CamtKind = "camt.052" | "camt.053" | "camt.054";
export type CamtDirection = "CRDT" | "DBIT";

/** An exact decimal: `units / 10^scale`. 8.850 is {units: 8850n, scale: 3, text: "8.850"}. */
export interface CamtAmount {
  readonly units: bigint;
  readonly scale: number;
  /** ISO 4217 alphabetic code as written: @Ccy. */
  readonly currency: string;
  /** The digits as written, without the white space around them. */
  readonly text: string;
}

/** `Dt` or `DtTm`. */
export interface CamtDate {
  /** Text as written: `2014-12-31`, `2007-10-18T10:15:00+01:00`. */
  readonly text: string;
  /** The calendar date as written: a zone never moves it. */
  readonly date: string;
  /** RFC 3339 in UTC with milliseconds; undefined for a date, and for a time without a zone. */
  readonly instant: string | undefined;
}

/** A value that is invalid. It invalidates only the item that contains it. */
export interface CamtFault {
  /** Path within the item: `Amt`, `NtryDtls[1]/TxDtls[3]/Amt`. */
  readonly path: string;
  /** The expected and the received value: `must be a decimal number, got "1,000.00"`. No names, no account numbers. */
  readonly problem: string;
}

/** A reference and the element that contains it: {name: "EndToEndId", value: "…"}. Never `NOTPROVIDED`. */
export interface CamtReference {
  /** AcctSvcrRef, MsgId, PmtInfId, InstrId, EndToEndId, UETR, TxId, MndtId, ChqNb, ClrSysRef, AcctOwnrTxId, … */
  readonly name: string;
  readonly value: string;
}

export interface CamtAccount {
  /** Acct/Id/IBAN, or an IBAN with a valid check digit inside Othr/Id; upper case, no white space. */
  readonly iban: string | undefined;
  /** Acct/Id/Othr/Id as written, if it is not an IBAN. */
  readonly other: string | undefined;
  /** Acct/Id/Othr/SchmeNm/Cd or /Prtry */
  readonly scheme: string | undefined;
  readonly currency: string | undefined;
  readonly name: string | undefined;
  readonly owner: CamtParty | undefined;
  readonly servicer: CamtAgent | undefined;
}

export interface CamtParty {
  readonly name: string | undefined;
  /** LEI, AnyBIC or BICOrBEI, Othr/Id. */
  readonly identifiers: readonly CamtReference[];
}

export interface CamtAgent {
  /** BIC (to .03) or BICFI (from .04). */
  readonly bic: string | undefined;
  readonly name: string | undefined;
  /** FinInstnId/ClrSysMmbId/MmbId */
  readonly clearingMember: string | undefined;
}

export interface CamtBalance {
  /** Tp/CdOrPrtry/Cd, Tp/CdOrPrtry/Prtry, or Tp/Cd (.01): OPBD, CLBD, ITBD, PRCD, OPAV, CLAV, FWAV, XPCD, INFO, … */
  readonly code: string;
  /** Tp/SubTp/Cd or Tp/SubTp/Prtry */
  readonly subType: string | undefined;
  readonly amount: CamtAmount;
  readonly direction: CamtDirection;
  /** True if CdtDbtInd was missing: the amount is assumed to be a credit. */
  readonly isDirectionAssumed: boolean;
  readonly date: CamtDate | undefined;
}

/** BkTxCd. */
export interface CamtTransactionCode {
  readonly domain: string | undefined;
  readonly family: string | undefined;
  readonly subfamily: string | undefined;
  readonly proprietary: string | undefined;
  readonly issuer: string | undefined;
}

/** Chrgs/Rcrd/Tax: the tax on a charge. */
export interface CamtChargeTax {
  readonly id: string | undefined;
  /** Per cent, as written. */
  readonly rate: string | undefined;
  readonly amount: CamtAmount | undefined;
}

/** Chrgs/Rcrd, or the Chrgs of the older versions. */
export interface CamtCharge {
  readonly amount: CamtAmount;
  readonly direction: CamtDirection | undefined;
  readonly isIncluded: boolean | undefined;
  readonly type: string | undefined;
  /** True if this is TtlChrgsAndTaxAmt, because the message lists no individual charges. */
  readonly isTotal: boolean;
  readonly tax: CamtChargeTax | undefined;
}

/** CcyXchg. Rates are text: they are factors, not money. */
export interface CamtExchange {
  readonly sourceCurrency: string | undefined;
  readonly targetCurrency: string | undefined;
  readonly unitCurrency: string | undefined;
  readonly rate: string | undefined;
}

/** One element of AmtDtls: InstdAmt, TxAmt, CntrValAmt, AnncdPstngAmt, PrtryAmt. */
export interface CamtAmountDetail {
  readonly name: string;
  readonly amount: CamtAmount;
  readonly exchange: CamtExchange | undefined;
}

/** RmtInf/Strd/CdtrRefInf. */
export interface CamtCreditorReference {
  readonly value: string;
  /** SCOR, or a proprietary code. */
  readonly type: string | undefined;
  readonly issuer: string | undefined;
}

export interface CamtRemittance {
  /** RmtInf/Ustrd, each as written. */
  readonly unstructured: readonly string[];
  readonly creditorReferences: readonly CamtCreditorReference[];
  /** RmtInf/Strd/RfrdDocInf/Nb and RmtInf/Strd/AddtlRmtInf. */
  readonly additional: readonly string[];
}

/** A party of a transaction with its account: Dbtr and DbtrAcct, Cdtr and CdtrAcct. */
export interface CamtSide {
  readonly party: CamtParty | undefined;
  readonly account: Pick<CamtAccount, "iban" | "other"> | undefined;
  readonly agent: CamtAgent | undefined;
  readonly ultimate: CamtParty | undefined;
}

/** RtrInf. */
export interface CamtReturn {
  readonly code: string | undefined;
  readonly proprietary: string | undefined;
  readonly additional: readonly string[];
  readonly originalCode: CamtTransactionCode | undefined;
}

/** TxDtls: the components of an entry. Never authoritative for the ledger. */
export interface CamtDetail {
  /** TxDtls/Amt, or else AmtDtls/TxAmt, or else AmtDtls/InstdAmt. */
  readonly amount: CamtAmount | undefined;
  /** The element that `amount` was read from. */
  readonly amountFrom: "Amt" | "TxAmt" | "InstdAmt" | undefined;
  /** TxDtls/CdtDbtInd, or else the entry's. */
  readonly direction: CamtDirection;
  readonly amounts: readonly CamtAmountDetail[];
  readonly charges: readonly CamtCharge[];
  /** Chrgs/TtlChrgsAndTaxAmt, also if the individual charges are listed. */
  readonly chargesTotal: CamtAmount | undefined;
  readonly references: readonly CamtReference[];
  readonly code: CamtTransactionCode | undefined;
  readonly debtor: CamtSide;
  readonly creditor: CamtSide;
  readonly remittance: CamtRemittance;
  readonly purpose: string | undefined;
  readonly returned: CamtReturn | undefined;
  readonly additionalInfo: string | undefined;
}

/** NtryDtls/Btch. */
export interface CamtBatch {
  readonly messageId: string | undefined;
  readonly paymentInformationId: string | undefined;
  /** NbOfTxs as written. */
  readonly count: string | undefined;
  readonly total: CamtAmount | undefined;
  readonly direction: CamtDirection | undefined;
}

/** Ntry: authoritative for the ledger. */
export interface CamtEntry {
  readonly amount: CamtAmount;
  /** The direction as written: RvslInd never reverses it. */
  readonly direction: CamtDirection;
  readonly isReversal: boolean;
  /** Sts, or Sts/Cd, or Sts/Prtry; undefined if there is none, which counts as BOOK. */
  readonly status: string | undefined;
  readonly bookingDate: CamtDate | undefined;
  readonly valueDate: CamtDate | undefined;
  /** NtryRef: often only a number within the statement. */
  readonly entryReference: string | undefined;
  readonly accountServicerReference: string | undefined;
  readonly code: CamtTransactionCode | undefined;
  readonly amounts: readonly CamtAmountDetail[];
  readonly charges: readonly CamtCharge[];
  /** Chrgs/TtlChrgsAndTaxAmt, also if the individual charges are listed. */
  readonly chargesTotal: CamtAmount | undefined;
  readonly batches: readonly CamtBatch[];
  /** Details of all NtryDtls, and of an Ntry with TxDtls directly below it (.01). */
  readonly details: readonly CamtDetail[];
  readonly additionalInfo: string | undefined;
}

/** An entry at its position, or the reason why it is invalid. */
export type CamtEntryItem = {
  /** Position in the statement, from 0; invalid entries are counted too. */
  readonly index: number;
  /** XPath in the file: `/Document/BkToCstmrStmt/Stmt[1]/Ntry[3]`, with the prefixes left out. */
  readonly path: string;
} & ({ readonly entry: CamtEntry } | { readonly fault: CamtFault; readonly entry?: never });

/** TxsSummry/TtlNtries, /TtlCdtNtries or /TtlDbtNtries: the values that are present. */
export interface CamtSummaryPart {
  readonly count: string | undefined;
  /** A sum without a currency, with its sign as written: some banks write a sum of debits as a negative number. */
  readonly sum: { readonly units: bigint; readonly scale: number } | undefined;
}
export interface CamtSummary {
  readonly all: CamtSummaryPart | undefined;
  /**
   * TtlNetNtryAmt with its direction (from .03 in TtlNetNtry); `isUnsigned` if there is neither a direction nor a minus
   * sign.
   */
  readonly net: { readonly units: bigint; readonly scale: number; readonly isUnsigned?: true } | undefined;
  readonly credits: CamtSummaryPart | undefined;
  readonly debits: CamtSummaryPart | undefined;
}

/** Exact sums of entries, by currency. */
export interface CamtTotals {
  readonly currency: string;
  readonly scale: number;
  /** Credits minus debits, in 10^-scale. */
  readonly net: bigint;
  readonly credits: { readonly count: number; readonly units: bigint };
  readonly debits: { readonly count: number; readonly units: bigint };
}

/** Stmt, Rpt or Ntfctn, without its entries. */
export interface CamtStatement {
  /** Position in the message, from 0. */
  readonly index: number;
  readonly path: string;
  readonly id: string | undefined;
  readonly electronicSequence: string | undefined;
  readonly legalSequence: string | undefined;
  /** StmtPgntn / RptPgntn / NtfctnPgntn, or else GrpHdr/MsgPgntn. */
  readonly page: { readonly number: string; readonly isLast: boolean } | undefined;
  readonly created: CamtDate | undefined;
  readonly from: CamtDate | undefined;
  readonly to: CamtDate | undefined;
  /** CODU, COPY or DUPL. */
  readonly copyDuplicate: string | undefined;
  readonly account: CamtAccount | undefined;
  readonly balances: readonly CamtBalance[];
  readonly summary: CamtSummary | undefined;
  readonly additionalInfo: string | undefined;
  /**
   * Faults outside the entries, such as a balance that is not a number; the element that contains the fault is omitted.
   */
  readonly faults: readonly CamtFault[];
  /** Totals of the booked entries: those with status BOOK or without a status. */
  readonly totals: readonly CamtTotals[];
  /** Totals of the other entries: those with status PDNG, and those with any other status. */
  readonly unbookedTotals: { readonly pending: readonly CamtTotals[]; readonly other: readonly CamtTotals[] };
  readonly counts: {
    readonly entries: number;
    /**
     * Number of entries by status as written; entries without a status are under "". Invalid entries are not counted.
     */
    readonly byStatus: Readonly<Record<string, number>>;
    readonly faulty: number;
    readonly details: number;
    /**
     * Number of entries whose details add up to the entry, do not, or cannot be added (no details, no amount, another
     * currency).
     */
    readonly detailsEqual: number;
    readonly detailsDiffer: number;
    readonly detailsNone: number;
  };
  /**
   * Elements that no version of the message has, by their paths: `Ntry/Foo`, those of GrpHdr with the first statement. At
   * most a hundred.
   */
  readonly unknownElements: readonly { readonly path: string; readonly count: number }[];
  /** First and last booking date of the booked entries, as calendar dates. */
  readonly firstBooked: string | undefined;
  readonly lastBooked: string | undefined;
}

export interface CamtHeader {
  readonly kind: CamtKind;
  /** `camt.053.001.08` */
  readonly version: string;
  readonly messageId: string | undefined;
  readonly created: CamtDate | undefined;
  /** AppHdr/BizMsgIdr, if the message arrived in a business envelope. */
  readonly businessMessageId: string | undefined;
}

/**
 * Events of a reader, in the order of the file: the header once, then for each statement its entries and then the
 * statement itself.
 */
export type CamtEvent =
  | { readonly type: "header"; readonly header: CamtHeader }
  | { readonly type: "entries"; readonly statement: number; readonly items: readonly CamtEntryItem[] }
  | { readonly type: "statement"; readonly statement: CamtStatement };

/** Reason for rejecting a whole file. */
export type CamtRefusal =
  | "EMPTY"
  | "ENCODING"
  | "NOT_WELL_FORMED"
  | "DOCTYPE"
  | "LIMIT_EXCEEDED"
  | "NOT_CAMT"
  | "UNSUPPORTED_VERSION";

/**
 * A file that is not a readable message: nothing from it may be used, including the events emitted before this error.
 */
export class CamtRefused extends Error {
  override readonly name = "CamtRefused";
  readonly refusal: CamtRefusal;
  /** Position in the file, both from 1; undefined if there is no single position. */
  readonly position: { readonly line: number; readonly column: number } | undefined;

  constructor(refusal: CamtRefusal, problem: string, position?: { readonly line: number; readonly column: number }) {
    super(problem);
    this.refusal = refusal;
    this.position = position;
  }
}

export interface ReadCamtOptions {
  /** The file, in chunks of any size. Iterated once; a chunk is requested only when it is needed. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** False: entries are read, validated and summed, but not emitted: this is the first of two passes. Default: true. */
  readonly entries?: boolean;
  /** Abort signal: when aborted, the iterator promptly throws the abort reason, and the worker is free. */
  readonly signal: AbortSignal;
}

/**
 * Reads camt files off the event loop. Memory is bounded for any file: bytes are read only as fast as events are
 * consumed.
 */
export interface CamtReader {
  /** @throws CamtRefused, any error thrown by `bytes`, or the signal's abort reason */
  read(options: ReadCamtOptions): AsyncIterable<CamtEvent>;
  /** Aborts the current reads, and resolves when the workers have ended. */
  close(): Promise<void>;
}
