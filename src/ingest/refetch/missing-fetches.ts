import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { setChangeCause } from "../../store/entities/change-cause.ts";

/** What is done with objects that are fetched because a full read has not listed them. */
export interface MissingFetches {
  /** Called before the objects are written, in the transaction that does it. */
  lock(tx: Transaction, sourceId: string): Promise<void>;
  /** Called at the end of that transaction. @param events those of what was written */
  report(tx: Transaction, run: FullRead, events: readonly NewEvent[]): Promise<readonly NewEvent[]>;
}

interface FullRead {
  readonly runId: string;
  readonly sourceId: string;
}

/** The full read for which a batch is fetched. */
export interface BatchRepair {
  readonly missing: MissingFetches;
  readonly runId: string;
}

/**
 * Writes the result of a batch with the full read as its cause, and reports it to the full read for which it was fetched, if there is one: in the same
 * transaction, so that a process that ends in between leaves nothing unreported.
 * @returns events of both
 */
export async function repairWith(
  tx: Transaction,
  sourceId: string,
  repair: BatchRepair | undefined,
  write: () => Promise<readonly NewEvent[]>,
): Promise<readonly NewEvent[]> {
  if (repair === undefined) return write();
  const { missing, runId } = repair;
  await missing.lock(tx, sourceId);
  await setChangeCause(tx, runId);
  const events = await write();
  return [...events, ...(await missing.report(tx, { runId, sourceId }, events))];
}
