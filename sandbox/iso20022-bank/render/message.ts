import type { Kind, Message } from "../plan/message.ts";
import { faultyEntryOf } from "../plan/faulty-entry.ts";
import { declaredName, encode } from "./encode.ts";
import { declarationOf, hostileText } from "./hostile.ts";
import { statementText } from "./statement.ts";
import { factsOf } from "../plan/version.ts";
import { closeTag, group, openTag, text, xmlOf, type XmlStyle } from "./xml.ts";

const ROOTS = {
  "camt.052": "BkToCstmrAcctRpt",
  "camt.053": "BkToCstmrStmt",
  "camt.054": "BkToCstmrDbtCdtNtfctn",
} as const satisfies Record<Kind, string>;

/** The bytes of a message, in pieces: a file of any size needs no memory. */
export function* renderMessage(message: Message): Generator<Buffer> {
  const { dialect, fault } = message;
  // Latin-1 bytes with a declaration that says UTF-8: the owner's name is then not valid UTF-8.
  const encoding = fault?.name === "wrong-encoding" ? "iso-8859-1" : dialect.encoding;
  const bytes = (): Generator<Buffer> => encode(messageText(message), encoding);
  if (fault?.name !== "truncated") {
    yield* bytes();
    return;
  }
  let left = 0;
  for (const piece of bytes()) left += piece.length;
  left = Math.floor(left * 0.7);
  for (const piece of bytes()) {
    if (left <= 0) return;
    yield piece.subarray(0, left);
    left -= piece.length;
  }
}

function* messageText(message: Message): Generator<string> {
  const { dialect, fault } = message;
  const declared = fault?.name === "wrong-encoding" ? "UTF-8" : declaredName(dialect.encoding);
  const depth = dialect.envelope ? 1 : 0;
  yield `<?xml version="1.0" encoding="${declared}"?>`;
  yield declarationOf(fault?.name);
  if (dialect.envelope) yield* envelopeHead(message);
  yield* documentText(message, depth);
  if (fault?.name === "two-roots") yield* documentText(message, depth);
  if (dialect.envelope) yield closeTag("RequestPayload", { prefix: "", isPretty: dialect.pretty }, 0);
  if (dialect.pretty) yield "\n";
}

function* documentText(message: Message, depth: number): Generator<string> {
  const { kind, version, dialect, fault } = message;
  const faultyEntry = faultyEntryOf(message);
  const style: XmlStyle = {
    prefix: dialect.prefix === undefined ? "" : `${dialect.prefix}:`,
    isPretty: dialect.pretty,
  };
  const facts = factsOf(version);
  const root = `${ROOTS[kind]}${facts.isRootNumbered ? "V01" : ""}`;
  const xmlns = dialect.prefix === undefined ? "xmlns" : `xmlns:${dialect.prefix}`;
  yield openTag("Document", style, depth, ` ${xmlns}="urn:iso:std:iso:20022:tech:xsd:${namedVersion(message)}"`);
  yield openTag(root, style, depth + 1);
  yield headerText(message, style, depth + 2);
  for (const [index, statement] of message.statements().entries()) {
    const isFirst = index === 0;
    const hasNoAccount = isFirst && fault?.name === "account-empty";
    const input = { kind, statement, fault, faultyEntry: isFirst ? faultyEntry : undefined, hasNoAccount };
    yield* statementText(input, { facts, dialect, account: statement.account }, { style, depth: depth + 2 });
  }
  yield closeTag(root, style, depth + 1);
  yield closeTag("Document", style, depth);
}

/** `camt.053.001.08` */
function namedVersion({ kind, version, fault }: Message): string {
  return `${kind}.001.${fault?.name === "unknown-version" ? "99" : String(version).padStart(2, "0")}`;
}

function headerText(message: Message, style: XmlStyle, depth: number): string {
  const { page, fault } = message;
  const header = group(
    "GrpHdr",
    text("MsgId", message.id),
    text("CreDtTm", message.createdAt),
    group("MsgRcpt", text("Nm", message.statements()[0]?.account.owner)),
    group("MsgPgntn", text("PgNb", String(page.number)), text("LastPgInd", String(page.isLast))),
  );
  const written = header === undefined ? "" : xmlOf(header, style, depth);
  const hostile = hostileText(fault?.name, style.prefix);
  return `${written.slice(0, written.lastIndexOf("<"))}${hostile}</${style.prefix}GrpHdr>`;
}

/** A business application header, as networks send it around the message. */
function* envelopeHead(message: Message): Generator<string> {
  const style: XmlStyle = { prefix: "", isPretty: message.dialect.pretty };
  const account = message.statements()[0]?.account;
  yield openTag("RequestPayload", style, 0);
  yield openTag("AppHdr", style, 1, ' xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"');
  const nodes = [
    group("Fr", group("FIId", group("FinInstnId", text("BICFI", account?.servicer.bic)))),
    group("To", group("OrgId", text("Nm", account?.owner))),
    text("BizMsgIdr", `BAH-${message.id}`),
    text("MsgDefIdr", namedVersion(message)),
    text("CreDt", message.createdAt),
  ];
  for (const node of nodes) if (node !== undefined) yield xmlOf(node, style, 2);
  yield closeTag("AppHdr", style, 1);
}
