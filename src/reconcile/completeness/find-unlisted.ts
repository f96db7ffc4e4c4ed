import { isTurnOver, requestChanges } from "./catch-up.ts";
import { clockOf } from "./clock-of.ts";
import { commitStep, NOTHING, type StepResult } from "./commit-step.ts";
import { countSuspects } from "./compared-objects.ts";
import { type Comparison, passedRange } from "./comparison.ts";
import { type ComparisonState, LISTED_SHARE, type StateOf } from "./comparison-state.ts";
import { recordUnlisted } from "./record-unlisted.ts";
import type { Transaction } from "../../store/database.ts";

type Unlisted = StateOf<"FINDING_UNLISTED">;

/**
 * Adds a page of what the store has and the upstream did not list.
 * @returns undefined: another turn continues
 */
export async function findUnlisted(
  comparison: Comparison,
  state: Unlisted,
  beganMs: number,
): Promise<ComparisonState | undefined> {
  let isYielding = false;
  const next = await commitStep(comparison, async (tx) => {
    isYielding = await isTurnOver(tx, comparison, beganMs);
    return step(tx, comparison, state);
  });
  return isYielding ? undefined : next;
}

async function step(tx: Transaction, comparison: Comparison, state: Unlisted): Promise<StepResult> {
  const { plan, compared, range } = comparison;
  const { after, typesDone, ...shared } = state;
  const listed = plan.types.filter(({ listing }) => listing === "COMPLETE")[typesDone];
  if (listed === undefined) return endListing(tx, comparison, state);
  const selection = {
    sourceId: compared.sourceId,
    ...passedRange(range, state.startedAt),
    withUndated: !plan.isRanged,
    idPattern: listed.idPattern,
    writtenBefore: state.startedAt,
  };
  const last = await recordUnlisted(tx, compared, listed.type, selection, after);
  const position = last === undefined ? { typesDone: typesDone + 1 } : { typesDone, after: last };
  return { ...NOTHING, state: { ...shared, ...position }, progress: LISTED_SHARE };
}

/** Without suspects there is nothing to look at again. */
async function endListing(
  tx: Transaction,
  comparison: Comparison,
  { startedAt, pages, hasUnreadable }: Unlisted,
): Promise<StepResult> {
  const shared = { startedAt, pages, hasUnreadable };
  const suspects = await countSuspects(tx, comparison.compared);
  if (suspects.length === 0) return { ...NOTHING, state: { phase: "FINISHING", ...shared }, progress: LISTED_SHARE };
  await requestChanges(tx, comparison);
  const since = await clockOf(tx);
  return { ...NOTHING, state: { phase: "SETTLING", ...shared, look: 1, since }, progress: LISTED_SHARE };
}
