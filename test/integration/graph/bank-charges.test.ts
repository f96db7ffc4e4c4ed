import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { camt } from "../../helpers/bank-files.ts";
import { type BankGraphServer, useBankGraph } from "../../helpers/bank-graph.ts";

let server: BankGraphServer;
beforeAll(async () => {
  server = await useBankGraph();
});
afterAll(async () => server[Symbol.asyncDispose]());

const CHARGES = `charges { money { amount currency } direction isIncluded type isTotal tax { id rate money { amount currency } } }
  chargesTotal { amount currency }`;

/**
 * The only transaction of a statement whose only entry has these elements in addition to its amount, and these
 * details.
 */
async function transactionWith(format: string, charges: string, details: readonly string[] = []) {
  const bank = await server.bank();
  const xml = camt(format, [{ entries: [{ amount: "97.84" }] }]);
  const below = details.map((detail) => `<TxDtls>${detail}</TxDtls>`).join("");
  await bank.bring(xml.replace("</Ntry>", `${charges}${below === "" ? "" : `<NtryDtls>${below}</NtryDtls>`}</Ntry>`));
  const [transaction, ...others] = await bank.transactions(`${CHARGES} details { nodes { ${CHARGES} } }`);
  expect(others).toEqual([]);
  return transaction;
}

const franc = (amount: string) => ({ amount, currency: "CHF" });
const charge = (amount: string, more: object = {}) => ({
  money: franc(amount),
  direction: null,
  isIncluded: null,
  type: null,
  isTotal: false,
  tax: null,
  ...more,
});
const total = (amount: string): string => `<TtlChrgsAndTaxAmt Ccy="CHF">${amount}</TtlChrgsAndTaxAmt>`;
const amountOf = (amount: string): string => `<Amt Ccy="CHF">${amount}</Amt>`;
const record = (amount: string, more = ""): string => `<Rcrd>${amountOf(amount)}${more}</Rcrd>`;
const TOTAL_ONLY = { charges: [charge("2.16", { isTotal: true })], chargesTotal: franc("2.16") };

test.each(["053.02", "053.04", "053.08", "054.08"])(
  "C36: the charge of an entry with only a total is in the graph (camt.%s)",
  async (format) => {
    const transaction = await transactionWith(format, `<Chrgs>${total("2.16")}</Chrgs>`);
    expect(transaction).toEqual({ ...TOTAL_ONLY, details: { nodes: [] } });
  },
);

test("C36: a total with single charges is a separate field, so that the charges add up", async () => {
  const taxed = record(
    "2.00",
    '<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd><Tp><Cd>BRKF</Cd></Tp><Tax><Id>VAT</Id><Rate>8</Rate><Amt Ccy="CHF">0.16</Amt></Tax>',
  );
  const transaction = await transactionWith("053.08", `<Chrgs>${total("3.16")}${taxed}${record("1.00")}</Chrgs>`);
  expect(transaction).toMatchObject({
    charges: [
      charge("2.00", {
        direction: "DEBIT",
        isIncluded: true,
        type: "BRKF",
        tax: { id: "VAT", rate: "8", money: franc("0.16") },
      }),
      charge("1.00"),
    ],
    chargesTotal: franc("3.16"),
  });
});

test("C36: single charges without a total have none", async () => {
  expect(await transactionWith("053.08", `<Chrgs>${record("1.00")}</Chrgs>`)).toMatchObject({
    charges: [charge("1.00")],
    chargesTotal: null,
  });
});

test("C36: charges of .02, each with its total, are not counted twice", async () => {
  const each = `<Chrgs>${total("3.00")}${amountOf("1.00")}</Chrgs><Chrgs>${total("3.00")}${amountOf("2.00")}</Chrgs>`;
  expect(await transactionWith("053.02", each)).toMatchObject({
    charges: [charge("1.00"), charge("2.00")],
    chargesTotal: franc("3.00"),
  });
  const apart = `<Chrgs>${total("3.00")}</Chrgs><Chrgs>${amountOf("1.00")}</Chrgs><Chrgs>${amountOf("2.00")}</Chrgs>`;
  expect(await transactionWith("053.02", apart)).toMatchObject({
    charges: [charge("1.00"), charge("2.00")],
    chargesTotal: franc("3.00"),
  });
});

test("C36: the total of an entry's only detail is in the graph, for the detail and for the entry", async () => {
  const transaction = await transactionWith("053.08", "", [`<Chrgs>${total("2.16")}</Chrgs>`]);
  expect(transaction).toEqual({ ...TOTAL_ONLY, details: { nodes: [TOTAL_ONLY] } });
});

test("C36: totals of several details are those of the details", async () => {
  const details = ["2.16", "1.00"].map((amount) => `<Chrgs>${total(amount)}</Chrgs>`);
  expect(await transactionWith("053.08", "", details)).toMatchObject({
    charges: [],
    chargesTotal: null,
    details: { nodes: [{ chargesTotal: franc("2.16") }, { chargesTotal: franc("1.00") }] },
  });
});

test("C36: single charges of the only detail take precedence over a total of the entry", async () => {
  const transaction = await transactionWith("053.08", `<Chrgs>${total("2.16")}</Chrgs>`, [
    `<Chrgs>${record("2.00")}${record("0.16")}</Chrgs>`,
  ]);
  expect(transaction).toMatchObject({ charges: [charge("2.00"), charge("0.16")], chargesTotal: franc("2.16") });
});

test("C36: an entry with empty charges has none", async () => {
  expect(await transactionWith("053.08", "<Chrgs/>")).toMatchObject({ charges: [], chargesTotal: null });
});
