import type { StatementPart } from "../domain/bank.ts";
import type { StatementRecord } from "../domain/entities.ts";
import { decimalText } from "../domain/money.ts";
import type { Judgement } from "../apply/judge.ts";
import { missingPages } from "./fold-statement.ts";

/** What a statement says of itself: whether it closes, agrees with its own sums, and is all there. */
export function judgeStatement(
  statementId: string,
  record: StatementRecord,
  pages: readonly StatementPart[],
): readonly Judgement[] {
  return [
    ...record.checks.map((check) => closes(statementId, check)),
    agrees(statementId, record),
    isWhole(statementId, record, pages),
  ];
}

/** Interim figures close too where a report has them; one that has none is not judged. */
function closes(
  statementId: string,
  { currency, difference, opening, closing, booked }: StatementRecord["checks"][number],
): Judgement {
  const judgement = { kind: "STATEMENT_NOT_CLOSED", subject: `${statementId} ${currency}` };
  if (difference === undefined || difference.minor === 0n) return { ...judgement, finding: undefined };
  const text = decimalText(difference.minor, difference.exponent);
  return {
    ...judgement,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} does not close: opening and booked entries are ${text} ${currency} off its closing balance`,
      evidence: {
        statementId,
        currency,
        opening: opening && decimalText(opening.money.minor, opening.money.exponent),
        booked: decimalText(booked.minor, booked.exponent),
        closing: closing && decimalText(closing.money.minor, closing.money.exponent),
        difference: text,
      },
      remedy:
        "Everything is kept as the bank wrote it. Compare it with the bank's own account of the day, and ask for it again.",
    },
  };
}

function agrees(statementId: string, { summaryAgrees, summaryDifferences }: StatementRecord): Judgement {
  const judgement = { kind: "STATEMENT_SUMMARY_DIFFERS", subject: statementId };
  if (summaryAgrees !== false) return { ...judgement, finding: undefined };
  return {
    ...judgement,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} states other sums than its entries have`,
      evidence: { statementId, differences: summaryDifferences },
      remedy: "Everything is kept as the bank wrote it. An entry may be missing: ask the bank for the statement again.",
    },
  };
}

function isWhole(
  statementId: string,
  { isComplete, faulty }: StatementRecord,
  pages: readonly StatementPart[],
): Judgement {
  const judgement = { kind: "STATEMENT_INCOMPLETE", subject: statementId };
  if (isComplete) return { ...judgement, finding: undefined };
  const missing = missingPages(pages);
  const faults = pages.flatMap((part) => part.faults.map(({ path, problem }) => `${part.path}/${path}: ${problem}`));
  const reasons = [
    ...(missing.length > 0 ? [`pages are missing: ${missing.join(", ")}`] : []),
    ...(faulty > 0 ? [`${faulty} of its entries could not be read`] : []),
    ...(faults.length > 0 ? [`${faults.length} of its own fields could not be read`] : []),
  ];
  return {
    ...judgement,
    finding: {
      cause: missing.length > 0 ? "ASYNC_BOTTLENECK" : "FORMAT_MISMATCH",
      summary: `Statement ${statementId} is incomplete: ${reasons.join("; ")}`,
      evidence: { statementId, missingPages: missing, faultyEntries: faulty, faults: faults.slice(0, 20) },
      remedy: "What could be read is stored. See quarantinedRecords for the entries, and ask the bank for the rest.",
    },
  };
}

/** A page that came with other figures than before: one of the two is wrong, and only the bank knows which. */
export function restated(statementId: string, page: number, fileId: string): Judgement {
  return {
    kind: "STATEMENT_RESTATED",
    subject: `${statementId} ${page}`,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} came again with other balances or sums than before`,
      evidence: { statementId, page, fileId },
      remedy: "The newer message is shown, and what either of them booked is kept. Ask the bank which one counts.",
    },
  };
}
