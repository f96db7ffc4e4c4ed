import type { Transaction } from "../../store/database.ts";
import { decideProofs, needsUnlisted, type Proof } from "./decide-proof.ts";
import { findFigures, findLines, findUnlisted } from "./find-figures.ts";

/**
 * Finds the proofs of payouts: two statements, and a third for those that are not the sum of their list. A payout that
 * does not exist, and one whose source says nothing about its entries, has none.
 * @param withLines payouts of which the lines are read: where the balance decides they are only shown. Default: all
 */
export async function findProofs(
  tx: Transaction,
  payoutIds: readonly string[],
  withLines: readonly string[] = payoutIds,
): Promise<readonly Proof[]> {
  const figures = await findFigures(tx, payoutIds);
  const rows = withLines.length === 0 ? [] : await findLines(tx, withLines);
  const byPayout = Map.groupBy(rows, ({ payoutId }) => payoutId);
  const read = new Set(withLines);
  const known = figures.map((own) => ({
    figures: own,
    lines: read.has(own.payoutId) ? (byPayout.get(own.payoutId) ?? []) : undefined,
  }));
  const open = known.filter((own) => needsUnlisted(own.figures, own.lines ?? [])).map((own) => own.figures.payoutId);
  const unlisted = new Map((open.length === 0 ? [] : await findUnlisted(tx, open)).map((row) => [row.payoutId, row]));
  return decideProofs(known.map((own) => ({ ...own, unlisted: unlisted.get(own.figures.payoutId) })));
}
