import type { XmlElement } from "../xml/element.ts";

/** An element that no version of the messages has, and how often it occurred. */
export interface UnknownElement {
  /** Names from the statement's own element: `Stmt/Ntry/Foo`. */
  readonly path: string;
  readonly count: number;
}

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const ACCOUNT = names("Id Tp Ccy Nm Prxy Ownr Svcr");
const STATEMENT =
  names(`Id StmtPgntn RptPgntn NtfctnPgntn ElctrncSeqNb RptgSeq LglSeqNb CreDtTm FrToDt CpyDplctInd RptgSrc
  Acct RltdAcct Intrst Bal TxsSummry Ntry AddtlStmtInf AddtlRptInf AddtlNtfctnInf`);

/**
 * The elements that an element may contain, of those whose content we read. All others may contain anything. Source: ISO
 * 20022 message definitions camt.052, .053 and .054, of all versions from .01 to .13.
 */
const CHILDREN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["Stmt", STATEMENT],
  ["Rpt", STATEMENT],
  ["Ntfctn", STATEMENT],
  ["GrpHdr", names("MsgId CreDtTm MsgRcpt MsgPgntn OrgnlBizQry AddtlInf")],
  ["Acct", ACCOUNT],
  ["DbtrAcct", ACCOUNT],
  ["CdtrAcct", ACCOUNT],
  ["TxsSummry", names("TtlNtries TtlCdtNtries TtlDbtNtries TtlNtriesPerBkTxCd")],
  ["Bal", names("Tp CdtLine Amt CdtDbtInd Dt Avlbty")],
  [
    "Ntry",
    names(`NtryRef Amt CdtDbtInd RvslInd Sts BookgDt ValDt AcctSvcrRef Avlbty BkTxCd ComssnWvrInd AddtlInfInd AmtDtls Chrgs
      TechInptChanl Intrst CardTx NtryDtls TxDtls Btch AddtlNtryInf`),
  ],
  ["NtryDtls", names("Btch TxDtls")],
  ["Btch", names("MsgId PmtInfId NbOfTxs TtlAmt CdtDbtInd")],
  [
    "TxDtls",
    names(`Refs Amt CdtDbtInd AmtDtls Avlbty BkTxCd Chrgs Intrst RltdPties RltdAgts LclInstrm PmtTpInf Purp RltdRmtInf
      RmtInf RltdDts RltdPric RltdQties FinInstrmId Tax RtrInf CorpActn SfkpgAcct CshDpst CardTx AddtlTxInf`),
  ],
  [
    "Refs",
    names(`MsgId AcctSvcrRef PmtInfId InstrId EndToEndId UETR TxId MndtId ChqNb ClrSysRef AcctOwnrTxId AcctSvcrTxId
      MktInfrstrctrTxId PrcgId Prtry`),
  ],
  ["AmtDtls", names("InstdAmt TxAmt CntrValAmt AnncdPstngAmt PrtryAmt")],
  ["BkTxCd", names("Domn Prtry")],
  ["Chrgs", names("TtlChrgsAndTaxAmt Rcrd Amt CdtDbtInd ChrgInclInd Tp Rate Br Pty Agt Tax")],
  ["RltdPties", names("InitgPty Dbtr DbtrAcct UltmtDbtr Cdtr CdtrAcct UltmtCdtr TradgPty Prtry")],
  ["RmtInf", names("Ustrd Strd")],
  ["Strd", names("RfrdDocInf RfrdDocAmt CdtrRefInf Invcr Invcee TaxRmt GrnshmtRmt AddtlRmtInf")],
  ["RtrInf", names("OrgnlBkTxCd Orgtr Rsn AddtlInf RtrOrgtr RtrRsn AddtlRtrRsnInf")],
]);

/** Statuses of an entry. Source: ISO 20022 external code set `ExternalEntryStatus1Code`. */
const STATUSES = names("BOOK PDNG INFO FUTR");

/** Different paths of one statement that are counted. */
const MAX_PATHS = 100;

/** Counts the elements of a statement that no version of the messages has: they are not read, and reported. */
export class UnknownElements {
  #counts = new Map<string, number>();

  /** Examines a complete element with what it contains. @param path names to the element itself */
  examine(element: XmlElement, path: string): void {
    const known = CHILDREN.get(element.name);
    if (known === undefined) return;
    for (const child of element.children) {
      if (child.name === "") continue; // left out on purpose
      if (known.has(child.name)) this.examine(child, `${path}/${child.name}`);
      else this.#add(`${path}/${child.name}`);
    }
  }

  /** Examines the name of an element that is not kept. */
  examineName(parent: string, name: string): void {
    if (CHILDREN.get(parent)?.has(name) === false) this.#add(`${parent}/${name}`);
  }

  #add(path: string): void {
    const count = this.#counts.get(path);
    if (count !== undefined || this.#counts.size < MAX_PATHS) this.#counts.set(path, (count ?? 0) + 1);
  }

  /** Returns what was counted since the last call. */
  take(): readonly UnknownElement[] {
    const taken = [...this.#counts].map(([path, count]) => ({ path, count }));
    this.#counts = new Map();
    return taken;
  }
}

/** Returns the statuses of entries that the code set does not have. */
export function unknownStatuses(byStatus: Readonly<Record<string, number>>): readonly string[] {
  return Object.keys(byStatus).filter((status) => status !== "" && !STATUSES.has(status));
}
