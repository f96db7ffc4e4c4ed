import type { CamtCreditorReference, CamtRemittance, CamtReturn } from "../camt.ts";
import { child, children, descendant, rawText, text, textAt, type XmlElement } from "../xml/element.ts";
import { toTransactionCode } from "./transaction-code.ts";
import { proprietary, toChoice } from "./values.ts";

/** TxDtls/RmtInf. */
export function toRemittance(element: XmlElement | undefined): CamtRemittance {
  const structured = children(element, "Strd");
  return {
    unstructured: children(element, "Ustrd")
      .map(rawText)
      .filter((line) => line !== ""),
    creditorReferences: structured.flatMap(toCreditorReference),
    additional: structured.flatMap(toAdditional),
  };
}

function toCreditorReference(structured: XmlElement): readonly CamtCreditorReference[] {
  const element = child(structured, "CdtrRefInf");
  const value = textAt(element, "Ref") ?? textAt(element, "CdtrRef"); // .01
  if (value === undefined) return [];
  const type = child(element, "Tp");
  const old = child(element, "CdtrRefTp"); // .01
  return [
    {
      value,
      type: toChoice(child(type, "CdOrPrtry")) ?? toChoice(old),
      issuer: textAt(type, "Issr") ?? textAt(old, "Issr"),
    },
  ];
}

function toAdditional(structured: XmlElement): readonly string[] {
  const numbers = children(structured, "RfrdDocInf").map(
    (element) => textAt(element, "Nb") ?? textAt(element, "RfrdDocNb"),
  );
  return [...numbers, ...children(structured, "AddtlRmtInf").map(text)].filter((part) => part !== undefined);
}

/** TxDtls/RtrInf. Its elements have other names in .01. */
export function toReturn(element: XmlElement | undefined): CamtReturn | undefined {
  if (element === undefined) return undefined;
  const reason = child(element, "Rsn") ?? child(element, "RtrRsn");
  return {
    code: textAt(reason, "Cd"),
    proprietary: proprietary(reason),
    additional: [...children(element, "AddtlInf"), ...children(element, "AddtlRtrRsnInf")]
      .map(text)
      .filter((part) => part !== undefined),
    originalCode: toTransactionCode(descendant(element, "OrgnlBkTxCd")),
  };
}
