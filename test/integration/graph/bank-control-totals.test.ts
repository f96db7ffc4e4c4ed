import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { camt, type StatementText } from "../../helpers/bank-files.ts";
import { type BankGraph, type BankGraphServer, useBankGraph } from "../../helpers/bank-graph.ts";

let server: BankGraphServer;
beforeAll(async () => {
  server = await useBankGraph();
});
afterAll(async () => server[Symbol.asyncDispose]());

/** A bank that has sent one message. */
async function bankWith(format: string, statement: StatementText): Promise<BankGraph> {
  const bank = await server.bank();
  await bank.bring(camt(format, [statement]));
  return bank;
}

const totals = (parts: string): string => `<TxsSummry>${parts}</TxsSummry>`;
const total = (name: string, count: number, sum: string, more = ""): string =>
  `<${name}><NbOfNtries>${count}</NbOfNtries><Sum>${sum}</Sum>${more}</${name}>`;
const FIELDS = "isComplete summary { agrees differences { figure stated found } }";
const kindsOf = async (bank: BankGraph): Promise<readonly string[]> =>
  (await bank.openFindings()).map(({ kind }) => kind).toSorted();

describe("control totals with a sign", () => {
  const debits = [
    { amount: "10.00", direction: "DBIT" },
    { amount: "5.58", direction: "DBIT" },
  ] as const;
  const mixed = [...debits, { amount: "4.00" }];

  test.each([
    ["a negative sum of debits", debits, total("TtlDbtNtries", 2, "-15.58")],
    ["a sum of debits with a plus sign", debits, total("TtlDbtNtries", 2, "+15.58")],
    ["a sum of credits with a plus sign", mixed, total("TtlCdtNtries", 1, "+4.00")],
    [
      "negative sums of nothing but debits",
      debits,
      total("TtlNtries", 2, "-15.58") + total("TtlDbtNtries", 2, "-15.58"),
    ],
    ["a sum of all entries where debits count as negative", mixed, total("TtlNtries", 3, "-11.58")],
    [
      "a negative sum of debits, and a sum of all entries that counts debits as negative",
      [{ amount: "20.00" }, ...debits],
      total("TtlNtries", 3, "4.42") + total("TtlDbtNtries", 2, "-15.58"),
    ],
    [
      "a net amount with a sign instead of a direction",
      mixed,
      total("TtlNtries", 3, "19.58", "<TtlNetNtry><Amt>-11.58</Amt></TtlNetNtry>"),
    ],
    [
      "a net amount with a sign and the same direction",
      mixed,
      total("TtlNtries", 3, "19.58", "<TtlNetNtry><Amt>-11.58</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>"),
    ],
  ])("C35: %s is read with its sign, and the statement is complete", async (_name, entries, summary) => {
    const bank = await bankWith("053.08", { entries, more: totals(summary) });
    expect(await bank.statements(FIELDS)).toEqual([{ isComplete: true, summary: { agrees: true, differences: [] } }]);
    expect(await bank.openFindings()).toEqual([]);
  });

  test.each([
    ["a negative sum of credits", mixed, total("TtlCdtNtries", 1, "-4.00"), "credits.sum", "-4.00", "4.00"],
    [
      "a negative sum of debits that is another",
      debits,
      total("TtlDbtNtries", 2, "-15.59"),
      "debits.sum",
      "-15.59",
      "15.58",
    ],
    [
      "a negative sum of all entries that is not the net amount",
      mixed,
      total("TtlNtries", 3, "-19.58"),
      "all.sum",
      "-19.58",
      "-11.58",
    ],
    [
      "a net amount of the other direction",
      mixed,
      total("TtlNtries", 3, "19.58", "<TtlNetNtry><Amt>11.58</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry>"),
      "net",
      "11.58",
      "-11.58",
    ],
  ])("C35: %s differs from the entries", async (_name, entries, summary, figure, stated, found) => {
    const bank = await bankWith("053.08", { entries, more: totals(summary) });
    expect(await bank.statements(FIELDS)).toEqual([
      { isComplete: true, summary: { agrees: false, differences: [{ figure, stated, found }] } },
    ]);
    expect(await kindsOf(bank)).toEqual(["STATEMENT_SUMMARY_DIFFERS"]);
  });
});

