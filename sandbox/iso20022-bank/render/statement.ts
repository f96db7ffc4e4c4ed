import type { Balance, Kind, Statement, Totals } from "../plan/message.ts";
import { amountNode, directionOf, type Context } from "./context.ts";
import { decimalOf } from "./decimal.ts";
import { entryNode } from "./entry.ts";
import type { Fault } from "../plan/fault.ts";
import { closeTag, group, openTag, text, xmlOf, type XmlNode, type XmlStyle } from "./xml.ts";

type Node = XmlNode | undefined;

/** Element names of Stmt, Rpt or Ntfctn: the element itself, its page, its additional information. */
const NAMES = {
  "camt.052": ["Rpt", "RptPgntn", "AddtlRptInf"],
  "camt.053": ["Stmt", "StmtPgntn", "AddtlStmtInf"],
  "camt.054": ["Ntfctn", "NtfctnPgntn", "AddtlNtfctnInf"],
} as const satisfies Record<Kind, readonly [string, string, string]>;

export interface StatementInput {
  readonly kind: Kind;
  readonly statement: Statement;
  readonly fault: Fault | undefined;
  /** Index of the entry that the fault affects. */
  readonly faultyEntry: number | undefined;
  /** True if its account id is present and empty. */
  readonly hasNoAccount: boolean;
}

/** A statement as text: its head, then each entry separately. */
export function* statementText(
  input: StatementInput,
  context: Context,
  at: { readonly style: XmlStyle; readonly depth: number },
): Generator<string> {
  const { kind, statement, fault, faultyEntry } = input;
  const { style, depth } = at;
  const [name, , additional] = NAMES[kind];
  yield openTag(name, style, depth);
  for (const node of headNodes(input, context)) if (node !== undefined) yield xmlOf(node, style, depth + 1);
  let index = 0;
  for (const entry of statement.entries()) {
    const node = entryNode({ entry, index, fault: index === faultyEntry ? fault : undefined }, context);
    if (node !== undefined) yield xmlOf(node, style, depth + 1);
    index += 1;
  }
  const words = text(additional, "Bitte prüfen Sie die Buchungen.");
  if (words !== undefined) yield xmlOf(words, style, depth + 1);
  yield closeTag(name, style, depth);
}

function headNodes({ kind, statement, fault, hasNoAccount }: StatementInput, context: Context): readonly Node[] {
  const { page } = statement;
  const pagination = group(
    NAMES[kind][1],
    text("PgNb", page?.number.toString()),
    text("LastPgInd", page?.isLast.toString()),
  );
  return [
    text("Id", statement.id),
    context.facts.hasStatementPagination ? pagination : undefined,
    text("ElctrncSeqNb", String(statement.sequence)),
    text("CreDtTm", statement.createdAt),
    group("FrToDt", text("FrDtTm", `${statement.from}T00:00:00`), text("ToDtTm", `${statement.to}T23:59:59`)),
    accountNode(hasNoAccount, context),
    ...statement.balances.map((balance) => balanceNode(balance, context)),
    summaryNode(kind, statement.totals, { ...context, fault }),
  ];
}

function accountNode(hasNoAccount: boolean, { account, dialect, facts }: Context): Node {
  const other = hasNoAccount ? "" : dialect.accountId === "number" ? account.number : account.iban;
  return group(
    "Acct",
    group(
      "Id",
      dialect.accountId === "iban"
        ? text("IBAN", hasNoAccount ? "" : account.iban)
        : group(facts.otherAccount, text("Id", other)),
    ),
    text("Ccy", account.currency),
    group("Ownr", text("Nm", account.owner)),
    group(
      "Svcr",
      group(
        "FinInstnId",
        text(facts.bic, account.servicer.bic),
        facts.hasAgentName ? text("Nm", account.servicer.name) : undefined,
      ),
    ),
  );
}

function balanceNode({ code, minor, date }: Balance, context: Context): Node {
  const word = text("Cd", code);
  const isUnsigned = context.dialect.unsignedBalances && minor >= 0n;
  return group(
    "Bal",
    group(
      "Tp",
      context.facts.hasBalanceChoice ? group("CdOrPrtry", word) : word,
      // In .01 Tp contains only the code.
      context.facts.hasBalanceChoice ? group("SubTp", text("Prtry", context.dialect.balanceSubType)) : undefined,
    ),
    amountNode("Amt", minor, context),
    isUnsigned ? undefined : text("CdtDbtInd", directionOf(minor)),
    group("Dt", text("Dt", date)),
  );
}

/** The standard does not say whether pending entries count in the totals of a report: banks differ. */
function summaryNode(
  kind: Kind,
  totals: Totals,
  { fault, ...context }: Context & { readonly fault: Fault | undefined },
): Node {
  const { account, dialect, facts } = context;
  const counted = kind === "camt.052" ? dialect.reportTotals : "booked";
  if (counted === "none" || dialect.entries === "none") return undefined;
  const { credits, debits } = counted === "all" ? withPending(totals) : totals;
  const decimal = (minor: bigint): string => decimalOf(minor, account.exponent, dialect.fractionDigits);
  const wrong = fault?.name === "summary-wrong" ? 1 : 0;
  const net = credits.minor - debits.minor;
  const sum = credits.minor + debits.minor + BigInt(wrong);
  const part = (name: string, { count, minor }: { readonly count: number; readonly minor: bigint }, sign = ""): Node =>
    group(name, text("NbOfNtries", String(count)), text("Sum", `${sign}${decimal(minor)}`));
  return group(
    "TxsSummry",
    group(
      "TtlNtries",
      text("NbOfNtries", String(credits.count + debits.count + wrong)),
      text("Sum", decimal(sum)),
      ...(facts.hasNetGroup
        ? [group("TtlNetNtry", text("Amt", decimal(net)), text("CdtDbtInd", directionOf(net)))]
        : [text("TtlNetNtryAmt", decimal(net)), text("CdtDbtInd", directionOf(net))]),
    ),
    part("TtlCdtNtries", credits),
    part("TtlDbtNtries", debits, dialect.signedDebits ? "-" : ""),
  );
}

function withPending({ credits, debits, pendingCredits, pendingDebits }: Totals): Pick<Totals, "credits" | "debits"> {
  const add = (one: Totals["credits"], other: Totals["credits"]): Totals["credits"] => ({
    count: one.count + other.count,
    minor: one.minor + other.minor,
  });
  return { credits: add(credits, pendingCredits), debits: add(debits, pendingDebits) };
}
