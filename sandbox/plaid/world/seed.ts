import { repaid } from "./repaid.ts";
import { draftTransaction } from "./transaction.ts";
import type { World } from "./world.ts";

const DAYS = 90;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Age limit: younger transactions may still be pending. */
const PENDING_DAYS = 4;

/** Creates ninety days of transactions up to now, the oldest first. */
export function seedWorld(world: World, size: number, nowMs: number): void {
  const { random } = world;
  for (let index = 0; index < size; index += 1) {
    const ago = Math.floor((DAYS * (size - 1 - index)) / Math.max(1, size));
    const day = dayOf(nowMs - ago * DAY_MS);
    const pending = ago < PENDING_DAYS && random.chance(0.5);
    const [first, ...others] = world.ownAccounts();
    if (first === undefined) return;
    const account = random.pick([first, ...others]);
    const draft = draftTransaction(random, account, { day, pending, ...repaid(world, account) });
    world.add({ ...draft, authorizedDay: dayOf(nowMs - (ago + (pending ? 0 : random.integer(0, 3))) * DAY_MS) });
  }
  world.setState({ updatedAtMs: nowMs - HOUR_MS }); // as at any bank that was not read just now
  world.commit();
}

/** The UTC day of a timestamp. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
