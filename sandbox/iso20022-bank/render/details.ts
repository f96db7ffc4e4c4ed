import type { Detail, Direction, Entry, References } from "../world/entry.ts";
import { agentNode, amountNode, foreignAmountNode, type Context } from "./context.ts";
import { group, text, type XmlNode } from "./xml.ts";

type Node = XmlNode | undefined;

/** TxDtls, with its children in the order of the message definition. */
export function detailNode(detail: Detail, entry: Entry, context: Context): Node {
  const { facts } = context;
  const [reason, additional] = facts.returnNames;
  return group(
    "TxDtls",
    referencesNode(detail.references, context),
    facts.hasDetailAmount ? amountNode("Amt", detail.minor, context) : undefined,
    facts.hasDetailAmount ? text("CdtDbtInd", entry.direction) : undefined,
    amountsNode(detail, context),
    chargesNode(detail, context),
    ...partiesNodes(detail, entry.direction, context),
    group("Purp", text("Cd", detail.purpose)),
    remittanceNode(detail, context),
    group("RtrInf", group(reason, text("Cd", detail.returned?.code)), text(additional, detail.returned?.text)),
  );
}

function referencesNode(references: References, { facts, dialect }: Context): Node {
  const { messageId, paymentInformationId, instructionId, endToEndId, uetr, transactionId, mandateId } = references;
  return group(
    "Refs",
    text("MsgId", messageId),
    facts.hasEntryDetails ? text("PmtInfId", paymentInformationId) : undefined,
    text("InstrId", instructionId),
    text("EndToEndId", dialect.noEndToEnd && endToEndId !== undefined ? "NOTPROVIDED" : endToEndId),
    facts.hasUetr ? text("UETR", uetr) : undefined,
    text("TxId", transactionId),
    text("MndtId", mandateId),
  );
}

/** AmtDtls: the amount instructed in another currency, and up to .02 the only amount. */
function amountsNode({ minor, foreign }: Detail, context: Context): Node {
  const instructed = foreign?.instructed;
  const exchange = group(
    "CcyXchg",
    text("SrcCcy", instructed?.currency),
    text("TrgtCcy", instructed === undefined ? undefined : context.account.currency),
    text("UnitCcy", instructed?.currency),
    text("XchgRate", foreign?.rate),
  );
  return group(
    "AmtDtls",
    instructed === undefined
      ? undefined
      : group("InstdAmt", foreignAmountNode("Amt", instructed, context.dialect), exchange),
    instructed === undefined && context.facts.hasDetailAmount
      ? undefined
      : group("TxAmt", amountNode("Amt", minor, context)),
  );
}

function chargesNode({ foreign }: Detail, context: Context): Node {
  if (foreign === undefined) return undefined;
  if (context.dialect.charges === "total")
    return group("Chrgs", amountNode("TtlChrgsAndTaxAmt", foreign.chargesMinor, context));
  const amount = amountNode("Amt", foreign.chargesMinor, context);
  if (!context.facts.hasChargeRecords) return group("Chrgs", amount, text("Br", "SHAR"));
  return group(
    "Chrgs",
    group(
      "Rcrd",
      amount,
      text("CdtDbtInd", "DBIT"),
      context.facts.hasChargeIncluded ? text("ChrgInclInd", "true") : undefined,
      text("Br", "SHAR"),
    ),
  );
}

/** RltdPties and RltdAgts: the counterparty is the debtor of a credit, unless it is our own returned payment. */
function partiesNodes({ counterparty, returned }: Detail, direction: Direction, context: Context): readonly Node[] {
  if (counterparty === undefined) return [];
  const role = direction === "CRDT" && returned === undefined ? "Dbtr" : "Cdtr";
  const name = text("Nm", counterparty.name);
  return [
    group(
      "RltdPties",
      group(role, context.facts.hasPartyChoice ? group("Pty", name) : name),
      group(`${role}Acct`, group("Id", text("IBAN", counterparty.iban))),
    ),
    group("RltdAgts", agentNode(`${role}Agt`, counterparty.bic, context)),
  ];
}

function remittanceNode({ remittance, creditorReference }: Detail, { facts }: Context): Node {
  return group(
    "RmtInf",
    ...remittance.map((line) => text("Ustrd", line)),
    group("Strd", creditorNode(creditorReference, facts.hasReferenceChoice)),
  );
}

function creditorNode(reference: string | undefined, hasChoice: boolean): Node {
  if (reference === undefined) return undefined;
  if (!hasChoice) return group("CdtrRefInf", group("CdtrRefTp", text("Cd", "SCOR")), text("CdtrRef", reference));
  return group("CdtrRefInf", group("Tp", group("CdOrPrtry", text("Cd", "SCOR"))), text("Ref", reference));
}
