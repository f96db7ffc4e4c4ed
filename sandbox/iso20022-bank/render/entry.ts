import type { Detail, Entry } from "../world/entry.ts";
import { amountNode, type Context } from "./context.ts";
import { decimalOf } from "./decimal.ts";
import { detailNode } from "./details.ts";
import type { Fault } from "../plan/fault.ts";
import { group, text, type XmlNode } from "./xml.ts";

type Node = XmlNode | undefined;

export interface EntryInput {
  readonly entry: Entry;
  /** Index within the statement, from 0. */
  readonly index: number;
  /** Fault of this entry. */
  readonly fault: Fault | undefined;
}

/** Ntry, with its children in the order of the message definition. */
export function entryNode({ entry, index, fault }: EntryInput, context: Context): Node {
  const { facts, dialect } = context;
  const { direction, batch } = entry;
  const [domain, family, subfamily, proprietary] = entry.code;
  const batchNode = group(
    "Btch",
    text("MsgId", batch?.messageId),
    text("PmtInfId", batch?.paymentInformationId),
    text("NbOfTxs", batch?.count.toString()),
  );
  const details = detailsOf(entry, fault).map((detail) => detailNode(detail, entry, context));
  return group(
    "Ntry",
    facts.hasEntryDetails ? text("NtryRef", String(index + 1)) : undefined,
    amountOf(entry, fault, context),
    text("CdtDbtInd", fault?.name === "direction-foobar" ? "FOOBAR" : direction),
    entry.isReversal ? text("RvslInd", "true") : undefined,
    ...(dialect.bareEntries && entry.status === "BOOK" ? [] : statusAndDates(entry, context)),
    text("AcctSvcrRef", entry.servicerReference),
    group(
      "BkTxCd",
      group("Domn", text("Cd", domain), group("Fmly", text("Cd", family), text("SubFmlyCd", subfamily))),
      group("Prtry", text("Cd", proprietary), text("Issr", "DK")),
    ),
    ...(facts.hasEntryDetails ? [group("NtryDtls", batchNode, ...details)] : [batchNode, ...details]),
    text("AddtlNtryInf", entry.info),
  );
}

function statusAndDates(entry: Entry, { facts, dialect }: Context): readonly Node[] {
  const { zone } = dialect;
  return [
    facts.hasStatusChoice ? group("Sts", text("Cd", entry.status)) : text("Sts", entry.status),
    group(
      "BookgDt",
      zone === undefined ? text("Dt", entry.bookedOn) : text("DtTm", `${entry.bookedOn}T${entry.bookedAt}${zone}`),
    ),
    group("ValDt", text("Dt", entry.valueOn)),
  ];
}

function amountOf({ minor }: Entry, fault: Fault | undefined, context: Context): Node {
  if (fault?.name === "amount-missing") return undefined;
  if (fault?.name !== "number-garbled") return amountNode("Amt", minor, context);
  // As a person would write it: not a number for an XML schema.
  const garbled = `1.${decimalOf(minor, context.account.exponent).replace(".", ",")}-`;
  return text("Amt", garbled, ` Ccy="${context.account.currency}"`);
}

function detailsOf({ details }: Entry, fault: Fault | undefined): readonly Detail[] {
  const [first, ...others] = details;
  if (fault?.name !== "details-off" || first === undefined) return details;
  return [{ ...first, minor: first.minor + BigInt(fault.minor) }, ...others];
}
