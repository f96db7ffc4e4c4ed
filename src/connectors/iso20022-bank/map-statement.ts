import type {
  SideTotals,
  StatementAccount,
  StatementBalance,
  StatementKind,
  StatementPart,
  StatementSummary,
  StatementTotals,
  SummaryFigure,
} from "../../domain/bank.ts";
import { exactMoney, negated } from "../../domain/money.ts";
import type {
  CamtAccount,
  CamtBalance,
  CamtFault,
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

/**
 * Maximum length of an account number. ISO 20022 allows 34 characters; banks may use more, up to the limit of a
 * database index.
 */
const MAX_ACCOUNT_CHARACTERS = 256;

/**
 * Returns the reason why a statement cannot be stored: it does not identify its account. Undefined for one that can be.
 */
export function findAccountFault({ account, faults }: CamtStatement): CamtFault | undefined {
  const unreadable = faults.find(({ path }) => path === "Acct" || path.startsWith("Acct/"));
  if (account === undefined) return unreadable ?? { path: "Acct", problem: "must be present" };
  const id = accountIdOf(account);
  if (id === undefined) return { path: "Acct/Id", problem: "must have an IBAN or an Othr/Id that is not empty" };
  if (id.length <= MAX_ACCOUNT_CHARACTERS) return undefined;
  return { path: "Acct/Id", problem: `must have at most ${MAX_ACCOUNT_CHARACTERS} characters, got ${id.length}` };
}

/** Returns the IBAN, or else the bank's own number. An empty element counts as missing. */
function accountIdOf({ iban, other }: CamtAccount): string | undefined {
  return [iban, other].find((id) => id !== undefined && id !== "");
}

/** Maps a statement; succeeds for every statement without an account fault. */
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
    unbookedTotals: {
      pending: statement.unbookedTotals.pending.map(sidesOf),
      other: statement.unbookedTotals.other.map(sidesOf),
    },
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

/** Returns the page; an invalid page number is ignored. */
function pageOf({ page }: CamtStatement): StatementPart["page"] {
  if (page === undefined || !/^\d{1,6}$/.test(page.number)) return undefined;
  return { number: Math.max(1, Number(page.number)), isLast: page.isLast };
}

function accountOf({ account, path }: CamtStatement): StatementAccount {
  const externalId = account && accountIdOf(account);
  if (account === undefined || externalId === undefined) throw new TypeError(`${path} has an account fault`);
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

function balanceOf(balance: CamtBalance): StatementBalance {
  const { code, subType, amount, direction, isDirectionAssumed, date } = balance;
  const money = moneyOf(amount);
  return {
    code,
    ...(subType !== undefined && { subType }),
    money: direction === "DBIT" ? negated(money) : money,
    date: date?.date,
    isDirectionAssumed,
  };
}

function totalsOf(totals: CamtTotals): StatementTotals {
  return { booked: exactMoney(totals.net, totals.scale, totals.currency), ...sidesOf(totals) };
}

function sidesOf({ currency, scale, credits, debits }: CamtTotals): SideTotals {
  const money = (units: bigint) => exactMoney(units, scale, currency);
  return {
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
