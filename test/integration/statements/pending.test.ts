import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { camt, type EntryText, type StatementText } from "../../helpers/bank-files.ts";
import { planMessages } from "../../../sandbox/iso20022-bank/plan/plan.ts";
import { requestOf } from "../../../sandbox/iso20022-bank/plan/request.ts";
import { bytesOf } from "../../../sandbox/iso20022-bank/testing.ts";
import { createWorld } from "../../../sandbox/iso20022-bank/world/world.ts";
import { type BankBooks, useBankBooks } from "../../helpers/bank-books.ts";

let bank: BankBooks;
beforeAll(async () => {
  bank = await useBankBooks();
});
beforeEach(() => bank.reset());
afterAll(async () => bank[Symbol.asyncDispose]());

const two = (n: number): string => String(n).padStart(2, "0");
/** A message of a day in March 2026, created at an hour of it. */
function on(
  day: number,
  hour: number,
  entries: readonly EntryText[],
  more: Partial<StatementText> = {},
): StatementText {
  const date = `2026-03-${two(day)}`;
  return { id: `D${two(day)}H${two(hour)}`, day: date, created: `${date}T${two(hour)}:00:00Z`, entries, ...more };
}
const authorisation: EntryText = {
  amount: "20.00",
  direction: "DBIT",
  status: "PDNG",
  booked: "",
  valued: "2026-03-02",
  reference: "AUTH-77",
  text: "Restaurant Krone",
};
const settlement: EntryText = {
  ...authorisation,
  amount: "24.00",
  status: "BOOK",
  booked: "2026-03-05",
  valued: "2026-03-05",
};
const other: EntryText = { amount: "1.00", booked: "2026-03-03", text: "other" };

type Message = readonly [format: string, statement: StatementText];
async function bringAll(messages: readonly Message[]): Promise<void> {
  for (const [index, [format, statement]] of messages.entries()) await bank.bring(format, statement, `M${index}`);
}

