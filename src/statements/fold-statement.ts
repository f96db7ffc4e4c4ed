import type { StatementBalance, StatementPart, SummaryFigure } from "../domain/bank.ts";
import type { StatementCheck, StatementRecord, SummaryDifference } from "../domain/entities.ts";
import { addMoney, decimalText, exactMoney, type Money, negated } from "../domain/money.ts";
import { closingOf, daysOf, openingOf } from "./days.ts";
import { isCut, pageOf, statementKey } from "./statement-key.ts";

/** The pages of one statement as one record: its balances, what its entries add up to, and whether that agrees. */
export function foldStatement(pages: readonly [StatementPart, ...StatementPart[]]): StatementRecord {
  const ordered = pages.toSorted((a, b) => pageOf(a) - pageOf(b));
  const first = ordered[0] ?? pages[0];
  const last = ordered.at(-1) ?? first;
  const balances = ordered.flatMap((part) => part.balances);
  const checks = checksOf(ordered, balances);
  const summaryDifferences = ordered.flatMap(compareSummary);
  const days = daysOf(ordered.length === 1 ? first : { ...first, ...spanOf(ordered), balances });
  const sum = (pick: (part: StatementPart) => number) => ordered.reduce((total, part) => total + pick(part), 0);
  const closing = checks.flatMap(({ difference }) => (difference === undefined ? [] : [difference.minor === 0n]));
  return {
    type: "Statement",
    externalId: statementKey(first),
    // Only for the order of lists: the end of the last day that it is about.
    createdAt: days.last === undefined ? first.issuedInstant : `${days.last}T00:00:00.000Z`,
    extensions: {},
    accountExternalId: first.account.externalId,
    kind: first.kind,
    messageVersion: last.messageVersion,
    messageId: last.messageId,
    statementId: first.statementId,
    electronicSequence: first.electronicSequence,
    legalSequence: first.legalSequence,
    copyDuplicate: last.copyDuplicate,
    issuedAt: last.issuedAt,
    from: first.from,
    to: first.to,
    firstDay: days.first,
    lastDay: days.last,
    balances,
    checks,
    closes: closing.length === 0 ? undefined : closing.every(Boolean),
    summaryAgrees: ordered.some(isSummed) ? summaryDifferences.length === 0 : undefined,
    summaryDifferences,
    entries: sum((part) => part.entries),
    booked: sum((part) => part.booked),
    pending: sum((part) => part.pending),
    faulty: sum((part) => part.faulty),
    detailsDiffer: sum((part) => part.detailsDiffer),
    pages: ordered.map(pageOf),
    isComplete: ordered.every((part) => part.faulty + part.faults.length === 0) && missingPages(ordered).length === 0,
  };
}

/** Numbers of the pages that are not here; of what follows the last known page nobody knows how many. */
export function missingPages(pages: readonly StatementPart[]): readonly string[] {
  if (!pages.some(isCut)) return [];
  const numbers = new Set(pages.map(pageOf));
  const highest = Math.max(...numbers);
  const missing: string[] = [];
  // A number far above the others is a mistake of the bank's, not a thousand pages.
  for (let number = 1; number < highest && missing.length < 10; number += 1)
    if (!numbers.has(number)) missing.push(String(number));
  const isEnded = pages.some((part) => part.page?.isLast === true);
  return isEnded ? missing : [...missing, `${highest + 1} and after`];
}

function spanOf(pages: readonly StatementPart[]): Pick<StatementPart, "firstBooked" | "lastBooked"> {
  const days = pages.flatMap(({ firstBooked, lastBooked }) => [firstBooked, lastBooked]);
  const known = days.filter((day) => day !== undefined).toSorted();
  return { firstBooked: known[0], lastBooked: known.at(-1) };
}

/** The bank states sums, and they can be held against its entries. */
function isSummed({ summary, pending, other }: StatementPart): boolean {
  return summary !== undefined && pending + other === 0;
}

/** One for each currency that has a balance or a booked entry. */
function checksOf(pages: readonly StatementPart[], balances: readonly StatementBalance[]): readonly StatementCheck[] {
  const totals = pages.flatMap((part) => part.totals);
  const currencies = [...balances.map(({ money }) => money.currency), ...totals.map(({ booked }) => booked.currency)];
  return [...new Set(currencies)].map((currency): StatementCheck => {
    const own = balances.filter(({ money }) => money.currency === currency);
    const [opening, last] = [openingOf(own), closingOf(own)];
    const booked = addMoney(
      exactMoney(0n, 0, currency),
      ...totals.flatMap((total) => (total.booked.currency === currency ? [total.booked] : [])),
    );
    // A single interim balance is the first one and the last: that says nothing of what was booked.
    const closing = last === opening ? undefined : last;
    const difference = opening && closing && addMoney(closing.money, negated(opening.money), negated(booked));
    return { currency, opening, closing, booked, difference };
  });
}

/**
 * Where the bank's own sums are not what its booked entries add up to. Without a currency they hold over all of them. Where
 * some entries are not booked, banks differ in whether they count: then nothing can be said.
 */
function compareSummary(part: StatementPart): readonly SummaryDifference[] {
  const { summary, totals } = part;
  if (summary === undefined || !isSummed(part)) return [];
  const count = (pick: "credits" | "debits") => totals.reduce((total, one) => total + one[pick].count, 0);
  const single = totals.length <= 1;
  const sum = (pick: "credits" | "debits"): Money | undefined =>
    single ? (totals[0]?.[pick].money ?? exactMoney(0n, 0, "XXX")) : undefined;
  const [credits, debits] = [sum("credits"), sum("debits")];
  const all = credits && debits && addMoney(credits, { ...debits, currency: credits.currency });
  const net = credits && debits && addMoney(credits, negated({ ...debits, currency: credits.currency }));
  return [
    ...compare("all", summary.all, part.booked, all),
    ...compare("credits", summary.credits, count("credits"), credits),
    ...compare("debits", summary.debits, count("debits"), debits),
    ...compareSum("net", summary.net, net, true),
  ];
}

function compare(
  figure: string,
  stated: SummaryFigure | undefined,
  found: number,
  sum: Money | undefined,
): readonly SummaryDifference[] {
  if (stated === undefined) return [];
  const { count } = stated;
  const differs = count !== undefined && count !== found;
  return [
    ...(differs ? [{ figure: `${figure}.count`, stated: String(count), found: String(found) }] : []),
    ...compareSum(`${figure}.sum`, stated.sum, sum, false),
  ];
}

/** A net sum may be stated without its sign, which stands apart. */
function compareSum(
  figure: string,
  stated: SummaryFigure["sum"],
  found: Money | undefined,
  isSigned: boolean,
): readonly SummaryDifference[] {
  if (stated === undefined || found === undefined) return [];
  const claimed = exactMoney(stated.units, stated.scale, found.currency);
  const [one, other] = [addMoney(claimed, negated(found)), addMoney(claimed, found)];
  if (one.minor === 0n || (isSigned && other.minor === 0n)) return [];
  const text = ({ minor, exponent }: Money): string => decimalText(minor, exponent);
  return [{ figure, stated: text(claimed), found: text(found) }];
}
