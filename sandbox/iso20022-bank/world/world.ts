import { accountsOf, type Account, type Currency } from "./account.ts";
import { addDays, businessDay } from "./calendar.ts";
import { draftsOfDay } from "./drafts-of-day.ts";
import type { Draft } from "./draft.ts";
import type { Entry } from "./entry.ts";

export interface WorldOptions {
  readonly seed: number;
  /** One account for each currency. Default: EUR and, depending on the seed, CHF, JPY or BHD: see `currenciesOf`. */
  readonly currencies?: readonly Currency[];
  /** New entries of each account on each day. Default 20. 400 on 2 accounts are 200,000 in 250 days. */
  readonly entriesPerDay?: number;
}

/** A bank without an end date: any day of any account is generated on demand, identically every time. */
export interface World {
  readonly seed: number;
  readonly accounts: readonly Account[];
  /** Date of a day, `YYYY-MM-DD`. */
  dateOf(day: number): string;
  /** Time at which the bank makes the statement of a day, RFC 3339. */
  statementMadeAt(day: number): string;
  /** Whether the bank makes a statement of an account on a day. */
  hasStatement(account: Account, day: number): boolean;
  /** Entries booked on a day, in order: first those that the previous day announced. */
  booked(account: Account, day: number): Generator<Entry>;
  /** Entries that a day announces and the next day books, as contained in the intraday report. */
  pending(account: Account, day: number): Generator<Entry>;
  /** Booked balance at the start of the day. Goes through all days before it, once. */
  opening(account: Account, day: number): bigint;
}

/** The second account of the default world: seed 1 CHF, 2 JPY (no decimals), 3 BHD (three), 4 CHF, … */
export function currenciesOf(seed: number): readonly Currency[] {
  const others = ["CHF", "JPY", "BHD"] as const;
  return ["EUR", others[(((seed - 1) % 3) + 3) % 3] ?? "CHF"];
}

/** Signed amount of an entry: its effect on the account. */
export function signed({ direction, minor }: Pick<Entry, "direction" | "minor">): bigint {
  return direction === "CRDT" ? minor : -minor;
}

/**
 * Creates the world of a seed. It does not change by itself; `seed`, `currencies` and `entriesPerDay` determine it
 * completely.
 */
export function createWorld(options: WorldOptions): World {
  const { seed, currencies = currenciesOf(options.seed), entriesPerDay = 20 } = options;
  const accounts = accountsOf(seed, currencies);
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
    dateOf: businessDay,
    statementMadeAt: (day) => `${businessDay(day)}T21:30:00+01:00`,
    hasStatement: () => true,
    booked,
    *pending(account, day) {
      const bookedOn = businessDay(day + 1);
      for (const { draft, key } of numbered(account, day))
        if (draft.isLate) yield entryOf(draft, { key, status: "PDNG", bookedOn });
    },
    opening: createOpenings(accounts, booked),
  };
}

/** Opening balances by account and day, each day added up once. */
export function createOpenings(accounts: readonly Account[], booked: World["booked"]): World["opening"] {
  const openings = accounts.map((account) => [account.openingMinor]);
  return (account, day) => {
    const known = openings[account.index] ?? [];
    for (let next = known.length; next <= day; next += 1) {
      let balance = known[next - 1] ?? account.openingMinor;
      for (const entry of booked(account, next - 1)) balance += signed(entry);
      known.push(balance);
    }
    return known[day] ?? account.openingMinor;
  };
}

type When = Pick<Entry, "key" | "status" | "bookedOn"> & Partial<Pick<Entry, "bookedAt">>;

/** The entry that a draft becomes. */
export function entryOf({ isLate, ...draft }: Draft, when: When): Entry {
  // Card payments are settled two days later; everything else immediately or, if announced first, on the announced day.
  const valueOn = draft.kind === "card-settlement" && !isLate ? addDays(when.bookedOn, 2) : when.bookedOn;
  return { ...draft, ...when, valueOn };
}
