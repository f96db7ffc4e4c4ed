import type { StatementPart } from "../../domain/bank.ts";
import type { StatementRecord } from "../../domain/entities.ts";
import { checkBalances } from "./check-balances.ts";
import { compareControlTotals } from "./compare-control-totals.ts";
import { daysOf } from "./days.ts";
import { isCut, pageOf } from "./statement-key.ts";

/**
 * Merges the pages of one statement into one record: its balances, the sums of its entries, and whether they agree.
 * @param externalId the statement's id at its source
 */
export function mergePages(externalId: string, pages: readonly [StatementPart, ...StatementPart[]]): StatementRecord {
  const ordered = pages.toSorted((a, b) => pageOf(a) - pageOf(b));
  const first = ordered[0] ?? pages[0];
  const last = ordered.at(-1) ?? first;
  const balances = ordered.flatMap((part) => part.balances);
  const checks = checkBalances(ordered, balances);
  const listsEntries = ordered.some(({ entries }) => entries > 0);
  const totals = ordered.map((part) => compareControlTotals(part, listsEntries));
  const days = daysOf(ordered.length === 1 ? first : { ...first, ...spanOf(ordered), balances });
  const sum = (pick: (part: StatementPart) => number) => ordered.reduce((total, part) => total + pick(part), 0);
  const closing = checks.flatMap(({ difference }) => (difference === undefined ? [] : [difference.minor === 0n]));
  return {
    type: "Statement",
    externalId,
    // Only for the order of lists: the end of the last day that it covers.
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
    isBalanced: closing.length === 0 ? undefined : closing.every(Boolean),
    summaryMatches: allOf(totals.map(({ agrees }) => agrees)),
    summaryDifferences: totals.flatMap(({ differences }) => differences),
    entries: sum((part) => part.entries),
    booked: sum((part) => part.booked),
    pending: sum((part) => part.pending),
    faulty: sum((part) => part.faulty),
    detailsDiffer: sum((part) => part.detailsDiffer),
    pages: ordered.map(pageOf),
    isComplete: ordered.every((part) => part.faulty + part.faults.length === 0) && missingPages(ordered).length === 0,
  };
}

/** Numbers of the missing pages; the number of pages after the last known one is unknown. */
export function missingPages(pages: readonly StatementPart[]): readonly string[] {
  if (!pages.some(isCut)) return [];
  const numbers = new Set(pages.map(pageOf));
  const highest = Math.max(...numbers);
  const missing: string[] = [];
  // A number far above the others is a mistake of the bank, not a thousand missing pages.
  for (let number = 1; number < highest && missing.length < 10; number += 1)
    if (!numbers.has(number)) missing.push(String(number));
  const isEnded = pages.some((part) => part.page?.isLast === true);
  return isEnded ? missing : [...missing, `${highest + 1} and later`];
}

function spanOf(pages: readonly StatementPart[]): Pick<StatementPart, "firstBooked" | "lastBooked"> {
  const days = pages.flatMap(({ firstBooked, lastBooked }) => [firstBooked, lastBooked]);
  const known = days.filter((day) => day !== undefined).toSorted();
  return { firstBooked: known[0], lastBooked: known.at(-1) };
}

/** False where any is false; undefined where all are undefined. */
function allOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  const known = results.filter((result) => result !== undefined);
  return known.length === 0 ? undefined : known.every(Boolean);
}
