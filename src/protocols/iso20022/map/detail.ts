import type { CamtAmountDetail, CamtDetail, CamtDirection } from "../camt.ts";
import { child, textAt, type XmlElement } from "../xml/element.ts";
import { toCharges } from "./charges.ts";
import { optionalAmount, toAmountDetails } from "./money.ts";
import { toSide } from "./party.ts";
import { toReferences } from "./references.ts";
import { toRemittance, toReturn } from "./remittance.ts";
import { toTransactionCode } from "./transaction-code.ts";
import { toChoice, toDirection } from "./values.ts";

/** A detail that is emitted before its entry is complete. */
export type PendingDetail = Omit<CamtDetail, "direction"> & {
  /** TxDtls/CdtDbtInd; undefined if it is the entry's. */
  readonly direction: CamtDirection | undefined;
};

/** TxDtls. @throws FaultyElement */
export function toDetail(element: XmlElement): PendingDetail {
  const amounts = toAmountDetails(child(element, "AmtDtls"));
  return {
    ...chooseAmount(element, amounts),
    direction: toDirection(element),
    amounts,
    ...toCharges(element),
    references: toReferences(child(element, "Refs")),
    code: toTransactionCode(child(element, "BkTxCd")),
    debtor: toSide(element, "Dbtr"),
    creditor: toSide(element, "Cdtr"),
    remittance: toRemittance(child(element, "RmtInf")),
    purpose: toChoice(child(element, "Purp")),
    returned: toReturn(child(element, "RtrInf")),
    additionalInfo: textAt(element, "AddtlTxInf"),
  };
}

function chooseAmount(
  element: XmlElement,
  amounts: readonly CamtAmountDetail[],
): Pick<CamtDetail, "amount" | "amountFrom"> {
  const amount = optionalAmount(element, "Amt");
  if (amount !== undefined) return { amount, amountFrom: "Amt" };
  for (const amountFrom of ["TxAmt", "InstdAmt"] as const) {
    const found = amounts.find(({ name }) => name === amountFrom);
    if (found !== undefined) return { amount: found.amount, amountFrom };
  }
  return { amount: undefined, amountFrom: undefined };
}

/**
 * Sets the direction of a detail within an entry of that direction. It is changed in place: an entry may have a hundred
 * thousand.
 */
export function resolveDirection(detail: PendingDetail, ofEntry: CamtDirection): CamtDetail {
  const resolved: { direction: CamtDirection | undefined } = detail;
  resolved.direction ??= ofEntry;
  return detail as CamtDetail; // it has a direction now
}
