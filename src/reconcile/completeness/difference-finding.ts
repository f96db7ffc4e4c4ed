import { updateFindings } from "../../ingest/apply/update-findings.ts";
import type { RunRange } from "../../ingest/runs/run.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { ComparedStream } from "./compared-objects.ts";
import { countDifferences, firstDifferences } from "./differences.ts";

const KIND = "RECORDS_DIFFER";
/** Objects that the finding itself names: the graph has all of them, page by page. */
const MAX_NAMED = 20;

/** Opens the finding about the differences of a stream, or brings it up to date. */
export async function reportDifferences(
  tx: Transaction,
  compared: ComparedStream,
  range: RunRange,
): Promise<NewEvent[]> {
  const counts = await countDifferences(tx, compared);
  const total = counts.missing + counts.altered + counts.invented;
  if (total === 0) return [];
  const objects = await firstDifferences(tx, compared, MAX_NAMED);
  const { runId, sourceId, stream } = compared;
  const finding = {
    cause: "DATABASE",
    summary:
      `${total} objects of ${stream} differ from the upstream: ${counts.missing} missing, ${counts.altered} altered, ` +
      `${counts.invented} that the upstream does not have; ${counts.repaired} repaired`,
    evidence: { runId, stream, from: range.from, to: range.to, ...counts, total, objects },
    remedy:
      "Nothing, if all are repaired: the finding closes by itself. Otherwise Source.differences says why each of the others could not be repaired.",
  } as const;
  return updateFindings(tx, sourceId, [{ kind: KIND, subject: stream, finding }]);
}

/** Closes the finding about a stream of which no day is known to differ any more. */
export function closeDifferences(tx: Transaction, { sourceId, stream }: ComparedStream): Promise<NewEvent[]> {
  return updateFindings(tx, sourceId, [{ kind: KIND, subject: stream, finding: undefined }]);
}
