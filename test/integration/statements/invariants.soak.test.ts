import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { camt, type EntryText, type StatementText } from "../../helpers/bank-files.ts";
import { amountOf } from "../../helpers/length.ts";
import { type BankBooks, useBankBooks } from "../../helpers/bank-books.ts";
import { expectBankInvariants } from "../../helpers/bank-invariants.ts";

let bank: BankBooks;
beforeAll(async () => {
  bank = await useBankBooks();
});
afterAll(async () => bank[Symbol.asyncDispose]());

const RUNS = amountOf({ short: 1, long: 40 });
const DAYS = [0, 1, 2, 3];
const CURRENCIES = ["EUR", "USD"];
const dateOf = (day: number): string => `2026-03-${String(day + 2).padStart(2, "0")}`;

/** A payment as it really happened. Amounts are whole units. */
const payment = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  /** The day on which it is announced; it is booked `after` days later, or never. */
  day: fc.constantFrom(...DAYS),
  after: fc.constantFrom(0, 1, 2, undefined),
  announced: fc.integer({ min: 1, max: 3 }),
  booked: fc.integer({ min: 1, max: 3 }),
  text: fc.constantFrom("a", "b"),
  hasReference: fc.boolean(),
});
type Payment = (typeof payment extends fc.Arbitrary<infer T> ? T : never) & { readonly number: number };

/** Without a reference only its amount shows that a booking was pending before. */
const announcedOf = ({ hasReference, announced, booked }: Payment): number => (hasReference ? announced : booked);
const textsOf = ({ hasReference, number, text }: Payment): Partial<EntryText> => ({
  text,
  ...(hasReference && { reference: `R${number}` }),
});

/** Reports list pending entries, statements do not. An entry that is never booked is listed for two days. */
function isPendingAt({ day: from, after }: Payment, { day, hour }: { day: number; hour: number }): boolean {
  return hour < 20 && from <= day && (after === undefined ? day - from < 2 : day < from + after);
}

function entriesOf(
  payments: readonly Payment[],
  { day, hour, currency }: { day: number; hour: number; currency: string },
) {
  const own = payments.filter((one) => one.currency === currency);
  const booked = own.filter(({ day: from, after }) => after !== undefined && from + after === day);
  return [
    ...booked.map((one): EntryText => ({ amount: `${one.booked}.00`, booked: dateOf(day), ...textsOf(one) })),
    ...own
      .filter((one) => isPendingAt(one, { day, hour }))
      .map((one): EntryText => ({
        amount: `${announcedOf(one)}.00`,
        status: "PDNG",
        booked: "",
        valued: dateOf(one.day),
        ...textsOf(one),
      })),
  ];
}

function messageOf(payments: readonly Payment[], at: { day: number; hour: number; currency: string }): StatementText {
  const { day, hour, currency } = at;
  const sumOf = (upTo: number): number =>
    payments
      .filter((one) => one.currency === currency && one.after !== undefined && one.day + one.after <= upTo)
      .reduce((sum, { booked }) => sum + booked, 0);
  const balances =
    hour < 20 ? {} : { opening: `${sumOf(day - 1)}.00`, closing: `${sumOf(day)}.00`, sequence: `${day + 1}` };
  const created = `${dateOf(day)}T${hour}:00:00Z`;
  return { id: `${day}-${hour}`, currency, day: dateOf(day), created, entries: entriesOf(payments, at), ...balances };
}

/** All files of a bank, in order of time. A statement that was wrong at first is sent twice: in one file, or in two. */
function filesOf(
  payments: readonly Payment[],
  wrong: readonly ("together" | "apart" | undefined)[],
): readonly string[] {
  return DAYS.flatMap((day) => {
    const reports = CURRENCIES.flatMap((currency) =>
      [10, 16].map((hour) =>
        camt("052.08", [messageOf(payments, { day, hour, currency })], `R${day}${hour}${currency}`),
      ),
    );
    const right = CURRENCIES.map((currency) => messageOf(payments, { day, hour: 20, currency }));
    const early = right.map((one) => ({
      ...one,
      created: `${dateOf(day)}T19:30:00Z`,
      closing: "999.00",
      entries: one.entries.map((entry, index) => (index === 0 ? { ...entry, amount: "7.00" } : entry)),
    }));
    const statements =
      wrong[day] === "together"
        ? [camt("053.08", [...early, ...right], `S${day}`)]
        : [...(wrong[day] === "apart" ? [camt("053.08", early, `E${day}`)] : []), camt("053.08", right, `S${day}`)];
    return [...reports, ...statements];
  });
}

/**
 * The expected state once all files are stored, in any order. The number of withdrawn transactions is known only if
 * each pending entry can be distinguished from the others, and no statement was wrong at first.
 */
function expectedOf(payments: readonly Payment[]): readonly string[] {
  const last = DAYS.length - 1;
  return payments
    .map((one) => {
      if (one.after !== undefined && one.day + one.after <= last) return `+${one.booked}.00 ${one.currency} BOOKED`;
      const status = isPendingAt(one, { day: last, hour: 16 }) ? "PENDING" : "WITHDRAWN";
      return `+${announcedOf(one)}.00 ${one.currency} ${status}`;
    })
    .toSorted();
}

/** A payment without a reference has the currency, the text and an amount of another one. */
function areAlike(one: Payment, other: Payment): boolean {
  if (one === other || (one.hasReference && other.hasReference)) return false;
  const amounts = [other.booked, announcedOf(other)];
  return (
    one.currency === other.currency &&
    one.text === other.text &&
    [one.booked, announcedOf(one)].some((amount) => amounts.includes(amount))
  );
}

const deliveries = fc.record({
  payments: fc.array(payment, { maxLength: 7 }),
  wrong: fc.array(fc.constantFrom("together" as const, "apart" as const, undefined), {
    minLength: DAYS.length,
    maxLength: DAYS.length,
  }),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 40, maxLength: 40 }),
  isRepeated: fc.boolean(),
});

test(
  "pending, changed, withdrawn and restated entries in several currencies give the bank's ledger in any order",
  async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ payments: some, wrong, order, isRepeated }) => {
        const payments = some.map((one, number) => ({ ...one, number }));
        const files = filesOf(payments, wrong);
        const shuffled = files
          .map((xml, index) => ({ xml, rank: order[index] ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ xml }) => xml);
        const isExact =
          wrong.every((one) => one === undefined) &&
          !payments.some((one) => payments.some((other) => areAlike(one, other)));
        const isCompared = (line: string): boolean => isExact || !line.endsWith(" WITHDRAWN");
        const expected = expectedOf(payments).filter(isCompared);
        for (const delivered of [files, isRepeated ? [...shuffled, ...shuffled] : shuffled]) {
          await bank.reset();
          for (const xml of delivered) await bank.bringXml(xml);
          expect((await bank.lines()).filter(isCompared)).toEqual(expected);
          await expectBankInvariants(bank.query);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  Math.max(240_000, RUNS * 20_000),
);
