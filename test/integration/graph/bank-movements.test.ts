import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { camt, type EntryText, type StatementText } from "../../helpers/bank-files.ts";
import { type BankGraph, type BankGraphServer, useBankGraph } from "../../helpers/bank-graph.ts";

let server: BankGraphServer;
beforeAll(async () => {
  server = await useBankGraph();
});
afterAll(async () => server[Symbol.asyncDispose]());

const DAY = "2024-03-01";

function balance(code: string, amount: string, { currency = "EUR", subType = "" } = {}): string {
  const [direction, number] = amount.startsWith("-") ? ["DBIT", amount.slice(1)] : ["CRDT", amount];
  const type = `<CdOrPrtry><Cd>${code}</Cd></CdOrPrtry>${subType === "" ? "" : `<SubTp><Cd>${subType}</Cd></SubTp>`}`;
  return `<Bal><Tp>${type}</Tp><Amt Ccy="${currency}">${number}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>${DAY}</Dt></Dt></Bal>`;
}
/** A message with these balances and no entries. */
const balances = (format: string, more: string, other: Partial<StatementText> = {}): string =>
  camt(format, [{ id: "B1", more, entries: [], ...other }], other.id ?? "B1");
const report = (more: string, other: Partial<StatementText> = {}) => balances("052.08", more, other);
const notification = (entries: readonly EntryText[], id = "N1"): string => camt("054.08", [{ id, entries }], id);
const AVAILABLE = balance("OPAV", "100.00") + balance("INFO", "140.00");
const NOTED: EntryText = { amount: "25.00", status: "INFO", reference: "A" };

const FIELDS = `kind comparisons { with agrees difference { amount currency }
  movements { currency from { code } to { code } movement { amount } entries { amount } difference { amount } statement { kind } } }`;
const comparisonsOf = async (bank: BankGraph) =>
  (await bank.statements("kind comparisons { with agrees difference { amount } }")).flatMap(({ kind, comparisons }) =>
    comparisons.map((one: { with: string; agrees: boolean | null; difference: { amount: string } | null }) => [
      `${kind} with ${one.with}`,
      one.agrees,
      one.difference?.amount ?? null,
    ]),
  );
/** One comparison, read from a report and from a notification. */
const bothSee = (agrees: boolean | null, difference: string | null) => [
  ["REPORT with NOTIFICATION", agrees, difference],
  ["NOTIFICATION with REPORT", agrees, difference],
];

async function bankWith(...files: readonly string[]): Promise<BankGraph> {
  const bank = await server.bank();
  for (const file of files) await bank.bring(file);
  return bank;
}

