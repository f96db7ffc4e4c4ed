import type { CamtTransactionCode } from "../camt.ts";
import { child, textAt, type XmlElement } from "../xml/element.ts";

/** BkTxCd, or RtrInf/OrgnlBkTxCd. */
export function toTransactionCode(element: XmlElement | undefined): CamtTransactionCode | undefined {
  if (element === undefined) return undefined;
  const domain = child(element, "Domn");
  const family = child(domain, "Fmly");
  const proprietary = child(element, "Prtry");
  return {
    domain: textAt(domain, "Cd"),
    family: textAt(family, "Cd"),
    subfamily: textAt(family, "SubFmlyCd"),
    proprietary: textAt(proprietary, "Cd"),
    issuer: textAt(proprietary, "Issr"),
  };
}
