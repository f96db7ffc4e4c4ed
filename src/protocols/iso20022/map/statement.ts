import type { CamtBalance, CamtDate, CamtFault, CamtStatement, CamtSummary, CamtSummaryPart } from "../camt.ts";
import { child, descendant, FaultyElement, text, textAt, type XmlElement } from "../xml/element.ts";
import { toAccount } from "./party.ts";
import {
  catchFault,
  requiredAmount,
  toBoolean,
  toChoice,
  toDate,
  toDateChoice,
  toDirection,
  toSignedDecimal,
} from "./values.ts";

/** A statement's own fields, without its entries, balances and counts. */
export type StatementHead = Pick<
  CamtStatement,
  | "id"
  | "electronicSequence"
  | "legalSequence"
  | "page"
  | "created"
  | "from"
  | "to"
  | "copyDuplicate"
  | "account"
  | "summary"
  | "additionalInfo"
>;

/** Elements of a statement's head: the children of Stmt, Rpt or Ntfctn that are kept until its end. */
export const HEAD_ELEMENTS: ReadonlySet<string> = new Set([
  "Id",
  "ElctrncSeqNb",
  "LglSeqNb",
  "CreDtTm",
  "FrToDt",
  "CpyDplctInd",
  "Acct",
  "TxsSummry",
  "StmtPgntn",
  "RptPgntn",
  "NtfctnPgntn",
  "AddtlStmtInf",
  "AddtlRptInf",
  "AddtlNtfctnInf",
]);

/** Maps each part independently: a fault invalidates only the part that contains it. */
export function toStatementHead(
  element: XmlElement,
  messagePage: StatementHead["page"],
  faults: CamtFault[],
): StatementHead {
  const part = <T>(name: string, read: (found: XmlElement | undefined) => T): T | undefined => {
    const result = catchFault(() => read(child(element, name)), name);
    if ("value" in result) return result.value;
    faults.push(result.fault);
    return undefined;
  };
  return {
    id: part("Id", text),
    electronicSequence: part("ElctrncSeqNb", text),
    legalSequence: part("LglSeqNb", text),
    page: part("StmtPgntn", toPage) ?? part("RptPgntn", toPage) ?? part("NtfctnPgntn", toPage) ?? messagePage,
    created: part("CreDtTm", toDate),
    from: part("FrToDt", (period) => toPeriodEnd(period, "Fr")),
    to: part("FrToDt", (period) => toPeriodEnd(period, "To")),
    copyDuplicate: part("CpyDplctInd", text),
    account: part("Acct", toAccount),
    summary: part("TxsSummry", toSummary),
    additionalInfo: part("AddtlStmtInf", text) ?? part("AddtlRptInf", text) ?? part("AddtlNtfctnInf", text),
  };
}

/** FrToDt/FrDtTm, or FrToDt/FrDt, as some banks write it. */
function toPeriodEnd(period: XmlElement | undefined, end: "Fr" | "To"): CamtDate | undefined {
  return toDate(child(period, `${end}DtTm`) ?? child(period, `${end}Dt`));
}

/** StmtPgntn and its equivalents, GrpHdr/MsgPgntn. */
export function toPage(element: XmlElement | undefined): StatementHead["page"] {
  const number = textAt(element, "PgNb");
  if (number === undefined) return undefined;
  return { number, isLast: toBoolean(element, "LastPgInd") ?? false };
}

/** Bal. @throws FaultyElement */
export function toBalance(element: XmlElement): CamtBalance {
  const type = child(element, "Tp");
  const code = toChoice(child(type, "CdOrPrtry")) ?? toChoice(type); // Tp/Cd in .01
  if (code === undefined) throw new FaultyElement(element, "must be present", "Tp");
  const direction = toDirection(element);
  return {
    code,
    subType: toChoice(child(type, "SubTp")),
    amount: requiredAmount(element),
    direction: direction ?? "CRDT",
    isDirectionAssumed: direction === undefined,
    date: toDateChoice(child(element, "Dt")),
  };
}

function toSummary(element: XmlElement | undefined): CamtSummary | undefined {
  if (element === undefined) return undefined;
  const all = child(element, "TtlNtries");
  return {
    all: toSummaryPart(all),
    net: toNet(all),
    credits: toSummaryPart(child(element, "TtlCdtNtries")),
    debits: toSummaryPart(child(element, "TtlDbtNtries")),
  };
}

function toSummaryPart(element: XmlElement | undefined): CamtSummaryPart | undefined {
  if (element === undefined) return undefined;
  const sum = child(element, "Sum");
  return { count: textAt(element, "NbOfNtries"), sum: sum === undefined ? undefined : toSignedDecimal(sum) };
}

/**
 * TtlNetNtryAmt with a sibling CdtDbtInd, or TtlNetNtry that contains both: negative for a debit. Banks that write a
 * minus sign also write the direction or omit it, so a negative number is negative regardless of the direction.
 */
function toNet(all: XmlElement | undefined): CamtSummary["net"] {
  const newer = child(all, "TtlNetNtry");
  const amount = descendant(newer, "Amt") ?? child(all, "TtlNetNtryAmt");
  if (amount === undefined) return undefined;
  const { units, scale } = toSignedDecimal(amount);
  const direction = toDirection(newer ?? all);
  if (direction === undefined && units >= 0n) return { units, scale, isUnsigned: true };
  return { units: direction === "DBIT" && units > 0n ? -units : units, scale };
}
