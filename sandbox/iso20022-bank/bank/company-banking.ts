import type { Bank } from "./bank.ts";
import { requestOf, type PlanRequest } from "../plan/request.ts";
import type { Booking, BookingRequest } from "../world/booking.ts";
import { bankingDay, dateAt, daysBetween } from "../world/calendar.ts";
import type { CompanyWorld } from "../world/company-world.ts";
import type { Random } from "../world/random.ts";
import type { Entry } from "../world/entry.ts";
import { decimalText } from "../../shared/decimal.ts";
import { NAMES } from "../world/texts.ts";
import { signed } from "../world/world.ts";

/** What the bank does for a company by the clock: bookings, notifications, reports, statements at the end of a day. */
export interface CompanyBanking {
  /**
   * Books movements, each on the first open day on which money moves; those that are known are left out. Notifies of
   * what is booked today. Returns the number of new ones.
   */
  book(requests: readonly BookingRequest[]): number;
  /** Closes every day before today and publishes its statements. Returns the number of these days. */
  catchUp(): number;
  /** What an account feed sees at present: everything booked since a date, and what is announced for tomorrow. */
  movements(from: string): readonly Movement[];
  /** Lets something happen now: a customer pays; from time to time the bank publishes a report of today. */
  step(): void;
}

/** A movement as an account feed shows it: without references. */
export interface Movement {
  readonly key: string;
  readonly iban: string;
  /** Decimal number; negative for a debit. */
  readonly amount: string;
  readonly isPending: boolean;
  /** `YYYY-MM-DD`; of a pending one the day on which it was announced. */
  readonly day: string;
  readonly name: string;
  readonly text: string;
}

export interface CompanyBankingOptions {
  readonly bank: Bank;
  readonly world: CompanyWorld;
  readonly random: Random;
  readonly nowMs: () => number;
  readonly publish: (request: PlanRequest) => void;
  readonly setDays: (days: number) => void;
  /** Called before a booking takes effect. */
  readonly onBooking: (booking: Booking) => void;
}

const STEPS_PER_REPORT = 30;

export function createCompanyBanking(options: CompanyBankingOptions): CompanyBanking {
  const { bank, world, random, nowMs, publish } = options;
  const today = (): string => dateAt(nowMs());
  const time = (): string => new Date(nowMs()).toISOString().slice(11, 19);
  const dayOf = (date: string): number => daysBetween(world.dateOf(0), date);
  let steps = 0;

  function bookOne(request: BookingRequest): Booking {
    const open = world.dateOf(bank.days());
    const requested = request.isInstant === true ? request.on : bankingDay(request.on);
    const bookedOn = requested < open ? open : requested;
    const bookedAt = bookedOn === today() ? time() : bookedOn < today() ? "23:59:59" : "04:00:00";
    const booking = { ...request, serial: world.bookings().length + 1, bookedOn, bookedAt };
    options.onBooking(booking);
    world.book(booking);
    return booking;
  }

  function notify(bookings: readonly Booking[]): void {
    const current = bookings.filter(({ bookedOn }) => bookedOn === today());
    for (const [currency, group] of Map.groupBy(current, (booking) => booking.currency)) {
      const account = world.accounts.find((one) => one.currency === currency)?.index ?? 0;
      const keys = group.map(({ id }) => id);
      publish(requestOf({ kind: "camt.054", days: [dayOf(today())], account, keys, until: time() }));
    }
  }

  function book(requests: readonly BookingRequest[]): number {
    const bookings = requests.filter(({ id }) => !world.hasBooking(id)).map(bookOne);
    notify(bookings);
    return bookings.length;
  }

  function step(): void {
    if (steps % STEPS_PER_REPORT === 0) {
      for (const { index: account } of world.operating)
        publish(requestOf({ kind: "camt.052", days: [dayOf(today())], account, until: time() }));
    }
    steps += 1;
    book([order(random, { serial: world.bookings().length + 1, on: today() })]);
  }

  return {
    book,
    step,
    catchUp() {
      const days = Array.from({ length: dayOf(today()) - bank.days() }, (_, index) => bank.days() + index);
      if (days.length === 0) return 0;
      // A bank gives the statements of the past as one archive for each month, with one message for each day.
      for (const month of Map.groupBy(days, (day) => world.dateOf(day).slice(0, 7)).values())
        publish(requestOf({ days: month, dialect: { together: true }, zip: month.length > 1 }));
      options.setDays(bank.days() + days.length);
      return days.length;
    },
    movements(from) {
      const [now, last] = [time(), dayOf(today())];
      const isPast = (day: number, { bookedAt }: Entry): boolean => day < last || bookedAt <= now;
      return world.accounts.flatMap((account) => {
        const found: Movement[] = [];
        for (let day = Math.max(0, dayOf(from)); day <= last; day += 1)
          for (const entry of world.booked(account, day))
            if (isPast(day, entry)) found.push(movementOf(entry, { ...account, day: world.dateOf(day) }));
        for (const entry of world.pending(account, last))
          if (isPast(last, entry)) found.push(movementOf(entry, { ...account, day: today() }));
        return found;
      });
    },
  };
}

/** A small order that somebody pays by instant transfer. On a weekend it is booked as well. */
function order(random: Random, { serial, on }: { readonly serial: number; readonly on: string }): BookingRequest {
  const cents = random.integer(900, 6_400);
  const number = `${on.slice(2, 4)}${String(serial).padStart(6, "0")}`;
  return {
    id: `order-${on}-${serial}`,
    currency: "EUR",
    amount: decimalText(BigInt(cents), 2),
    on,
    isInstant: true,
    counterparty: random.pick(NAMES),
    endToEndId: `ORDER-${number}`,
    text: `Order ${number}, thank you`,
  };
}

function movementOf(
  entry: Entry,
  { iban, exponent, day }: { readonly iban: string; readonly exponent: number; readonly day: string },
): Movement {
  const [detail] = entry.details;
  const name = entry.batch === undefined ? detail?.counterparty?.name : undefined;
  const text = entry.batch === undefined ? detail?.remittance[0] : undefined;
  return {
    key: entry.key,
    iban,
    amount: decimalText(signed(entry), exponent),
    isPending: entry.status === "PDNG",
    day,
    name: name ?? entry.info ?? "Sandbank",
    text: text ?? entry.info ?? "",
  };
}
