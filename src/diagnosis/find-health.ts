import type { Transaction } from "../store/database.ts";
import { diagnose, type SourceHealth } from "./diagnose.ts";
import { FACTS_BATCH, loadFacts } from "./facts/load-facts.ts";

/** Number of sources whose health is found at once. */
export const HEALTH_BATCH = FACTS_BATCH;

/**
 * Finds the present health of sources, in no order; those that are disconnected or do not exist are left out.
 * @param sourceIds at most `HEALTH_BATCH`
 */
export async function findHealth(tx: Transaction, sourceIds: readonly string[]): Promise<readonly SourceHealth[]> {
  return (await loadFacts(tx, sourceIds)).map((facts) => diagnose(facts));
}
