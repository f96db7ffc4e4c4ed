import type { Transaction } from "../database.ts";

/**
 * Records what the transaction belongs to: every change of an object in it is attributed to it, also those that follow
 * from other objects and have no bytes of their own. Must precede the changes.
 * @param id global id of a run or of a file
 */
export async function setChangeCause(tx: Transaction, id: string): Promise<void> {
  await tx.query("select set_config('sluice.caused_by', $1, true)", [id], { prepared: true });
}
