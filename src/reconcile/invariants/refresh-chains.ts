import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { Transaction } from "../../store/database.ts";
import {
  countBalances,
  discardCounted,
  findUncountedSources,
  markComparable,
} from "../balance-chain/count-balances.ts";
import { subjectsOf } from "./affected-subjects.ts";
import type { Subjects } from "./find-breaches.ts";
import { findWholeLedgers } from "./whole-ledgers.ts";

/**
 * Calculates the sums between observed balances that these changes affect, before the rule about them is checked.
 * @returns the subjects, with all accounts whose chains may have changed
 */
export async function refreshChains(
  tx: Transaction,
  registry: SourceRegistry,
  { changedIds, subjects }: { readonly changedIds: readonly string[]; readonly subjects: Subjects },
): Promise<Subjects> {
  const changed = subjectsOf(changedIds, ["LedgerEntry"]);
  const affected = await discardCounted(tx, [...(changed.get("LedgerEntry") ?? [])]);
  const reach = await findWholeLedgers(tx, registry, await findUncountedSources(tx));
  const counted = await countBalances(
    tx,
    reach.map(({ sourceId }) => sourceId),
  );
  const comparable = await markComparable(tx, reach);
  const accounts = new Set([...affected, ...counted, ...comparable]);
  return new Map([...subjects, ["Account", (subjects.get("Account") ?? new Set()).union(accounts)]]);
}
