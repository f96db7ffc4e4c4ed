import type { CamtAmount, CamtAmountDetail, CamtCharge, CamtExchange } from "../camt.ts";
import { child, children, textAt, type XmlElement } from "../xml/element.ts";
import { requiredAmount, toAmount, toBoolean, toChoice, toDirection } from "./values.ts";

/** AmtDtls in the order of the file. */
export function toAmountDetails(element: XmlElement | undefined): readonly CamtAmountDetail[] {
  if (element === undefined) return [];
  const named = (name: string): readonly CamtAmountDetail[] => {
    const found = child(element, name);
    return found === undefined ? [] : [toAmountDetail(found)];
  };
  return [
    ...["InstdAmt", "TxAmt", "CntrValAmt", "AnncdPstngAmt"].flatMap(named),
    ...children(element, "PrtryAmt").map(toAmountDetail),
  ];
}

/** `TxAmt/Amt`, or the amount itself, as some banks write it. */
function toAmountDetail(element: XmlElement): CamtAmountDetail {
  const amount = element.children.length === 0 ? toAmount(element) : requiredAmount(element);
  return { name: element.name, amount, exchange: toExchange(child(element, "CcyXchg")) };
}

function toExchange(element: XmlElement | undefined): CamtExchange | undefined {
  if (element === undefined) return undefined;
  return {
    sourceCurrency: textAt(element, "SrcCcy"),
    targetCurrency: textAt(element, "TrgtCcy"),
    unitCurrency: textAt(element, "UnitCcy"),
    rate: textAt(element, "XchgRate"),
  };
}

/** Chrgs/Rcrd, or the Chrgs of .01 and .02, which are the records themselves and may have a total only. */
export function toCharges(parent: XmlElement): readonly CamtCharge[] {
  return children(parent, "Chrgs").flatMap((element) => {
    const records = children(element, "Rcrd");
    if (records.length > 0) return records.map(toCharge);
    return child(element, "Amt") === undefined ? [] : [toCharge(element)];
  });
}

function toCharge(element: XmlElement): CamtCharge {
  return {
    amount: requiredAmount(element),
    direction: toDirection(element),
    isIncluded: toBoolean(element, "ChrgInclInd"),
    type: toChoice(child(element, "Tp")),
  };
}

/** `parent/name` as an amount; undefined where there is none. */
export function optionalAmount(parent: XmlElement | undefined, name: string): CamtAmount | undefined {
  const element = child(parent, name);
  return element === undefined ? undefined : toAmount(element);
}
