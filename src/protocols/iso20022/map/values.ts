import type { CamtAmount, CamtDate, CamtDirection, CamtFault } from "../camt.ts";
import { quote } from "../refuse.ts";
import { parseDate } from "../values/date.ts";
import { type Decimal, parseDecimal, parseSignedDecimal } from "../values/decimal.ts";
import { child, FaultyElement, text, textAt, type XmlElement } from "../xml/element.ts";

const CURRENCY = /^[A-Z]{3}$/;

/** An amount with its currency: `<Amt Ccy="EUR">10.00</Amt>`. */
export function toAmount(element: XmlElement): CamtAmount {
  const { units, scale } = toDecimal(element);
  const { currency } = element;
  if (currency === undefined) throw new FaultyElement(element, "must have a currency", "@Ccy");
  if (!CURRENCY.test(currency)) {
    throw new FaultyElement(element, `must be a currency code of three letters, got ${quote(currency)}`, "@Ccy");
  }
  return { units, scale, currency, text: text(element) ?? "" };
}

/** The number in an amount, which has no sign: its direction is in CdtDbtInd. */
function toDecimal(element: XmlElement): Decimal {
  return decimalBy(parseDecimal, element);
}

/** A number without a currency: Sum, a sibling of NbOfNtries. Its type, DecimalNumber, allows a sign. */
export function toSignedDecimal(element: XmlElement): Decimal {
  return decimalBy(parseSignedDecimal, element);
}

function decimalBy(parse: (text: string) => Decimal | undefined, element: XmlElement): Decimal {
  const written = text(element) ?? "";
  const decimal = parse(written);
  if (decimal === undefined) throw new FaultyElement(element, `must be a decimal number, got ${quote(written)}`);
  return decimal;
}

/** `parent/Amt`, which is required. */
export function requiredAmount(parent: XmlElement): CamtAmount {
  const element = child(parent, "Amt");
  if (element === undefined) throw new FaultyElement(parent, "must be present", "Amt");
  return toAmount(element);
}

/** `parent/CdtDbtInd`; undefined if there is none. */
export function toDirection(parent: XmlElement | undefined): CamtDirection | undefined {
  const element = child(parent, "CdtDbtInd");
  if (element === undefined) return undefined;
  const written = text(element) ?? "";
  if (written === "CRDT" || written === "DBIT") return written;
  throw new FaultyElement(element, `must be CRDT or DBIT, got ${quote(written)}`);
}

/** `parent/name`, an XSD boolean; undefined if there is none. */
export function toBoolean(parent: XmlElement | undefined, name: string): boolean | undefined {
  const element = child(parent, name);
  if (element === undefined) return undefined;
  const written = text(element) ?? "";
  if (written === "true" || written === "1") return true;
  if (written === "false" || written === "0") return false;
  throw new FaultyElement(element, `must be true or false, got ${quote(written)}`);
}

/** DateAndDateTimeChoice: `Dt` or `DtTm`, or the date itself, as some banks write it. */
export function toDateChoice(element: XmlElement | undefined): CamtDate | undefined {
  if (element === undefined) return undefined;
  return toDate(child(element, "Dt") ?? child(element, "DtTm") ?? element);
}

/** A date or a time; undefined for an element that is missing or has no text. */
export function toDate(element: XmlElement | undefined): CamtDate | undefined {
  const written = text(element);
  if (element === undefined || written === undefined) return undefined;
  const date = parseDate(written);
  if (date === undefined)
    throw new FaultyElement(element, `must be a date or a time that exists, got ${quote(written)}`);
  return date;
}

/** A choice of `Cd` and `Prtry`, or the element's text if it has neither. */
export function toChoice(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  if (element.children.length === 0) return text(element);
  return textAt(element, "Cd") ?? proprietary(element);
}

/** `Prtry`, or `Prtry/Id` if it also names its issuer. */
export function proprietary(element: XmlElement | undefined): string | undefined {
  const found = child(element, "Prtry");
  return found === undefined || found.children.length === 0 ? text(found) : textAt(found, "Id");
}

/** Returns the result of `read`, or the fault that it threw. `prefix` is prepended to the fault's path. */
export function catchFault<T>(read: () => T, prefix?: string): { readonly value: T } | { readonly fault: CamtFault } {
  try {
    return { value: read() };
  } catch (reason) {
    if (!(reason instanceof FaultyElement)) throw reason;
    const path = [prefix, reason.path].filter((part) => part !== undefined && part !== "").join("/");
    return { fault: { path, problem: reason.problem } };
  }
}
