/*
 * What a camt.052, .053 or .054 message says, in the message's own words: codes and texts as they were written, amounts as
 * exact decimals, nothing added up across currencies. Field names follow the ISO 20022 message definition reports; the path
 * that a field comes from stands beside it where its name does not say it.
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
  /** As written: `2014-12-31`, `2007-10-18T10:15:00+01:00`. */
  readonly text: string;
  /** The calendar date as written: a zone never moves it. */
  readonly date: string;
  /** RFC 3339 in UTC with milliseconds; undefined for a date, and for a time without a zone. */
  readonly instant: string | undefined;
}

/** Something that is not as it must be. It costs the item that it is in, no more. */
export interface CamtFault {
  /** Path within the item: `Amt`, `NtryDtls[1]/TxDtls[3]/Amt`. */
  readonly path: string;
  /** What was expected and what came: `must be a decimal number, got "1,000.00"`. No names, no account numbers. */
  readonly problem: string;
}

/** A reference and the element that it stands in: {name: "EndToEndId", value: "…"}. Never `NOTPROVIDED`. */
export interface CamtReference {
  /** AcctSvcrRef, MsgId, PmtInfId, InstrId, EndToEndId, UETR, TxId, MndtId, ChqNb, ClrSysRef, AcctOwnrTxId, … */
  readonly name: string;
  readonly value: string;
}

