import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { EntryText, StatementText } from "../../helpers/bank-files.ts";
import { type BankBooks, useBankBooks } from "../../helpers/bank-books.ts";
import { expectBankInvariants } from "../../helpers/bank-invariants.ts";

let bank: BankBooks;
beforeAll(async () => {
  bank = await useBankBooks();
});
afterAll(async () => bank[Symbol.asyncDispose]());

type Message = readonly [format: string, statements: readonly StatementText[]];
const dateOf = (day: number): string => `2026-03-${String(day).padStart(2, "0")}`;
const report = (day: number, entries: readonly EntryText[]): Message => [
  "052.08",
  [{ id: `R${day}`, day: dateOf(day), created: `${dateOf(day)}T10:00:00Z`, entries }],
];
const statement = (day: number, entries: readonly EntryText[]): StatementText => ({
  id: `S${day}`,
  sequence: String(day),
  day: dateOf(day),
  created: `${dateOf(day)}T20:00:00Z`,
  opening: "0.00",
  closing: `${entries.reduce((sum, { amount }) => sum + Number(amount), 0)}.00`,
  entries,
});
const booked = (day: number, more: Partial<EntryText> = {}): EntryText => ({
  amount: "2.00",
  text: "coffee",
  booked: dateOf(day),
  ...more,
});
const pending = (day: number, more: Partial<EntryText> = {}): EntryText => ({
  amount: "2.00",
  text: "coffee",
  status: "PDNG",
  booked: "",
  valued: dateOf(day),
  ...more,
});

/** Every order of a few messages. */
function orders<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const CASES: readonly [name: string, messages: readonly Message[], lines: readonly string[]][] = [
  [
    "one that is pending when another one was booked days before, beside a statement that was told twice",
    [
      [
        "053.08",
        [
          { ...statement(3, [booked(3, { amount: "7.00", reference: "R2" })]), created: `${dateOf(3)}T19:30:00Z` },
          statement(3, [booked(3, { reference: "R2" })]),
        ],
      ],
      report(4, [pending(4)]),
      report(5, [booked(5), pending(5, { reference: "R5" })]),
      ["053.08", [statement(5, [booked(5)])]],
    ],
    ["+2.00 EUR BOOKED", "+2.00 EUR BOOKED", "+2.00 EUR PENDING", "+7.00 EUR WITHDRAWN"],
  ],
  [
    "one that is pending when another one, which was pending with its amount, was booked with another amount",
    [
      report(3, [pending(3, { reference: "R5" })]),
      report(4, [booked(4, { amount: "3.00", reference: "R5" })]),
      report(5, [pending(5)]),
    ],
    ["+2.00 EUR PENDING", "+3.00 EUR BOOKED"],
  ],
  [
    "one that stands before the other one, which is booked, in a report",
    [
      report(4, [pending(4)]),
      report(5, [pending(4), booked(5, { text: "coffee and cake", reference: "R5" })]),
      ["053.08", [statement(5, [booked(5, { reference: "R5" })])]],
    ],
    ["+2.00 EUR BOOKED", "+2.00 EUR PENDING"],
  ],
  [
    "the next one under the same reference of the payer",
    [report(3, [booked(3, { endToEndId: "RENT" })]), report(30, [pending(30, { endToEndId: "RENT" })])],
    ["+2.00 EUR BOOKED", "+2.00 EUR PENDING"],
  ],
];

describe("C30: payments of equal amount and text", () => {
  test.each(CASES)("%s, are two, in any order of the messages", async (_name, messages, lines) => {
    const identified = messages.map((message, index) => ({ message, id: `M${index}` }));
    for (const order of orders(identified)) {
      await bank.reset();
      for (const { message, id } of order) await bank.bring(...message, id);
      expect({ order: order.map(({ id }) => id), lines: await bank.lines() }).toEqual({
        order: order.map(({ id }) => id),
        lines: lines.toSorted(),
      });
      await expectBankInvariants(bank.query);
    }
  });

  test("an entry that the bank still lists as pending after it booked it is one transaction, if both have a bank reference", async () => {
    for (const order of orders([
      report(3, [booked(3, { reference: "R5" })]),
      report(4, [pending(3, { reference: "R5" })]),
    ])) {
      await bank.reset();
      for (const [index, message] of order.entries()) await bank.bring(...message, `M${index}`);
      expect(await bank.lines()).toEqual(["+2.00 EUR BOOKED"]);
    }
  });
});
