import type { StatementPart } from "../../domain/bank.ts";
import type { StatementRecord } from "../../domain/entities.ts";
import { decimalText } from "../../domain/money.ts";
import type { FindingCheck } from "../apply/update-findings.ts";
import { missingPages } from "./merge-pages.ts";

/** Checks a statement's own figures: whether it balances, agrees with its own sums, and is complete. */
export function checkStatement(
  statementId: string,
  record: StatementRecord,
  pages: readonly StatementPart[],
): readonly FindingCheck[] {
  return [
    ...record.checks.map((check) => checkClosingBalance(statementId, check)),
    agrees(statementId, record),
    isWhole(statementId, record, pages),
  ];
}

/** Interim balances must balance too where a report has them; a report without any is not checked. */
function checkClosingBalance(
  statementId: string,
  { currency, difference, opening, closing, booked, basis }: StatementRecord["checks"][number],
): FindingCheck {
  const check = { kind: "STATEMENT_NOT_CLOSED", subject: `${statementId} ${currency}` };
  if (difference === undefined || difference.minor === 0n) return { ...check, finding: undefined };
  const text = decimalText(difference.minor, difference.exponent);
  return {
    ...check,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} does not balance: its opening balance plus its ${basis === "CONTROL_TOTALS" ? "control totals" : "booked entries"} differ from its closing balance by ${text} ${currency}`,
      evidence: {
        statementId,
        currency,
        opening: opening && decimalText(opening.money.minor, opening.money.exponent),
        booked: decimalText(booked.minor, booked.exponent),
        bookedBy: basis ?? "ENTRIES",
        closing: closing && decimalText(closing.money.minor, closing.money.exponent),
        difference: text,
      },
      remedy:
        "Everything is stored as the bank sent it. Compare it with the bank's own records of the day, and ask the bank to send it again.",
    },
  };
}

function agrees(statementId: string, { summaryMatches, summaryDifferences }: StatementRecord): FindingCheck {
  const check = { kind: "STATEMENT_SUMMARY_DIFFERS", subject: statementId };
  if (summaryMatches !== false) return { ...check, finding: undefined };
  return {
    ...check,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} reports sums that differ from the sums of its entries`,
      evidence: { statementId, differences: summaryDifferences },
      remedy:
        "Everything is stored as the bank sent it. An entry may be missing: ask the bank to send the statement again.",
    },
  };
}

function isWhole(
  statementId: string,
  { isComplete, faulty }: StatementRecord,
  pages: readonly StatementPart[],
): FindingCheck {
  const check = { kind: "STATEMENT_INCOMPLETE", subject: statementId };
  if (isComplete) return { ...check, finding: undefined };
  const missing = missingPages(pages);
  const faults = pages.flatMap((part) => part.faults.map(({ path, problem }) => `${part.path}/${path}: ${problem}`));
  const reasons = [
    ...(missing.length > 0 ? [`pages are missing: ${missing.join(", ")}`] : []),
    ...(faulty > 0 ? [`${faulty} of its entries could not be read`] : []),
    ...(faults.length > 0 ? [`${faults.length} of its own fields could not be read`] : []),
  ];
  return {
    ...check,
    finding: {
      cause: missing.length > 0 ? "ASYNC_BOTTLENECK" : "FORMAT_MISMATCH",
      summary: `Statement ${statementId} is incomplete: ${reasons.join("; ")}`,
      evidence: { statementId, missingPages: missing, faultyEntries: faulty, faults: faults.slice(0, 20) },
      remedy:
        "What could be read is stored. See quarantinedRecords for the entries, and ask the bank for the missing parts.",
    },
  };
}

/**
 * Finding for a page that arrived with other figures than before: one of the two is wrong, and only the bank knows
 * which.
 */
export function restated(statementId: string, page: number, fileId: string): FindingCheck {
  return {
    kind: "STATEMENT_RESTATED",
    subject: `${statementId} ${page}`,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} was received again with different balances or sums`,
      evidence: { statementId, page, fileId },
      remedy:
        "The newer message is used, and transactions that only the older one booked are WITHDRAWN. Ask the bank which one is valid.",
    },
  };
}