describe("control totals of a message with entries that are not booked", () => {
  const entries = [
    { amount: "10.00", endToEndId: "A" },
    { amount: "5.00", endToEndId: "B", status: "PDNG", direction: "DBIT" },
    { amount: "2.00", endToEndId: "C", status: "INFO" },
  ] as const;
  const summaryOf = (all: string, credits: string, debits: string): string => totals(`${all}${credits}${debits}`);

  test.each([
    [
      "booked entries only",
      summaryOf(total("TtlNtries", 1, "10.00"), total("TtlCdtNtries", 1, "10.00"), total("TtlDbtNtries", 0, "0")),
    ],
    [
      "booked and pending entries",
      summaryOf(total("TtlNtries", 2, "15.00"), total("TtlCdtNtries", 1, "10.00"), total("TtlDbtNtries", 1, "5.00")),
    ],
    [
      "all entries",
      summaryOf(total("TtlNtries", 3, "17.00"), total("TtlCdtNtries", 2, "12.00"), total("TtlDbtNtries", 1, "-5.00")),
    ],
  ])("C39: totals over %s agree", async (_name, more) => {
    const bank = await bankWith("052.08", { entries, more });
    expect(await bank.statements(FIELDS)).toEqual([{ isComplete: true, summary: { agrees: true, differences: [] } }]);
    expect(await bank.openFindings()).toEqual([]);
  });

  test("C39: totals that fit neither the booked entries nor all entries differ from both", async () => {
    const more = summaryOf(total("TtlNtries", 2, "16.00"), total("TtlCdtNtries", 1, "10.00"), "");
    const bank = await bankWith("052.08", { entries, more });
    const fields = "summary { agrees differences { figure stated found foundWithUnbooked } }";
    expect(await bank.statements(fields)).toEqual([
      {
        summary: {
          agrees: false,
          differences: [
            { figure: "all.count", stated: "2", found: "1", foundWithUnbooked: "3" },
            { figure: "all.sum", stated: "16.00", found: "10.00", foundWithUnbooked: "17.00" },
          ],
        },
      },
    ]);
    expect(await kindsOf(bank)).toEqual(["STATEMENT_SUMMARY_DIFFERS"]);
  });

  test("C39: all totals of a message are counted in one way, not each in its own", async () => {
    const more = summaryOf(total("TtlNtries", 1, "10.00"), total("TtlCdtNtries", 2, "12.00"), "");
    const bank = await bankWith("052.08", { entries, more });
    expect(await bank.statements("summary { agrees differences { figure } }")).toEqual([
      { summary: { agrees: false, differences: [{ figure: "credits.count" }, { figure: "credits.sum" }] } },
    ]);
  });

  test("C39: totals of pending entries alone agree", async () => {
    const bank = await bankWith("052.08", {
      entries: [{ amount: "5.00", status: "PDNG" }],
      more: totals(total("TtlCdtNtries", 1, "5.00")),
    });
    expect(await bank.statements(FIELDS)).toMatchObject([{ summary: { agrees: true } }]);
  });

  test("C39: a finding about totals closes when the message is received again with the missing entry", async () => {
    const more = totals(total("TtlCdtNtries", 2, "15.00"));
    const message = (created: string, amounts: readonly string[]) =>
      camt("052.08", [
        { id: "R1", created, more, entries: amounts.map((amount) => ({ amount, status: "PDNG", reference: amount })) },
      ]);
    const bank = await server.bank();
    await bank.bring(message("2024-03-01T10:00:00Z", ["10.00"]));
    expect(await kindsOf(bank)).toEqual(["STATEMENT_SUMMARY_DIFFERS"]);
    await bank.bring(message("2024-03-01T11:00:00Z", ["10.00", "5.00"]));
    expect(await bank.openFindings()).toEqual([]);
  });

  test.each([
    ["no figures", "<TtlNtriesPerBkTxCd><NbOfNtries>1</NbOfNtries></TtlNtriesPerBkTxCd>", [{ amount: "1.00" }]],
    [
      "sums over several currencies, without counts",
      "<TtlCdtNtries><Sum>3.00</Sum></TtlCdtNtries>",
      [{ amount: "1.00" }, { amount: "2.00", currency: "USD" }],
    ],
  ])("C39: totals with %s are not reported as agreeing", async (_name, more, some) => {
    const bank = await bankWith("053.08", { entries: some, more: totals(more) });
    expect(await bank.statements(FIELDS)).toEqual([{ isComplete: true, summary: null }]);
  });
});

