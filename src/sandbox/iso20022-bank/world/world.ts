import { accountsOf, type Account, type Currency } from "./account.ts";
import { addDays, businessDay } from "./calendar.ts";
import { draftsOfDay } from "./drafts-of-day.ts";
import type { Draft } from "./draft.ts";
import type { Entry } from "./entry.ts";

export interface WorldOptions {
  readonly seed: number;
  /** One account each. Default: EUR and, by the seed, CHF, JPY or BHD: see `currenciesOf`. */
  readonly currencies?: readonly Currency[];
  /** New entries of each account on each day. Default 20. 400 on 2 accounts are 200,000 in 250 days. */
  readonly entriesPerDay?: number;
}

/** A bank without end: any day of any account, made when it is asked for, the same every time. */
export interface World {
  readonly seed: number;
  readonly accounts: readonly Account[];
  /** What is booked on a day, in order: first what the day before announced. */
  booked(account: Account, day: number): Generator<Entry>;
  /** What a day announces and the next books, as it stands in the intraday report. */
  pending(account: Account, day: number): Generator<Entry>;
  /** Booked balance when the day begins. Goes through all days before it, once. */
  opening(account: Account, day: number): bigint;
}

/** The second account of the default world: seed 1 CHF, 2 JPY (no decimals), 3 BHD (three), 4 CHF, … */
export function currenciesOf(seed: number): readonly Currency[] {
  const others = ["CHF", "JPY", "BHD"] as const;
  return ["EUR", others[(((seed - 1) % 3) + 3) % 3] ?? "CHF"];
}

/** With its sign: what an entry does to the account. */
export function signed({ direction, minor }: Pick<Entry, "direction" | "minor">): bigint {
  return direction === "CRDT" ? minor : -minor;
}

/** The world of a seed. Nothing happens in it by itself; `seed`, `currencies` and `entriesPerDay` say it all. */
export function createWorld(options: WorldOptions): World {
  const { seed, currencies = currenciesOf(options.seed), entriesPerDay = 20 } = options;
  const accounts = accountsOf(seed, currencies);
  const openings = accounts.map((account) => [account.openingMinor]);
  const drafts = (account: Account, day: number): Generator<Draft> =>
    draftsOfDay({ seed, account, day, count: day < 0 ? 0 : entriesPerDay });

  function* numbered(account: Account, day: number): Generator<{ draft: Draft; key: string }> {
    let serial = 0;
    for (const draft of drafts(account, day)) {
      yield { draft, key: `${account.index}/${day}/${serial}` };
      serial += 1;
    }
  }

  function* booked(account: Account, day: number): Generator<Entry> {
    const bookedOn = businessDay(day);
    for (const { draft, key } of numbered(account, day - 1))
      if (draft.isLate) yield entryOf(draft, { key, status: "BOOK", bookedOn, bookedAt: "05:30:00" });
    for (const { draft, key } of numbered(account, day))
      if (!draft.isLate) yield entryOf(draft, { key, status: "BOOK", bookedOn });
  }

  return {
    seed,
    accounts,
    booked,
    *pending(account, day) {
      const bookedOn = businessDay(day + 1);
      for (const { draft, key } of numbered(account, day))
        if (draft.isLate) yield entryOf(draft, { key, status: "PDNG", bookedOn });
    },
    opening(account, day) {
      const known = openings[account.index] ?? [];
      for (let next = known.length; next <= day; next += 1) {
        let balance = known[next - 1] ?? account.openingMinor;
        for (const entry of booked(account, next - 1)) balance += signed(entry);
        known.push(balance);
      }
      return known[day] ?? account.openingMinor;
    },
  };
}

type When = Pick<Entry, "key" | "status" | "bookedOn"> & Partial<Pick<Entry, "bookedAt">>;

function entryOf({ isLate, ...draft }: Draft, when: When): Entry {
  // Cards are settled two days later, all else at once or, announced first, on the day that was announced.
  const valueOn = draft.kind === "card-settlement" && !isLate ? addDays(when.bookedOn, 2) : when.bookedOn;
  return { ...draft, ...when, valueOn };
}