/** Every order of up to four messages. */
function orders<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe("C30: a pending entry is booked with another amount", () => {
  const messages: readonly Message[] = [
    ["052.08", on(2, 10, [authorisation])],
    ["052.08", on(2, 16, [authorisation])],
    ["053.08", on(5, 20, [settlement])],
  ];

  test("two reports and the statement three days later are one transaction, in any order", async () => {
    for (const order of orders(messages)) {
      await bank.reset();
      await bringAll(order);
      expect(await bank.lines()).toEqual(["-24.00 EUR BOOKED"]);
      expect((await bank.transactions())[0]?.reportedBy).toHaveLength(3);
      expect(await bank.findings()).toEqual([]);
    }
  });

  const U = "0af7651916cd43dd8448eb211c80319c";
  test.each<[string, Partial<EntryText>, Partial<EntryText>]>([
    ["a UETR", { reference: "", uetr: U }, { reference: "", uetr: U }],
    ["a UETR, the pending one without a text", { uetr: U, text: "" }, { uetr: U }],
    ["an EndToEndId", { reference: "", endToEndId: "E-9" }, { reference: "", endToEndId: "E-9" }],
    ["an account servicer's reference, without any text", { text: "" }, { text: "" }],
    ["an account servicer's reference, the pending one without a text", { text: "" }, {}],
    ["one that is booked lower", {}, { amount: "19.50" }],
    ["one that is pending in another currency", { currency: "USD" }, {}],
    ["one that is to be booked on a later day", { status: "FUTR" }, {}],
  ])("%s is sufficient evidence", async (_name, pending, booked) => {
    const clean = ({ reference, text, ...entry }: EntryText): EntryText => ({
      ...entry,
      ...(reference && { reference }),
      ...(text && { text }),
    });
    await bringAll([
      ["052.08", on(2, 10, [clean({ ...authorisation, ...pending })])],
      ["053.08", on(5, 20, [clean({ ...settlement, ...booked })])],
    ]);
    expect(await bank.lines()).toEqual([`-${booked.amount ?? "24.00"} EUR BOOKED`]);
  });

  test.each<[string, Partial<EntryText>]>([
    ["another direction", { direction: "CRDT" }],
    ["a reversal", { reversal: true }],
    ["another text", { text: "Hotel Adler" }],
    ["no reference", { reference: undefined as unknown as string }],
    ["another reference", { reference: "AUTH-78" }],
    ["a booking day far off", { booked: "2026-06-05", valued: "2026-06-05" }],
  ])("%s keeps the two separate", async (_name, change) => {
    const booked = Object.fromEntries(
      Object.entries({ ...settlement, ...change }).filter(([, value]) => value !== undefined),
    ) as unknown as EntryText; // without undefined parts
    await bringAll([
      ["052.08", on(2, 10, [authorisation])],
      ["054.08", on(5, 20, [booked])],
    ]);
    expect(await bank.lines()).toHaveLength(2);
  });

  test.each(["NONREF", "NOTPROVIDED", "0000"])("the placeholder %s is not a reference", async (reference) => {
    await bringAll([
      ["052.08", on(2, 10, [{ ...authorisation, reference }])],
      ["053.08", on(5, 20, [{ ...settlement, reference }])],
    ]);
    expect(await bank.lines()).toHaveLength(2);
  });

  test("the sandbox bank's authorisations become its booked entries", async () => {
    const world = createWorld({ seed: 5, entriesPerDay: 120 });
    const [account] = world.accounts;
    if (account === undefined) throw new Error("a world has accounts");
    const request = { account: account.index, dialect: { authorisations: true, noEndToEnd: true } };
    const files = [
      { ...request, kind: "camt.052" as const, days: [2] },
      { ...request, kind: "camt.053" as const, days: [3] },
    ].flatMap((one, serial) => planMessages(world, requestOf(one), serial + 1));
    for (const message of files) await bank.bringXml(bytesOf(message).toString());
    const entries = [...world.booked(account, 2), ...world.pending(account, 2), ...world.booked(account, 3)];
    const countOf = (reference: string | undefined) =>
      entries.filter(({ servicerReference, status }) => servicerReference === reference && status === "BOOK").length;
    const own = [...world.pending(account, 2)].filter(
      ({ servicerReference: reference }) => reference !== undefined && countOf(reference) === 1,
    );
    expect(own.length).toBeGreaterThan(2);
    for (const { servicerReference, minor } of own) {
      const rows = await bank.query(
        `select amount_minor, status from bank_transactions where source_id = $1 and reference_list::text like '%${servicerReference}%'`,
      );
      expect(rows).toEqual([{ amount_minor: minor, status: "BOOKED" }]);
    }
  });

  test("a payer's reference in another currency, or weeks later, is another payment", async () => {
    const { reference: _one, ...pending } = { ...authorisation, endToEndId: "RENT" };
    const { reference: _other, ...booked } = { ...settlement, endToEndId: "RENT" };
    await bringAll([
      ["052.08", on(2, 10, [{ ...pending, currency: "USD" }])],
      ["053.08", on(5, 20, [booked])],
    ]);
    expect(await bank.lines()).toHaveLength(2);
    await bank.reset();
    await bringAll([
      ["052.08", on(2, 10, [pending])],
      ["053.08", on(28, 20, [{ ...booked, booked: "2026-03-28", valued: "2026-03-28" }])],
    ]);
    expect(await bank.lines()).toHaveLength(2);
  });

  test("a reference of several entries of a message identifies none of them", async () => {
    await bringAll([
      ["052.08", on(2, 10, [authorisation])],
      ["053.08", on(5, 20, [settlement, { ...settlement, amount: "3.00" }])],
    ]);
    expect(await bank.lines()).toEqual(["-20.00 EUR PENDING", "-24.00 EUR BOOKED", "-3.00 EUR BOOKED"]);
  });

  test("two bookings are never one: an entry booked as it was pending stays separate from another booking", async () => {
    const asPending = { ...settlement, amount: "20.00", booked: "2026-03-06", valued: "2026-03-06" };
    const all: readonly Message[] = [
      ["052.08", on(2, 10, [authorisation])],
      ["053.08", on(5, 20, [settlement])],
      ["053.08", on(6, 20, [asPending])],
    ];
    for (const order of orders(all)) {
      await bank.reset();
      await bringAll(order);
      expect(await bank.lines()).toEqual(["-20.00 EUR BOOKED", "-24.00 EUR BOOKED"]);
    }
  });

  test("a report that is received again under one id, now booked, is the same transaction", async () => {
    await bringAll([
      ["052.08", on(5, 10, [authorisation], { id: "R" })],
      ["052.08", on(5, 18, [settlement], { id: "R" })],
    ]);
    expect(await bank.lines()).toEqual(["-24.00 EUR BOOKED"]);
  });
});