describe("a message with balances and control totals, and no entries", () => {
  const CLOSES =
    "isBalanced difference { amount } summary { agrees } checks { currency booked { amount } basis difference { amount } isBalanced }";
  const message = (credits: string, debits: string, more: Partial<StatementText> = {}): StatementText => ({
    opening: "100.00",
    closing: "140.00",
    entries: [],
    more: totals(total("TtlCdtNtries", 2, credits) + total("TtlDbtNtries", 1, debits)),
    ...more,
  });
  const check = (booked: string, difference: string, basis = "CONTROL_TOTALS") => ({
    currency: "EUR",
    booked: { amount: booked },
    basis,
    difference: { amount: difference },
    isBalanced: difference === "0.00",
  });

  test.each(["052.08", "053.02", "053.08"])(
    "C37: a camt.%s is balanced by its totals, without a finding",
    async (format) => {
      const bank = await bankWith(format, message("60.00", "20.00"));
      expect(await bank.statements(CLOSES)).toEqual([
        { isBalanced: true, difference: null, summary: null, checks: [check("40.00", "0.00")] },
      ]);
      expect(await bank.openFindings()).toEqual([]);
    },
  );

  test("C37: a message whose totals do not match its balances is not balanced", async () => {
    const bank = await bankWith("052.08", message("60.00", "25.00"));
    expect(await bank.statements(CLOSES)).toMatchObject([{ isBalanced: false, checks: [check("35.00", "5.00")] }]);
    expect(await bank.openFindings()).toEqual([
      {
        kind: "STATEMENT_NOT_CLOSED",
        summary: expect.stringContaining("control totals differ from its closing balance by 5.00 EUR"),
      },
    ]);
  });

  test.each([
    ["a sum of debits that is negative", total("TtlCdtNtries", 2, "60.00") + total("TtlDbtNtries", 1, "-20.00"), true],
    [
      "a net amount",
      total("TtlNtries", 3, "80.00", "<TtlNetNtry><Amt>40.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry>"),
      true,
    ],
    [
      "a net amount of the other direction",
      total("TtlNtries", 3, "80.00", "<TtlNetNtry><Amt>40.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>"),
      false,
    ],
    ["credits that are all its entries", total("TtlNtries", 2, "40.00") + total("TtlCdtNtries", 2, "40.00"), true],
    [
      "credits, and no entry of the other direction",
      total("TtlCdtNtries", 2, "40.00") + "<TtlDbtNtries><NbOfNtries>0</NbOfNtries></TtlDbtNtries>",
      true,
    ],
    ["credits that are not all its entries", total("TtlNtries", 3, "80.00") + total("TtlCdtNtries", 2, "60.00"), null],
    ["credits that match, and no debits", total("TtlCdtNtries", 2, "40.00"), true],
    ["credits that do not match, and no debits", total("TtlCdtNtries", 2, "60.00"), null],
    ["counts without sums", "<TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries>", null],
  ])("C37: with %s", async (_name, parts, isBalanced) => {
    const bank = await bankWith("052.08", message("", "", { more: totals(parts) }));
    expect(await bank.statements("isBalanced summary { agrees }")).toEqual([{ isBalanced, summary: null }]);
    expect(await kindsOf(bank)).toEqual(isBalanced === false ? ["STATEMENT_NOT_CLOSED"] : []);
  });

  test("C37: totals of no entries are balanced when the balance did not move, and agree", async () => {
    const bank = await bankWith("053.08", {
      opening: "100.00",
      closing: "100.00",
      entries: [],
      more: totals(total("TtlNtries", 0, "0")),
    });
    expect(await bank.statements(CLOSES)).toMatchObject([{ isBalanced: true, summary: { agrees: true } }]);
  });

  test("C37: listed entries decide the balance, and the totals are compared with them", async () => {
    const bank = await bankWith("052.08", message("60.00", "20.00", { entries: [{ amount: "35.00" }] }));
    expect(await bank.statements(CLOSES)).toMatchObject([
      { isBalanced: false, summary: { agrees: false }, checks: [check("35.00", "5.00", "ENTRIES")] },
    ]);
    expect(await kindsOf(bank)).toEqual(["STATEMENT_NOT_CLOSED", "STATEMENT_SUMMARY_DIFFERS"]);
  });

  test("C37: totals have no currency: with balances in two currencies they have the account's", async () => {
    const dollars = (code: string) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="USD">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-01</Dt></Dt></Bal>`;
    const one = message("60.00", "20.00");
    const bank = await bankWith("052.08", { ...one, more: dollars("OPBD") + dollars("CLBD") + (one.more ?? "") });
    expect(await bank.statements("isBalanced checks { currency basis isBalanced }")).toEqual([
      {
        isBalanced: true,
        checks: [
          { currency: "EUR", basis: "CONTROL_TOTALS", isBalanced: true },
          { currency: "USD", basis: "ENTRIES", isBalanced: true },
        ],
      },
    ]);
  });

  test("C37: notified entries are not missing from a statement that lists no entries", async () => {
    const bank = await bankWith("054.08", { entries: [{ amount: "40.00", reference: "N1" }] });
    await bank.bring(camt("053.08", [message("60.00", "20.00", { id: "S1" })]));
    expect(await kindsOf(bank)).not.toContain("BOOKED_NOT_IN_STATEMENT");
  });
});
