import { partsOf, postPending } from "./posting.ts";
import { repaid } from "./repaid.ts";
import { dayOf } from "./seed.ts";
import { draftTransaction, type Transaction } from "./transaction.ts";
import type { World } from "./world.ts";

/** Ids of the transactions that one change affected. */
export type Changed = readonly string[];

/** Simulates activity at the bank, at a given rate or on demand. */
export interface Activity {
  /** Makes this many changes, which Plaid finds in one read of the bank. */
  update(count: number): readonly Changed[];
  /** Average milliseconds per change; 0 stops. */
  setPace(meanMs: number): void;
  stop(): void;
}

/** Average number of changes that Plaid finds when it reads a bank, which it does from time to time. */
const CHANGES_PER_UPDATE = 10;

/** @param onUpdate called after each read */
export function createActivity(world: World, nowMs: () => number, onUpdate: () => void): Activity {
  let timer: NodeJS.Timeout | undefined;
  const update = (count: number): readonly Changed[] => {
    const before = world.state().changes;
    const changes = Array.from({ length: count }, () => happen(world, before, nowMs()));
    world.setState({ updatedAtMs: nowMs(), drift: {} });
    world.commit();
    onUpdate();
    return changes;
  };
  const setPace = (meanMs: number): void => {
    clearTimeout(timer);
    if (meanMs === 0) return;
    const pause = meanMs * CHANGES_PER_UPDATE * (0.5 + world.random.next());
    timer = setTimeout(() => {
      update(world.random.integer(1, 2 * CHANGES_PER_UPDATE - 1));
      setPace(meanMs);
    }, pause);
  };
  return { update, setPace, stop: () => clearTimeout(timer) };
}

/**
 * Makes one change to transactions that existed at the last read: a transaction that appears and disappears between two
 * reads is never visible.
 */
function happen(world: World, before: number, nowMs: number): Changed {
  const { random } = world;
  const draw = random.next();
  const old = (matches: (transaction: Transaction) => boolean): Transaction | undefined =>
    pick(world, (one) => isOwn(world, one) && one.changedAt <= before && !one.isRemoved && matches(one));
  const pending = draw < 0.4 ? old((one) => one.pending) : undefined;
  if (pending !== undefined)
    return draw < 0.34 ? postPending(world, pending, partsOf(world, pending), nowMs) : removed(world, pending.id);
  const posted = draw < 0.6 ? old((one) => !one.pending) : undefined;
  if (posted === undefined) return [appear(world, nowMs).id];
  return draw < 0.55 ? [amend(world, posted).id] : removed(world, posted.id);
}

/** Whether a transaction may change by itself: it was not put there by a test, nor by a company's bank. */
function isOwn(world: World, { accountId, raw }: Transaction): boolean {
  return raw === undefined && world.findAccount(accountId)?.iban === undefined;
}

/** Picks a transaction that satisfies the condition, near a random position. */
function pick(world: World, matches: (transaction: Transaction) => boolean): Transaction | undefined {
  const all = world.transactions();
  const start = world.random.integer(0, Math.max(0, all.length - 1));
  return all.slice(start).find(matches) ?? all.find(matches);
}

function appear(world: World, nowMs: number): Transaction {
  const [first, ...others] = world.ownAccounts();
  if (first === undefined) throw new RangeError("every account is closed");
  const account = world.random.pick([first, ...others]);
  const at = { day: dayOf(nowMs), pending: world.random.chance(0.8) };
  return world.add(draftTransaction(world.random, account, { ...at, ...repaid(world, account) }));
}

function amend(world: World, posted: Transaction): Transaction {
  return world.change(posted.id, { isRenamed: !posted.isRenamed });
}

function removed(world: World, id: string): Changed {
  world.remove(id);
  return [id];
}
