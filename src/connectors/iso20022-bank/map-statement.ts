import { FileRefused } from "../../connector-api/files.ts";
import type {
  StatementAccount,
  StatementBalance,
  StatementKind,
  StatementPart,
  StatementSummary,
  SummaryFigure,
} from "../../domain/bank.ts";
import { exactMoney, negated } from "../../domain/money.ts";
import type {
  CamtAccount,
  CamtBalance,
  CamtHeader,
  CamtKind,
  CamtStatement,
  CamtSummary,
  CamtSummaryPart,
  CamtTotals,
} from "../../protocols/iso20022/camt.ts";
import { dateOf, moneyOf } from "./map-entry.ts";

const KIND = {
  "camt.052": "REPORT",
  "camt.053": "STATEMENT",
  "camt.054": "NOTIFICATION",
} as const satisfies Record<CamtKind, StatementKind>;

/** @throws FileRefused NO_ACCOUNT: nobody can say whose money it is */
export function mapStatement(statement: CamtStatement, header: CamtHeader): StatementPart {
  const { counts, totals } = statement;
  const created = statement.created ?? header.created;
  const pending = counts.byStatus["PDNG"] ?? 0;
  const booked = (counts.byStatus["BOOK"] ?? 0) + (counts.byStatus[""] ?? 0);
  const readable = counts.entries - counts.faulty;
  return {
    index: statement.index,
    path: statement.path,
    kind: KIND[header.kind],
    messageVersion: header.version,
    messageId: header.messageId,
    statementId: statement.id,
    electronicSequence: statement.electronicSequence,
    legalSequence: statement.legalSequence,
    page: pageOf(statement),
    issuedAt: created?.text,
    issuedInstant: created?.instant,
    from: dateOf(statement.from),
    to: dateOf(statement.to),
    copyDuplicate: statement.copyDuplicate,
    account: accountOf(statement),
    balances: statement.balances.map(balanceOf),
    summary: statement.summary && summaryOf(statement.summary),
    totals: totals.map(totalsOf),
    entries: counts.entries,
    booked,
    pending,
    other: readable - booked - pending,
    faulty: counts.faulty,
    detailsDiffer: counts.detailsDiffer,
    firstBooked: statement.firstBooked,
    lastBooked: statement.lastBooked,
    faults: statement.faults,
  };
}

/** A page number that is none says nothing. */
function pageOf({ page }: CamtStatement): StatementPart["page"] {
  if (page === undefined || !/^\d{1,6}$/.test(page.number)) return undefined;
  return { number: Math.max(1, Number(page.number)), isLast: page.isLast };
}

function accountOf({ account, path }: CamtStatement): StatementAccount {
  const externalId = account?.iban ?? account?.other;
  if (account === undefined || externalId === undefined)
    throw new FileRefused("NO_ACCOUNT", `${path} names no account: Acct/Id/IBAN or Acct/Id/Othr/Id must be there`);
  return {
    externalId,
    identifiers: identifiersOf(account),
    name: account.name,
    currency: account.currency,
    ownerName: account.owner?.name,
  };
}

function identifiersOf({ iban, other, scheme, servicer }: CamtAccount): StatementAccount["identifiers"] {
  return [
    ...(iban === undefined ? [] : [{ scheme: "iban", value: iban }]),
    ...(other === undefined ? [] : [{ scheme: scheme?.toLowerCase() ?? "account", value: other }]),
    ...(servicer?.bic === undefined ? [] : [{ scheme: "bic", value: servicer.bic }]),
  ];
}

function balanceOf({ code, amount, direction, isDirectionAssumed, date }: CamtBalance): StatementBalance {
  const money = moneyOf(amount);
  return { code, money: direction === "DBIT" ? negated(money) : money, date: date?.date, isDirectionAssumed };
}

function totalsOf({ currency, scale, booked, credits, debits }: CamtTotals): StatementPart["totals"][number] {
  const money = (units: bigint) => exactMoney(units, scale, currency);
  return {
    booked: money(booked),
    credits: { count: credits.count, money: money(credits.units) },
    debits: { count: debits.count, money: money(debits.units) },
  };
}

function summaryOf({ all, credits, debits, net }: CamtSummary): StatementSummary {
  return {
    ...(all && { all: figureOf(all) }),
    ...(credits && { credits: figureOf(credits) }),
    ...(debits && { debits: figureOf(debits) }),
    ...(net && { net }),
  };
}

function figureOf({ count, sum }: CamtSummaryPart): SummaryFigure {
  const isNumber = count !== undefined && /^\d{1,15}$/.test(count);
  return { ...(isNumber && { count: Number(count) }), ...(sum && { sum }) };
}
