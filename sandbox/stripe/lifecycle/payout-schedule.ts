import type { Account } from "../operations/account.ts";
import { advancePayout, createAutomaticPayout } from "../operations/payouts.ts";
import { DAY_S } from "../world/clock.ts";

const HOUR_S = 3600;
const WEEK_S = 7 * DAY_S;

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** Payouts by the clock: those of each week are created on its day, sent an hour later, and arrive on their date. */
export interface PayoutSchedule {
  /** Does what has become due, at the time when it was due, also while the sandbox was not running. */
  catchUp(): void;
}

export function createPayoutSchedule(account: Account): PayoutSchedule {
  const { clock, store } = account.world;
  let handledS = Math.max(0, ...store.all("payout").map(({ created }) => created));
  return {
    catchUp() {
      const nowS = clock.seconds();
      const weeks = weeksBetween(account, handledS, nowS);
      handledS = nowS;
      try {
        for (let due = takeNext(account, weeks); due !== undefined && due.at <= nowS; due = takeNext(account, weeks)) {
          clock.set(due.at);
          due.run();
          account.world.commit();
        }
      } finally {
        clock.set(undefined);
      }
    },
  };
}

/** The earliest step of a payout or of the schedule. A week that is returned is taken out of `weeks`. */
function takeNext(account: Account, weeks: number[]): Due | undefined {
  const [step] = dueSteps(account).toSorted((a, b) => a.at - b.at);
  const [week] = weeks;
  if (week === undefined || (step !== undefined && step.at <= week)) return step;
  weeks.shift();
  return { at: week, run: () => payOut(account) };
}

function dueSteps(account: Account): readonly Due[] {
  return account.world.store.all("payout").flatMap(({ id, created, fields }) => {
    const run = (): void => void advancePayout(account, id);
    if (fields.status === "pending") return [{ at: created + HOUR_S, run }];
    return fields.status === "in_transit" ? [{ at: fields.arrival_date ?? created, run }] : [];
  });
}

/** Times after `fromS` until `nowS` (Unix seconds) at which payouts are created: whole weeks after the first payout. */
function weeksBetween({ world }: Account, fromS: number, nowS: number): number[] {
  const first = Math.min(...world.store.all("payout").map(({ created }) => created));
  const weeks: number[] = [];
  for (let at = first + (Math.floor((fromS - first) / WEEK_S) + 1) * WEEK_S; at <= nowS; at += WEEK_S) weeks.push(at);
  return weeks;
}

function payOut({ ledger, ...account }: Account): void {
  ledger.settleDue();
  for (const currency of ledger.currencies()) createAutomaticPayout({ ...account, ledger }, currency);
}
