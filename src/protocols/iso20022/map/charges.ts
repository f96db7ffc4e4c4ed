import type { CamtAmount, CamtCharge, CamtChargeTax } from "../camt.ts";
import { child, children, textAt, type XmlElement } from "../xml/element.ts";
import { optionalAmount } from "./money.ts";
import { requiredAmount, toBoolean, toChoice, toDirection } from "./values.ts";

/** Charges of an entry or a detail. */
export interface Charges {
  readonly charges: readonly CamtCharge[];
  readonly chargesTotal: CamtAmount | undefined;
}

/**
 * All Chrgs: their Rcrd, or in .01 and .02 themselves. If none of them names an individual charge, each total is a
 * charge. Each Chrgs of .02 may repeat the total of them all; if several totals differ, there is no single total.
 */
export function toCharges(parent: XmlElement): Charges {
  const elements = children(parent, "Chrgs");
  const records = elements.flatMap((element) => {
    const found = children(element, "Rcrd");
    return found.length > 0 || child(element, "Amt") === undefined ? found : [element];
  });
  const totals = elements.flatMap((element) => {
    const amount = optionalAmount(element, "TtlChrgsAndTaxAmt");
    return amount === undefined ? [] : [{ element, amount }];
  });
  const charges =
    records.length > 0
      ? records.map((record) => toCharge(record, requiredAmount(record), false))
      : totals.map(({ element, amount }) => toCharge(element, amount, true));
  const [first, ...others] = totals.map(({ amount }) => amount);
  const isOne = others.every((other) => first?.text === other.text && first.currency === other.currency);
  return { charges, chargesTotal: isOne ? first : undefined };
}

function toCharge(element: XmlElement, amount: CamtAmount, isTotal: boolean): CamtCharge {
  return {
    amount,
    direction: toDirection(element),
    isIncluded: toBoolean(element, "ChrgInclInd"),
    type: toChoice(child(element, "Tp")),
    isTotal,
    tax: toTax(child(element, "Tax")),
  };
}

function toTax(element: XmlElement | undefined): CamtChargeTax | undefined {
  if (element === undefined) return undefined;
  return { id: textAt(element, "Id"), rate: textAt(element, "Rate"), amount: optionalAmount(element, "Amt") };
}
