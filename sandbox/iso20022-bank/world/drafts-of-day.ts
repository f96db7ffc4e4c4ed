import type { Account } from "./account.ts";
import { businessDay, isLastOfMonth } from "./calendar.ts";
import type { Draft } from "./draft.ts";
import type { EntryKind } from "./entry.ts";
import { MAKERS } from "./kinds.ts";
import { createRandom, type Random } from "./random.ts";

export interface DraftsOptions {
  readonly seed: number;
  readonly account: Account;
  readonly day: number;
  /** Exact number of drafts. */
  readonly count: number;
}

const TWINS = 0.03;
const SHARED_REFERENCES = 0.04;
const LATE = 0.05;

/** Generates the entries of an account on a day, in order. Identical each time; no result is stored. */
export function* draftsOfDay({ seed, account, day, count }: DraftsOptions): Generator<Draft> {
  const random = createRandom(seed, account.index, day);
  const date = businessDay(day);
  let previous: Draft | undefined;
  for (let serial = 0; serial < count; serial += 1) {
    if (previous !== undefined && previous.batch === undefined && random.chance(TWINS)) {
      yield previous; // an identical entry: the same to the second, with the same references or without any
      continue;
    }
    const kind = kindOf(random, serial === 0 && isLastOfMonth(day));
    const made = MAKERS[kind]({ account, random, date, serial });
    const reference =
      kind === "coffee" ? undefined : `${date.replaceAll("-", "")}${account.index}${String(serial).padStart(7, "0")}`;
    previous = {
      kind,
      isReversal: false,
      info: undefined,
      batch: undefined,
      bookedAt: timeOf(serial, count),
      isLate: random.chance(LATE),
      ...made,
      // Some banks assign the payment and its fee the same reference.
      servicerReference: random.chance(SHARED_REFERENCES) ? (previous?.servicerReference ?? reference) : reference,
    };
    yield previous;
  }
}

function kindOf(random: Random, isPayDay: boolean): EntryKind {
  const draw = random.next();
  if (isPayDay) return "salary-batch";
  if (draw < 0.46) return "customer-payment";
  if (draw < 0.68) return "supplier-payment";
  if (draw < 0.7) return "collection-batch";
  if (draw < 0.78) return "card-settlement";
  if (draw < 0.84) return "coffee";
  if (draw < 0.9) return "fee";
  if (draw < 0.93) return "return";
  return draw < 0.95 ? "reversal" : "foreign-payment";
}

/** Distributed over the day from 06:00 to 20:00. */
function timeOf(serial: number, count: number): string {
  const seconds = 6 * 3600 + Math.floor((serial / count) * 14 * 3600);
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}
