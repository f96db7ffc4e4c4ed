import type { Transaction } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import {
  discardAffected,
  findUnsettledSources,
  refreshProofs,
  settleAgain,
  settlePayouts,
} from "../payout-proof/refresh-proofs.ts";
import { subjectsOf } from "./affected-subjects.ts";
import type { Subjects } from "./find-breaches.ts";
import { findWholeLedgers } from "./whole-ledgers.ts";

/**
 * Stores the states of the proofs that these changes affect, before the rule about them is checked.
 * @returns the subjects, with all payouts whose state may have changed
 */
export async function refreshPayouts(
  tx: Transaction,
  registry: SourceRegistry,
  { changedIds, subjects }: { readonly changedIds: readonly string[]; readonly subjects: Subjects },
): Promise<Subjects> {
  const changed = subjectsOf(changedIds, ["LedgerEntry", "Payout"]);
  const affected = await discardAffected(tx, {
    entryIds: [...(changed.get("LedgerEntry") ?? [])],
    payoutIds: [...(changed.get("Payout") ?? [])],
  });
  const whole = await findWholeLedgers(tx, registry, await findUnsettledSources(tx));
  const settled = await settlePayouts(
    tx,
    whole.map(({ sourceId }) => sourceId),
  );
  const payouts = subjects.get("Payout") ?? new Set();
  const refreshed = await refreshProofs(tx, [...new Set([...payouts, ...affected, ...settled])]);
  return new Map([...subjects, ["Payout", payouts.union(new Set(refreshed))]]);
}

/** Calculates everything about these payouts again, whatever has changed. */
export async function refreshAllOf(tx: Transaction, payoutIds: readonly string[]): Promise<void> {
  await settleAgain(tx, payoutIds);
  await refreshProofs(tx, payoutIds);
}
