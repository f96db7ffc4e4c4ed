import { spell } from "./amounts.ts";
import { dayOf } from "./seed.ts";
import { draftTransaction, type Transaction } from "./transaction.ts";
import type { World } from "./world.ts";

/** Ids of the transactions that one change was about. */
export type Changed = readonly string[];

/** Lets things happen at the bank, at a pace or on demand. */
export interface Activity {
  /** So many changes, found by Plaid in one reading of the bank. */
  update(count: number): readonly Changed[];
  /** So many milliseconds for a change on average; 0 stops. */
  setPace(meanMs: number): void;
  stop(): void;
}

/** Plaid reads a bank from time to time and finds several changes: so many at a time on average. */
const CHANGES_PER_UPDATE = 10;

/** @param onUpdate told after each reading */
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

/** One change, of what was there at the last reading: what came and went between two readings nobody ever sees. */
function happen(world: World, before: number, nowMs: number): Changed {
  const { random } = world;
  const draw = random.next();
  const old = (wanted: (transaction: Transaction) => boolean): Transaction | undefined =>
    pick(world, (one) => one.changedAt <= before && !one.isRemoved && one.raw === undefined && wanted(one));
  const pending = draw < 0.4 ? old((one) => one.pending) : undefined;
  if (pending !== undefined) return draw < 0.34 ? post(world, pending, nowMs) : removed(world, pending.id);
  const posted = draw < 0.6 ? old((one) => !one.pending) : undefined;
  if (posted === undefined) return [appear(world, nowMs).id];
  return draw < 0.55 ? [amend(world, posted).id] : removed(world, posted.id);
}

/** One of those that are as wanted, near a random place. */
function pick(world: World, wanted: (transaction: Transaction) => boolean): Transaction | undefined {
  const all = world.transactions();
  const start = world.random.integer(0, Math.max(0, all.length - 1));
  return all.slice(start).find(wanted) ?? all.find(wanted);
}

function appear(world: World, nowMs: number): Transaction {
  const [first, ...others] = world.accounts();
  if (first === undefined) throw new RangeError("every account is closed");
  const account = world.random.pick([first, ...others]);
  return world.add(draftTransaction(world.random, account, { day: dayOf(nowMs), pending: world.random.chance(0.8) }));
}

/** The pending one goes, and a posted one comes under another id; sometimes with a tip. */
function post(world: World, pending: Transaction, nowMs: number): Changed {
  const { random } = world;
  const units = random.chance(0.2) ? pending.units + pending.units / 10n : pending.units;
  world.remove(pending.id);
  const { id: _id, addedAt: _added, changedAt: _changed, ...same } = pending;
  const literal = units === pending.units ? pending.literal : spell(units, random);
  const draft = { ...same, units, literal, pending: false, pendingId: pending.id, day: dayOf(nowMs) };
  return [pending.id, world.add(draft).id];
}

function amend(world: World, posted: Transaction): Transaction {
  return world.change(posted.id, { isRenamed: !posted.isRenamed });
}

function removed(world: World, id: string): Changed {
  world.remove(id);
  return [id];
}
