import type { CamtBatch, CamtEntry } from "../camt.ts";
import { child, children, FaultyElement, textAt, type XmlElement } from "../xml/element.ts";
import { toCharges } from "./charges.ts";
import { optionalAmount, toAmountDetails } from "./money.ts";
import { toReferenceText } from "./references.ts";
import { toTransactionCode } from "./transaction-code.ts";
import { requiredAmount, toBoolean, toChoice, toDateChoice, toDirection } from "./values.ts";

/** Ntry without its details, which are removed from it as they arrive. @throws FaultyElement */
export function toEntry(element: XmlElement): Omit<CamtEntry, "details"> {
  const direction = toDirection(element);
  if (direction === undefined) throw new FaultyElement(element, "must be present", "CdtDbtInd");
  return {
    amount: requiredAmount(element),
    direction,
    isReversal: toBoolean(element, "RvslInd") ?? false,
    status: toChoice(child(element, "Sts")),
    bookingDate: toDateChoice(child(element, "BookgDt")),
    valueDate: toDateChoice(child(element, "ValDt")),
    entryReference: toReferenceText(child(element, "NtryRef")),
    accountServicerReference: toReferenceText(child(element, "AcctSvcrRef")),
    code: toTransactionCode(child(element, "BkTxCd")),
    amounts: toAmountDetails(child(element, "AmtDtls")),
    ...toCharges(element),
    batches: [
      ...children(element, "NtryDtls").flatMap((details) => children(details, "Btch")),
      ...children(element, "Btch"),
    ].map(toBatch),
    additionalInfo: textAt(element, "AddtlNtryInf"),
  };
}

function toBatch(element: XmlElement): CamtBatch {
  return {
    messageId: textAt(element, "MsgId"),
    paymentInformationId: textAt(element, "PmtInfId"),
    count: textAt(element, "NbOfTxs"),
    total: optionalAmount(element, "TtlAmt"),
    direction: toDirection(element),
  };
}