describe("balances of a message without entries, compared with the entries of other messages", () => {
  test.each([
    ["the report first", [report(AVAILABLE), notification([NOTED])]],
    ["the notification first", [notification([NOTED]), report(AVAILABLE)]],
  ])(
    "C33: a movement of 40.00 and entries of 25.00 differ by 15.00 in both messages, with a finding (%s)",
    async (_name, files) => {
      const bank = await bankWith(...files);
      const movement = {
        currency: "EUR",
        from: { code: "OPAV" },
        to: { code: "INFO" },
        movement: { amount: "40.00" },
        entries: { amount: "25.00" },
        difference: { amount: "15.00" },
        statement: { kind: "REPORT" },
      };
      const seen = { agrees: false, difference: { amount: "15.00", currency: "EUR" }, movements: [movement] };
      expect(await bank.statements(FIELDS)).toEqual([
        { kind: "REPORT", comparisons: [{ with: "NOTIFICATION", ...seen }] },
        { kind: "NOTIFICATION", comparisons: [{ with: "REPORT", ...seen }] },
      ]);
      expect(await bank.openFindings()).toEqual([
        { kind: "BALANCE_MOVEMENT_DIFFERS", summary: expect.stringContaining("a difference of 15.00 EUR") },
      ]);
    },
  );

  test("C33: the finding closes when a later notification contains the missing entries", async () => {
    const bank = await bankWith(report(AVAILABLE), notification([NOTED]));
    await bank.bring(notification([{ amount: "15.00", status: "INFO", reference: "B" }], "N2"));
    expect(await comparisonsOf(bank)).toEqual([
      ["REPORT with NOTIFICATION", true, "0.00"],
      ["NOTIFICATION with REPORT", true, "0.00"],
      ["NOTIFICATION with REPORT", true, "0.00"],
    ]);
    expect(await bank.openFindings()).toEqual([]);
  });

  test("C33: the finding closes when a newer report of the day has other balances, and opens when it differs", async () => {
    const bank = await bankWith(report(AVAILABLE), notification([NOTED]));
    const at = (created: string, info: string) =>
      report(balance("OPAV", "100.00") + balance("INFO", info), { id: `R-${created}`, created });
    await bank.bring(at("2024-03-01T21:00:00Z", "125.00"));
    expect(await bank.openFindings()).toEqual([]);
    expect(await comparisonsOf(bank)).toEqual(
      expect.arrayContaining([
        ["REPORT with NOTIFICATION", null, null],
        ["REPORT with NOTIFICATION", true, "0.00"],
        ["NOTIFICATION with REPORT", true, "0.00"],
      ]),
    );
    await bank.bring(at("2024-03-01T22:00:00Z", "126.00"));
    expect(await bank.openFindings()).toEqual([
      { kind: "BALANCE_MOVEMENT_DIFFERS", summary: expect.stringContaining("a difference of 1.00 EUR") },
    ]);
  });

  test("C33: the finding closes when the report is received again with its entries", async () => {
    const bank = await bankWith(report(AVAILABLE), notification([NOTED]));
    await bank.bring(report(AVAILABLE, { created: "2024-03-01T21:00:00Z", entries: [NOTED] }));
    expect(await bank.openFindings()).toEqual([]);
  });

  test.each([
    ["booked, without a booking date", { amount: "25.00", booked: "" }],
    ["booked, with a value date only", { amount: "25.00", booked: "", valued: DAY }],
    ["booked", { amount: "25.00" }],
    ["pending", { amount: "25.00", status: "PDNG" }],
  ])("C33: both messages report the same result when the entry is %s", async (_name, entry) => {
    const bank = await bankWith(report(AVAILABLE), notification([entry]));
    expect(await comparisonsOf(bank)).toEqual(bothSee(false, "15.00"));
    expect((await bank.openFindings()).map(({ kind }) => kind)).toEqual(["BALANCE_MOVEMENT_DIFFERS"]);
  });

  test("C33: an entry in two notifications counts once, and debits are subtracted from credits", async () => {
    const credit: EntryText = { amount: "65.00", status: "INFO", reference: "A", text: "one" };
    const debit: EntryText = { amount: "25.00", status: "INFO", reference: "B", direction: "DBIT" };
    const bank = await bankWith(report(AVAILABLE), notification([credit, debit]), notification([credit], "N2"));
    expect(await bank.transactions("id")).toHaveLength(2);
    expect(await comparisonsOf(bank)).toContainEqual(["REPORT with NOTIFICATION", true, "0.00"]);
    expect(await bank.openFindings()).toEqual([]);
  });

  test.each([
    ["OPBD and CLBD", balance("OPBD", "100") + balance("CLBD", "140.00")],
    ["OPBD and ITBD", balance("OPBD", "100") + balance("ITBD", "140.00")],
    ["PRCD and ITBD", balance("PRCD", "100") + balance("ITBD", "140.00")],
    ["two ITBD", balance("ITBD", "100") + balance("ITBD", "140.00")],
    ["OPAV and CLAV", balance("OPAV", "-100") + balance("CLAV", "-60.00")],
    ["OPAV and ITAV", balance("OPAV", "100") + balance("ITAV", "140.00")],
    ["OPBD and XPCD", balance("OPBD", "100") + balance("XPCD", "140.00")],
    ["OPBD and INFO", balance("OPBD", "100") + balance("INFO", "140.00")],
    [
      "booked balances before available ones",
      balance("OPAV", "7") + balance("CLAV", "9") + balance("OPBD", "1") + balance("CLBD", "41.00"),
    ],
    ["one sub-type", balance("OPAV", "100") + balance("INFO", "900", { subType: "BLCK" }) + balance("INFO", "140")],
  ])("C33: %s define a movement of booked entries", async (_name, some) => {
    const bank = await bankWith(report(some), notification([{ amount: "25.00" }]));
    expect(await comparisonsOf(bank)).toEqual(bothSee(false, "15.00"));
    await bank.bring(notification([{ amount: "15.00", reference: "B" }], "N2"));
    expect(await comparisonsOf(bank)).toContainEqual(["REPORT with NOTIFICATION", true, "0.00"]);
    expect((await bank.openFindings()).map(({ kind }) => kind)).not.toContain("BALANCE_MOVEMENT_DIFFERS");
  });

  test.each([
    ["one balance", balance("ITBD", "140")],
    ["no balance at all", ""],
    ["balances of two kinds", balance("OPBD", "100") + balance("CLAV", "140")],
    ["a balance of a later day", balance("OPAV", "100") + balance("FWAV", "140")],
    ["balances in two currencies", balance("OPAV", "100") + balance("INFO", "140", { currency: "USD" })],
    ["balances of two sub-types", balance("OPAV", "100") + balance("CLAV", "140", { subType: "BLCK" })],
  ])("C33: with %s nothing can be compared, and no message agrees", async (_name, some) => {
    const bank = await bankWith(report(some), notification([NOTED]));
    expect(await comparisonsOf(bank)).toEqual(bothSee(null, null));
    expect(await bank.openFindings()).toEqual([]);
  });

  test("C33: booked balances are not compared with entries that are not booked", async () => {
    const bank = await bankWith(report(balance("OPBD", "100") + balance("CLBD", "140")), notification([NOTED]));
    expect(await comparisonsOf(bank)).toEqual(bothSee(null, null));
  });

  test("C33: the expected balance counts pending entries, and the booked one does not", async () => {
    const entries: EntryText[] = [{ amount: "30.00" }, { amount: "10.00", status: "PDNG", reference: "P" }];
    const expected = balance("OPBD", "100") + balance("XPCD", "140");
    expect(await comparisonsOf(await bankWith(report(expected), notification(entries)))).toEqual(bothSee(true, "0.00"));
    const booked = balance("OPBD", "100") + balance("CLBD", "140");
    expect(await comparisonsOf(await bankWith(report(booked), notification(entries)))).toEqual(bothSee(false, "10.00"));
  });

  test("C33: an entry with a later value date does not change the available balance yet", async () => {
    const some = balance("OPAV", "100") + balance("CLAV", "140");
    const entries: EntryText[] = [
      { amount: "40.00", valued: DAY },
      { amount: "9.00", valued: "2024-03-04", reference: "L" },
    ];
    expect(await comparisonsOf(await bankWith(report(some), notification(entries)))).toEqual(bothSee(true, "0.00"));
  });

  test("C33: an available balance may include pending entries or not, and never those for information", async () => {
    const some = (closing: string) => report(balance("OPAV", "100") + balance("CLAV", closing));
    const entries: EntryText[] = [
      { amount: "10.00" },
      { amount: "5.00", status: "PDNG", reference: "P" },
      { amount: "2.00", status: "INFO", reference: "I" },
    ];
    const compared = async (closing: string) => comparisonsOf(await bankWith(some(closing), notification(entries)));
    expect(await compared("110")).toEqual(bothSee(true, "0.00"));
    expect(await compared("115")).toEqual(bothSee(true, "0.00"));
    expect(await compared("117")).toEqual(bothSee(false, "2.00"));
    expect(await comparisonsOf(await bankWith(some("110"), notification([NOTED])))).toEqual(bothSee(null, null));
  });

  test("C33: a balance for information that did not move differs when an entry for information was reported", async () => {
    const still = balance("OPAV", "100") + balance("INFO", "100");
    expect(await comparisonsOf(await bankWith(report(still), notification([NOTED])))).toEqual(bothSee(false, "-25.00"));
  });

  test("C33: each currency is compared by itself", async () => {
    const dollars = { currency: "USD" };
    const some = AVAILABLE + balance("OPAV", "1", dollars) + balance("INFO", "3", dollars);
    const bank = await bankWith(
      report(some),
      notification([
        { ...NOTED, amount: "40.00" },
        { ...NOTED, ...dollars, amount: "5.00" },
      ]),
    );
    expect(await comparisonsOf(bank)).toEqual(bothSee(false, "-3.00"));
    const [finding] = await bank.openFindings();
    expect(finding?.summary).toContain("a difference of -3.00 USD");
  });

  test("C33: a statement with entries is compared by them, and a report without entries by its balances", async () => {
    const closing = { opening: "100.00", closing: "125.00", entries: [{ amount: "25.00" }] };
    const bank = await bankWith(report(AVAILABLE), camt("053.08", [{ id: "S1", ...closing }]));
    expect(await comparisonsOf(bank)).toEqual([
      ["REPORT with STATEMENT", false, "15.00"],
      ["STATEMENT with REPORT", false, "15.00"],
    ]);
  });

  test("C33: an interim balance is not compared with the statement, which covers the whole day", async () => {
    const closing = { opening: "100.00", closing: "165.00", entries: [{ amount: "65.00" }] };
    const interim = report(balance("OPBD", "100") + balance("ITBD", "100"));
    const bank = await bankWith(interim, camt("053.08", [{ id: "S1", ...closing }]));
    expect(await comparisonsOf(bank)).toEqual([
      ["REPORT with STATEMENT", null, null],
      ["STATEMENT with REPORT", null, null],
    ]);
    expect(await bank.openFindings()).toEqual([]);
  });

  test("C33: a statement over several days is not compared with a report of one of them", async () => {
    const period = { from: "2024-03-01T00:00:00Z", to: "2024-03-05T23:59:59Z", day: "2024-03-05" };
    const month = balances("053.08", "", { id: "S1", opening: "0.00", closing: "99.00", ...period });
    const bank = await bankWith(month, camt("052.08", [{ id: "R1", entries: [{ amount: "25.00" }] }]));
    expect((await comparisonsOf(bank)).map(([, agrees]) => agrees)).toEqual([null, null]);
  });

  test("C33: two consecutive reports of one day are not compared with the entries of the day", async () => {
    const part = (id: string, from: string, to: string, created: string) =>
      report(balance("ITBD", from) + balance("ITBD", to), { id, created });
    const bank = await bankWith(
      part("R1", "100", "120", "2024-03-01T10:00:00Z"),
      part("R2", "120", "140", "2024-03-01T11:00:00Z"),
      notification([{ amount: "40.00" }]),
    );
    expect((await comparisonsOf(bank)).map(([, agrees]) => agrees)).toEqual([null, null, null]);
  });

  test("C33: a report that is created after midnight covers the day of its balances", async () => {
    const late = report(AVAILABLE, { created: "2024-03-02T01:00:00Z" });
    const bank = await bankWith(late, notification([NOTED]));
    expect(await bank.statements("firstDay lastDay")).toContainEqual({ firstDay: DAY, lastDay: DAY });
    expect(await comparisonsOf(bank)).toEqual(bothSee(false, "15.00"));
  });

  test("C33: balances that did not move agree with messages without entries", async () => {
    const still = { opening: "100.00", closing: "100.00", entries: [] };
    const bank = await bankWith(camt("052.08", [{ id: "R1", ...still }]), camt("053.08", [{ id: "S1", ...still }]));
    expect((await comparisonsOf(bank)).map(([, agrees]) => agrees)).toEqual([true, true]);
  });
});

