import type { CamtAmount, CamtAmountDetail, CamtExchange } from "../camt.ts";
import { child, children, textAt, type XmlElement } from "../xml/element.ts";
import { requiredAmount, toAmount } from "./values.ts";

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

/** `parent/name` as an amount; undefined if there is none. */
export function optionalAmount(parent: XmlElement | undefined, name: string): CamtAmount | undefined {
  const element = child(parent, name);
  return element === undefined ? undefined : toAmount(element);
}
