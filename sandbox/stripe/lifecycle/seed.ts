import { makePerson } from "../objects/people.ts";
import type { Account } from "../operations/account.ts";
import { deleteCustomer, updateCustomer } from "../operations/customers.ts";
import { advancePayout, createAutomaticPayout, failPayout } from "../operations/payouts.ts";
import { DAY_S } from "../world/clock.ts";
import { createHeap } from "../world/heap.ts";
import { live, planPayment, type Step } from "./payment-lifecycle.ts";

/** Length of the history of the seeded world. */
export const HISTORY_S: number = 90 * DAY_S;

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Simulates the ninety days before `nowS` (Unix seconds), change by change in chronological order, so that balances,
 * payouts and events are consistent with each other as at Stripe. Changes that would happen after `nowS` are omitted.
 */
export function seedWorld(account: Account, options: { readonly payments: number; readonly nowS: number }): void {
  if (options.payments === 0) return;
  const { world } = account;
  const start = options.nowS - HISTORY_S;
  const schedule = createHeap<Due>((due) => due.at);
  // One payout of the world is returned by its bank, after it was reported as paid.
  let hasReturned = false;
  const failOnce = (at: number, id: string): void => {
    if (hasReturned) return;
    hasReturned = true;
    later(at, () => failPayout(account, id));
  };
  const later = (at: number, run: () => void): void => {
    if (at <= options.nowS) schedule.push({ at, run });
  };
  const follow = (steps: readonly Step[], at: number): void => {
    const [step, ...rest] = steps;
    if (step === undefined) return;
    later(at + step.afterS, () => {
      live(step);
      follow(rest, at + step.afterS);
    });
  };

  for (let i = 0; i < options.payments; i += 1) {
    const at = start + world.random.integer(0, HISTORY_S - 60);
    later(at, () => follow(planPayment(account), at));
  }
  for (let day = 1; day <= 90; day += 1) later(start + day * DAY_S, () => account.ledger.settleDue());
  // The last one falls on the second day before now, so that it is still in transit.
  for (let week = 0; week <= 12; week += 1) {
    const at = start + (week * 7 + 4) * DAY_S + 3600;
    later(at, () => payOut(account, { at, later, ...(week < 6 ? {} : { failOnce }) }));
  }
  for (let i = 0; i < Math.ceil(options.payments / 20); i += 1) {
    later(start + world.random.integer(DAY_S, HISTORY_S), () => changeSomeCustomer(account));
  }

  for (let due = schedule.pop(); due !== undefined; due = schedule.pop()) {
    world.clock.set(due.at);
    due.run();
    world.commit();
  }
  world.clock.set(undefined);
}

function payOut(
  account: Account,
  when: {
    readonly at: number;
    readonly later: (at: number, run: () => void) => void;
    readonly failOnce?: (at: number, id: string) => void;
  },
): void {
  const { at, later } = when;
  for (const currency of account.ledger.currencies()) {
    const id = createAutomaticPayout(account, currency);
    if (id === undefined) continue;
    later(at + 3600, () => void advancePayout(account, id));
    later(at + 2 * DAY_S, () => void advancePayout(account, id));
    when.failOnce?.(at + 4 * DAY_S, id);
  }
}

function changeSomeCustomer({ world }: Account): void {
  const customers = world.store.all("customer");
  const entry = customers[world.random.integer(0, Math.max(0, customers.length - 1))];
  if (entry === undefined || entry.deleted) return;
  if (world.random.chance(0.2)) {
    deleteCustomer(world, entry.id);
    return;
  }
  const { email, phone } = makePerson(world.random, "US");
  updateCustomer(world, entry.id, { email, phone });
}
