import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { camt, type StatementText } from "../../helpers/bank-files.ts";
import { type BankGraphServer, useBankGraph } from "../../helpers/bank-graph.ts";

let server: BankGraphServer;
beforeAll(async () => {
  server = await useBankGraph();
});
afterAll(async () => server[Symbol.asyncDispose]());

const balance = (type: string, amount: string): string =>
  `<Bal><Tp>${type}</Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-01</Dt></Dt></Bal>`;
const code = (written: string, subType = ""): string =>
  `<CdOrPrtry><Cd>${written}</Cd></CdOrPrtry>${subType === "" ? "" : `<SubTp>${subType}</SubTp>`}`;

async function statementWith(balances: string, fields: string, more: Partial<StatementText> = {}) {
  const bank = await server.bank();
  await bank.bring(camt("053.08", [{ entries: [{ amount: "5.00" }], more: balances, ...more }]));
  const [statement] = await bank.statements(fields);
  return { statement, findings: await bank.openFindings() };
}

test("C38: the sub-type of a balance is returned next to its code", async () => {
  const balances = [
    balance(code("OPBD", "<Prtry>OWN-1</Prtry>"), "1.00"),
    balance(code("CLBD", "<Cd>LCUR</Cd>"), "6.00"),
    balance(code("CLAV"), "6.00"),
    balance("<CdOrPrtry><Prtry>LIMIT</Prtry></CdOrPrtry><SubTp><Prtry>DAY</Prtry></SubTp>", "9.00"),
    balance("<SubTp><Prtry>X</Prtry></SubTp><CdOrPrtry><Cd>INFO</Cd></CdOrPrtry>", "7.00"),
  ].join("");
  const { statement } = await statementWith(balances, "balances { code subType } opening { code subType } isBalanced");
  expect(statement).toEqual({
    balances: [
      { code: "OPBD", subType: "OWN-1" },
      { code: "CLBD", subType: "LCUR" },
      { code: "CLAV", subType: null },
      { code: "LIMIT", subType: "DAY" },
      { code: "INFO", subType: "X" },
    ],
    opening: { code: "OPBD", subType: "OWN-1" },
    isBalanced: true,
  });
});

test("C38: a part of the closing balance, named by a sub-type, is not the closing balance", async () => {
  const own = [
    balance(code("OPBD", "<Cd>BLCK</Cd>"), "0.50"),
    balance(code("OPBD"), "1.00"),
    balance(code("CLBD"), "6.00"),
    balance(code("CLBD", "<Cd>BLCK</Cd>"), "0.50"),
    balance(code("CLAV"), "5.50"),
    balance(code("CLAV", "<Cd>BLCK</Cd>"), "0.50"),
  ];
  const bank = await server.bank();
  await bank.bring(camt("053.08", [{ entries: [{ amount: "5.00" }], more: own.join("") }]));
  const fields = "isBalanced closing { money { amount } subType } account { balances { kind money { amount } } }";
  const [statement] = await bank.statements(fields);
  expect(statement).toMatchObject({ isBalanced: true, closing: { money: { amount: "6.00" }, subType: null } });
  expect(statement.account.balances).toEqual(
    expect.arrayContaining([
      { kind: "BOOKED", money: { amount: "6.00" } },
      { kind: "AVAILABLE", money: { amount: "5.50" } },
    ]),
  );
  expect(await bank.openFindings()).toEqual([]);
});

test("C38: pages whose inner balances have the sub-type INTM are one statement", async () => {
  const page = (number: number, last: boolean, balances: string, amount: string) =>
    camt(
      "053.08",
      [{ id: "P", from: "2024-03-01T00:00:00Z", to: "2024-03-01T23:59:59Z", more: balances, entries: [{ amount }] }],
      `P${number}`,
    ).replace("<Id>P</Id>", `<Id>P</Id><StmtPgntn><PgNb>${number}</PgNb><LastPgInd>${last}</LastPgInd></StmtPgntn>`);
  const interim = "<Cd>INTM</Cd>";
  const bank = await server.bank();
  await bank.bring(page(1, false, balance(code("OPBD"), "10.00") + balance(code("CLBD", interim), "11.00"), "1.00"));
  await bank.bring(
    page(2, false, balance(code("OPBD", interim), "11.00") + balance(code("CLBD", interim), "13.00"), "2.00"),
  );
  await bank.bring(page(3, true, balance(code("PRCD", interim), "13.00") + balance(code("CLBD"), "16.00"), "3.00"));
  expect(
    await bank.statements(
      "isBalanced isComplete pages entryCount opening { code money { amount } } closing { money { amount } }",
    ),
  ).toEqual([
    {
      isBalanced: true,
      isComplete: true,
      pages: [1, 2, 3],
      entryCount: 3,
      opening: { code: "OPBD", money: { amount: "10.00" } },
      closing: { money: { amount: "16.00" } },
    },
  ]);
  expect(await bank.openFindings()).toEqual([]);
});
