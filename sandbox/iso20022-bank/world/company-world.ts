import { type Company, accountIn, type CompanyAccount } from "../../shared/company.ts";
import { minorOf } from "../../shared/decimal.ts";
import { partyOf, type Account } from "./account.ts";
import type { Booking } from "./booking.ts";
import { addDays } from "./calendar.ts";
import { draftsOfCompanyDay } from "./company-day.ts";
import { bareDetail, type Draft } from "./draft.ts";
import type { Entry } from "./entry.ts";
import { createOpenings, entryOf, type World } from "./world.ts";

/** The accounts of one company at the bank. Every calendar day is a day; bookings may be added to days that are open. */
export interface CompanyWorld extends World {
  /** The accounts of the daily business. */
  readonly operating: readonly Account[];
  /** Adds a movement. @throws RangeError when the company has no account in its currency */
  book(booking: Booking): void;
  hasBooking(id: string): boolean;
  bookings(): readonly Booking[];
}

export interface CompanyWorldOptions {
  readonly seed: number;
  readonly company: Company;
  /** Date of day 0, `YYYY-MM-DD`. */
  readonly firstDay: string;
}

/** Creates the world of a company without bookings, its regular business apart. */
export function createCompanyWorld({ seed, company, firstDay }: CompanyWorldOptions): CompanyWorld {
  const accounts = company.accounts.map((account, index) => accountOf(company, account, index));
  const byId = new Map<string, Booking>();
  const byDay = new Map<string, Booking[]>();
  const dateOf = (day: number): string => addDays(firstDay, day);
  const drafts = (account: Account, day: number): readonly Draft[] =>
    day < 0 ? [] : draftsOfCompanyDay(seed, account, dateOf(day));
  const keyed = (account: Account, day: number) =>
    drafts(account, day).map((draft, serial) => ({ draft, key: `${account.index}/${dateOf(day)}/${serial}` }));

  function* booked(account: Account, day: number): Generator<Entry> {
    const bookedOn = dateOf(day);
    const late = keyed(account, day - 1).filter(({ draft }) => draft.isLate);
    const regular = keyed(account, day).filter(({ draft }) => !draft.isLate);
    const entries = [
      ...late.map(({ draft, key }) => entryOf(draft, { key, status: "BOOK", bookedOn, bookedAt: "05:30:00" })),
      ...regular.map(({ draft, key }) => entryOf(draft, { key, status: "BOOK", bookedOn })),
      ...(byDay.get(`${account.currency} ${bookedOn}`) ?? []).map((booking) => entryOfBooking(account, booking)),
    ];
    yield* entries.toSorted((a, b) => (a.bookedAt < b.bookedAt ? -1 : a.bookedAt > b.bookedAt ? 1 : 0));
  }

  return {
    seed,
    accounts,
    operating: accounts.filter((_, index) => company.accounts[index]?.isOperating === true),
    dateOf,
    statementMadeAt: (day) => `${dateOf(day + 1)}T00:15:00+00:00`,
    hasStatement: (account, day) => booked(account, day).next().done !== true,
    booked,
    *pending(account, day) {
      const bookedOn = dateOf(day + 1);
      for (const { draft, key } of keyed(account, day))
        if (draft.isLate) yield entryOf(draft, { key, status: "PDNG", bookedOn });
    },
    opening: createOpenings(accounts, booked),
    book(booking) {
      if (accountIn(company, booking.currency) === undefined)
        throw new RangeError(`the company has no account in ${booking.currency}`);
      const key = `${booking.currency} ${booking.bookedOn}`;
      byDay.set(key, [...(byDay.get(key) ?? []), booking]);
      byId.set(booking.id, booking);
    },
    hasBooking: (id) => byId.has(id),
    bookings: () => [...byId.values()],
  };
}

function accountOf({ name, bank }: Company, account: CompanyAccount, index: number): Account {
  const { iban, number, currency, exponent, openingMinor } = account;
  return { index, iban, number, currency, exponent, owner: name, servicer: bank, openingMinor };
}

function entryOfBooking(account: Account, booking: Booking): Entry {
  const { id, serial, amount, bookedOn, bookedAt, counterparty, endToEndId, text } = booking;
  const minor = minorOf(amount, account.exponent);
  const isDebit = minor < 0n;
  const absolute = isDebit ? -minor : minor;
  return {
    key: id,
    kind: isDebit ? "supplier-payment" : "customer-payment",
    minor: absolute,
    direction: isDebit ? "DBIT" : "CRDT",
    isReversal: false,
    status: "BOOK",
    bookedOn,
    bookedAt,
    valueOn: bookedOn,
    servicerReference: `B${bookedOn.replaceAll("-", "")}${String(serial).padStart(9, "0")}`,
    code: isDebit ? ["PMNT", "RDDT", "ESDD", "105"] : ["PMNT", "RCDT", "ESCT", "166"],
    info: undefined,
    batch: undefined,
    details: [
      {
        ...bareDetail(absolute),
        references: endToEndId === undefined ? {} : { endToEndId },
        counterparty: partyOf(counterparty, String(serial).padStart(10, "0")),
        remittance: [text],
      },
    ],
  };
}