describe("comparison of messages that both list entries", () => {
  test("C33: an entry that is booked without a date is missing from the other message, in both comparisons", async () => {
    const bank = await bankWith(
      camt("053.08", [{ id: "S1", entries: [{ amount: "3.00" }] }]),
      notification([{ amount: "25.00", booked: "" }]),
    );
    const seen = await bank.statements("kind comparisons { agrees onlyHere onlyThere inBoth }");
    expect(seen).toEqual([
      { kind: "STATEMENT", comparisons: [{ agrees: false, onlyHere: 1, onlyThere: 1, inBoth: 0 }] },
      { kind: "NOTIFICATION", comparisons: [{ agrees: false, onlyHere: 1, onlyThere: 1, inBoth: 0 }] },
    ]);
  });

  test("C33: a notification without booked entries does not agree with a statement: nothing was compared", async () => {
    const bank = await bankWith(camt("053.08", [{ id: "S1", entries: [{ amount: "3.00" }] }]), notification([NOTED]));
    expect((await comparisonsOf(bank)).map(([, agrees]) => agrees)).toEqual([null, null]);
  });

  test("C33: reports and statements without booked entries do not agree: nothing was compared", async () => {
    const pending: EntryText = { amount: "3.00", status: "PDNG" };
    const bank = await bankWith(
      camt("052.08", [{ id: "R1", entries: [pending] }]),
      camt("053.08", [{ id: "S1", entries: [pending] }]),
    );
    expect((await comparisonsOf(bank)).map(([, agrees]) => agrees)).toEqual([null, null]);
  });
});
