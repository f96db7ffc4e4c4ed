import { SCALE, spell } from "./amounts.ts";
import { dayOf } from "./seed.ts";
import type { Transaction } from "./transaction.ts";
import type { World } from "./world.ts";

/**
 * Amounts under which a pending transaction is posted: mostly its own, sometimes with a tip, occasionally in two parts.
 */
export function partsOf(world: World, pending: Transaction): readonly bigint[] {
  const { random } = world;
  const { units } = pending;
  const account = world.findAccount(pending.accountId);
  const step = 10n ** BigInt(SCALE - (account?.places ?? 0));
  if (random.chance(0.2)) {
    const tip = units / 10n;
    return [units + (account?.holder === "business" ? tip - (tip % step) : tip)];
  }
  const part = (units / (3n * step)) * step;
  return part !== 0n && random.chance(0.2) ? [part, units - part] : [units];
}

/**
 * Removes a pending transaction, and adds one posted transaction for each part, all with its id as
 * `pending_transaction_id`. A pending transaction that is already removed gets further ones.
 * @returns ids of all of them, the pending one's first
 */
export function postPending(
  world: World,
  pending: Transaction,
  parts: readonly bigint[],
  nowMs: number,
): readonly string[] {
  if (!pending.isRemoved) world.remove(pending.id);
  const { id: _id, addedAt: _added, changedAt: _changed, ...same } = pending;
  const posted = parts.map((units) => {
    const literal = units === pending.units ? pending.literal : spell(units, world.random);
    const draft = { ...same, units, literal, pending: false, pendingId: pending.id, isRemoved: false };
    return world.add({ ...draft, day: dayOf(nowMs) }).id;
  });
  return [pending.id, ...posted];
}