describe("C30: a pending entry that later reports leave out", () => {
  const first: Message = ["052.08", on(2, 10, [authorisation])];
  const period = (from: string, to: string) => ({ from, to });
  const reportOfYesterday = on(2, 16, [{ ...other, booked: "2026-03-01" }]);

  test.each<[string, Message]>([
    ["a later report of the day", ["052.08", on(2, 16, [other])]],
    ["a report of the next day", ["052.08", on(3, 10, [other])]],
    ["a report without entries", ["052.08", on(3, 10, [])]],
    ["a report created later whose bookings are of the day before", ["052.08", reportOfYesterday]],
    [
      "a report of the next day from its midnight",
      ["052.08", on(3, 10, [other], period("2026-03-03T00:00:00", "2026-03-03T10:00:00"))],
    ],
    ["the same report again", ["052.08", on(2, 16, [other], { id: "D02H10" })]],
    ["a statement that lists what is pending", ["053.08", on(3, 20, [{ ...authorisation, reference: "AUTH-78" }])]],
  ])("is withdrawn by %s, in any order", async (_name, message) => {
    for (const order of orders([first, message])) {
      await bank.reset();
      await bringAll(order);
      expect(await bank.lines()).toContain("-20.00 EUR WITHDRAWN");
      const [transaction] = (await bank.transactions()).filter(({ line }) => line.endsWith("WITHDRAWN"));
      expect(transaction?.reportedBy).toHaveLength(1);
      expect(transaction?.statement?.id).toBe(transaction?.reportedBy[0]?.id);
    }
  });

  test.each<[string, readonly Message[]]>([
    ["a statement of bookings only", [["053.08", on(3, 20, [other])]]],
    ["a notification", [["054.08", on(3, 20, [other])]]],
    [
      "an old report that was created again",
      [["052.08", { ...on(5, 9, [other]), day: "2026-02-20", entries: [{ ...other, booked: "2026-02-20" }] }]],
    ],
    ["an earlier report", [["052.08", on(2, 9, [other])]]],
    ["a report of balances", [["052.08", on(3, 10, [], { opening: "1.00", closing: "1.00" })]]],
    [
      "a report of the time after it",
      [["052.08", on(2, 16, [other], period("2026-03-02T10:00:00Z", "2026-03-02T16:00:00Z"))]],
    ],
    [
      "reports that each contain only new entries",
      [
        ["052.08", on(2, 12, [{ ...other, booked: "2026-03-02" }])],
        ["052.08", on(2, 16, [{ ...other, amount: "2.00", booked: "2026-03-02" }])],
      ],
    ],
    ["a report of another currency of the account", [["052.08", on(3, 10, [other], { currency: "USD" })]]],
  ])("is not withdrawn by %s", async (_name, messages) => {
    const start: Message = [
      "052.08",
      on(2, 10, [authorisation, ...(messages.length > 1 ? [{ ...other, amount: "9.00", booked: "2026-03-02" }] : [])]),
    ];
    for (const order of orders([start, ...messages])) {
      await bank.reset();
      await bringAll(order);
      expect(await bank.lines()).toContain("-20.00 EUR PENDING");
    }
  });

  test("a report with an unreadable entry withdraws nothing", async () => {
    await bringAll([first]);
    await bank.bringXml(camt("052.08", [on(3, 10, [other])]).replace(">1.00<", ">1.0O<"));
    expect(await bank.lines()).toEqual(["-20.00 EUR PENDING"]);
  });

  test("with any messages, it is withdrawn after 30 days without it", async () => {
    await bringAll([first, ["053.08", on(31, 20, [{ ...other, booked: "2026-03-31" }])]]);
    expect(await bank.lines()).toContain("-20.00 EUR PENDING");
    await bank.bring("053.08", on(1, 20, [], { id: "APR", day: "2026-04-01", created: "2026-04-01T20:00:00Z" }), "M9");
    expect(await bank.lines()).toContain("-20.00 EUR WITHDRAWN");
  });

  test("is restored when a later report lists it again, and is booked when a statement books it", async () => {
    const without: Message = ["052.08", on(3, 10, [other])];
    const back: Message = ["052.08", on(4, 10, [authorisation])];
    for (const order of orders([first, without, back])) {
      await bank.reset();
      await bringAll(order);
      expect(await bank.lines()).toContain("-20.00 EUR PENDING");
    }
    for (const order of orders<Message>([first, without, ["053.08", on(5, 20, [settlement])]])) {
      await bank.reset();
      await bringAll(order);
      expect(await bank.lines()).toEqual(["+1.00 EUR BOOKED", "-24.00 EUR BOOKED"]);
    }
  });

  test("each change of its state is one event", async () => {
    await bringAll([first, ["052.08", on(3, 10, [other])], ["052.08", on(4, 10, [authorisation])]]);
    const [transaction] = (await bank.transactions()).filter(({ line }) => line.startsWith("-20"));
    const events = await bank.query(
      `select data->>'change' as change from events where source_id = $1 and entity_id = '${transaction?.id}' order by seq`,
    );
    expect(events.map(({ change }) => change)).toEqual(["CREATED", "UPDATED", "UPDATED"]);
  });

  test("the same file again leaves it withdrawn and changes nothing", async () => {
    await bringAll([first, ["052.08", on(3, 10, [other])]]);
    const count = () => bank.query("select count(*)::int as n from events where source_id = $1");
    const before = await count();
    await bank.bring("052.08", first[1], "M0");
    expect(await bank.lines()).toContain("-20.00 EUR WITHDRAWN");
    expect(await count()).toEqual(before);
  });
});