export interface CamtAccount {
  /** Acct/Id/IBAN, or an IBAN with a right check digit inside Othr/Id; upper case, no white space. */
  readonly iban: string | undefined;
  /** Acct/Id/Othr/Id as written, where that is no IBAN. */
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
  readonly amount: CamtAmount;
  readonly direction: CamtDirection;
  /** CdtDbtInd was not there: taken for a credit. */
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

/** Chrgs/Rcrd, or the Chrgs of the older versions. */
export interface CamtCharge {
  readonly amount: CamtAmount;
  readonly direction: CamtDirection | undefined;
  readonly isIncluded: boolean | undefined;
  readonly type: string | undefined;
}

/** CcyXchg. Rates are text: they are factors, not money. */
export interface CamtExchange {
  readonly sourceCurrency: string | undefined;
  readonly targetCurrency: string | undefined;
  readonly unitCurrency: string | undefined;
  readonly rate: string | undefined;
}

/** One of AmtDtls: InstdAmt, TxAmt, CntrValAmt, AnncdPstngAmt, PrtryAmt. */
export interface CamtAmountDetail {
  readonly name: string;
  readonly amount: CamtAmount;
  readonly exchange: CamtExchange | undefined;
}

/** RmtInf/Strd/CdtrRefInf. */
export interface CamtCreditorReference {
  readonly value: string;
  /** SCOR, or a proprietary word. */
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

/** TxDtls: what an entry was made of. Never the ledger's truth. */
export interface CamtDetail {
  /** TxDtls/Amt, else AmtDtls/TxAmt, else AmtDtls/InstdAmt. */
  readonly amount: CamtAmount | undefined;
  /** Which of the three it is. */
  readonly amountFrom: "Amt" | "TxAmt" | "InstdAmt" | undefined;
  /** TxDtls/CdtDbtInd, else the entry's. */
  readonly direction: CamtDirection;
  readonly amounts: readonly CamtAmountDetail[];
  readonly charges: readonly CamtCharge[];
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

/** Ntry: the ledger's truth. */
export interface CamtEntry {
  readonly amount: CamtAmount;
  /** As written: RvslInd never turns it round. */
  readonly direction: CamtDirection;
  readonly isReversal: boolean;
  /** Sts, or Sts/Cd, or Sts/Prtry; undefined where there is none, which counts as BOOK. */
  readonly status: string | undefined;
  readonly bookingDate: CamtDate | undefined;
  readonly valueDate: CamtDate | undefined;
  /** NtryRef: often only a number within the statement. */
  readonly entryReference: string | undefined;
  readonly accountServicerReference: string | undefined;
  readonly code: CamtTransactionCode | undefined;
  readonly amounts: readonly CamtAmountDetail[];
  readonly charges: readonly CamtCharge[];
  readonly batches: readonly CamtBatch[];
  /** Of all NtryDtls, and of an Ntry with TxDtls directly below it (.01). */
  readonly details: readonly CamtDetail[];
  readonly additionalInfo: string | undefined;
}

/** An entry in its place, or why it is none. */
export type CamtEntryItem = {
  /** Its place in the statement, from 0, faulty ones counted too. */
  readonly index: number;
  /** XPath in the file: `/Document/BkToCstmrStmt/Stmt[1]/Ntry[3]`, with the prefixes left out. */
  readonly path: string;
} & ({ readonly entry: CamtEntry } | { readonly fault: CamtFault; readonly entry?: never });

/** TxsSummry/TtlNtries, /TtlCdtNtries or /TtlDbtNtries: what is there. */
export interface CamtSummaryPart {
  readonly count: string | undefined;
  /** A sum without a currency: units and scale. */
  readonly sum: { readonly units: bigint; readonly scale: number } | undefined;
}
export interface CamtSummary {
  readonly all: CamtSummaryPart | undefined;
  /** TtlNetNtryAmt with its direction (from .03 in TtlNetNtry). */
  readonly net: { readonly units: bigint; readonly scale: number } | undefined;
  readonly credits: CamtSummaryPart | undefined;
  readonly debits: CamtSummaryPart | undefined;
}

/** Exact sums of what counts: entries with status BOOK or none, by currency. */
export interface CamtTotals {
  readonly currency: string;
  readonly scale: number;
  /** Credits minus debits, in 10^-scale. */
  readonly booked: bigint;
  readonly credits: { readonly count: number; readonly units: bigint };
  readonly debits: { readonly count: number; readonly units: bigint };
}

/** Stmt, Rpt or Ntfctn, without its entries. */
export interface CamtStatement {
  /** Place in the message, from 0. */
  readonly index: number;
  readonly path: string;
  readonly id: string | undefined;
  readonly electronicSequence: string | undefined;
  readonly legalSequence: string | undefined;
  /** StmtPgntn / RptPgntn / NtfctnPgntn, else GrpHdr/MsgPgntn. */
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
  /** Faults outside the entries, such as a balance that is no number; what they are in is left out. */
  readonly faults: readonly CamtFault[];
  readonly totals: readonly CamtTotals[];
  readonly counts: {
    readonly entries: number;
    /** By status as written; entries without one under "". Faulty ones are in none. */
    readonly byStatus: Readonly<Record<string, number>>;
    readonly faulty: number;
    readonly details: number;
    /** Entries whose details add up to them, do not, or cannot be added (none, no amount, another currency). */
    readonly detailsEqual: number;
    readonly detailsDiffer: number;
    readonly detailsNone: number;
  };
  /** First and last booking date of what counts, as calendar dates. */
  readonly firstBooked: string | undefined;
  readonly lastBooked: string | undefined;
}

export interface CamtHeader {
  readonly kind: CamtKind;
  /** `camt.053.001.08` */
  readonly version: string;
  readonly messageId: string | undefined;
  readonly created: CamtDate | undefined;
  /** AppHdr/BizMsgIdr, where the message came in a business envelope. */
  readonly businessMessageId: string | undefined;
}

/** What a reader tells, in the order of the file: the header once, then of each statement its entries and then itself. */
export type CamtEvent =
  | { readonly type: "header"; readonly header: CamtHeader }
  | { readonly type: "entries"; readonly statement: number; readonly items: readonly CamtEntryItem[] }
  | { readonly type: "statement"; readonly statement: CamtStatement };

/** Why a whole file was refused. */
export type CamtRefusal =
  | "EMPTY"
  | "ENCODING"
  | "NOT_WELL_FORMED"
  | "DOCTYPE"
  | "LIMIT_EXCEEDED"
  | "NOT_CAMT"
  | "UNSUPPORTED_VERSION";

/** A file that is no message that can be read: nothing of it may be used, also not what was told before. */
export class CamtRefused extends Error {
  override readonly name = "CamtRefused";
  readonly refusal: CamtRefusal;
  /** Where in the file, both from 1; undefined where there is no one place. */
  readonly position: { readonly line: number; readonly column: number } | undefined;

  constructor(refusal: CamtRefusal, problem: string, position?: { readonly line: number; readonly column: number }) {
    super(problem);
    this.refusal = refusal;
    this.position = position;
  }
}

export interface ReadCamtOptions {
  /** The file, in pieces of any size. Iterated once; what is not needed is not asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** False: entries are read, judged and added up, but not told: the first of two passes. Default: true. */
  readonly entries?: boolean;
  /** Aborted: the iterator throws its reason promptly, and the worker is free. */
  readonly signal: AbortSignal;
}

/**
 * Reads camt files off the event loop. Memory is bounded whatever the file: bytes are taken as events are.
 */
export interface CamtReader {
  /** @throws CamtRefused, or whatever `bytes` or the signal's reason is */
  read(options: ReadCamtOptions): AsyncIterable<CamtEvent>;
  /** Aborts what is being read, and resolves when the workers have ended. */
  close(): Promise<void>;
}
