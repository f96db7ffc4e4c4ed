import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { camt, type StatementText } from "../../helpers/bank-files.ts";
import { type BankBooks, useBankBooks } from "../../helpers/bank-books.ts";

let bank: BankBooks;
beforeAll(async () => {
  bank = await useBankBooks();
});
beforeEach(() => bank.reset());
afterAll(async () => bank[Symbol.asyncDispose]());

/** A day's statement of the account in one currency. Only the currency distinguishes it from the others. */
function statement(currency: string, day: number, more: Partial<StatementText> = {}): StatementText {
  return {
    id: "S",
    sequence: String(day),
    currency,
    day: `2026-01-0${day}`,
    created: `2026-01-0${day}T20:00:00Z`,
    opening: `${day}0.00`,
    closing: `${day + 1}0.00`,
    entries: [{ amount: "10.00", booked: `2026-01-0${day}` }],
    ...more,
  };
}
const THREE = ["USD", "CAD", "EUR"];

const accounts = async () => {
  const { data } = await bank.graph.query(
    `{ accounts(filter: { sourceIds: ["${bank.sourceId()}"] }) { nodes { id currency balances { kind money { amount currency } } } } }`,
  );
  return data.accounts.nodes as { id: string; currency: string | null; balances: { kind: string; money: object }[] }[];
};

const comparisons = async () => {
  const { data } = await bank.graph.query(
    `{ statements(filter: { sourceIds: ["${bank.sourceId()}"] }) { nodes { comparisons { with agrees } } } }`,
  );
  return data.statements.nodes.flatMap(({ comparisons: own }: { comparisons: object[] }) => own) as object[];
};

describe("C31: one IBAN in several currencies", () => {
  test("three statements of one id and number are three, and the account has no currency of its own", async () => {
    await bank.bring(
      "053.08",
      THREE.map((currency) => statement(currency, 1)),
    );
    const statements = await bank.statements();
    expect(statements).toHaveLength(3);
    expect(statements.map(({ entries, isBalanced, links }) => ({ entries, isBalanced, links }))).toEqual(
      expect.arrayContaining(
        THREE.map((currency) => ({
          entries: [`+10.00 ${currency} BOOKED`],
          isBalanced: true,
          links: [`${currency} FIRST`],
        })),
      ),
    );
    expect(await bank.findings()).toEqual([]);
    const [account, ...others] = await accounts();
    expect(others).toEqual([]);
    expect(account?.currency).toBeNull();
    const closing = account?.balances.filter(({ kind }) => kind === "CLOSING").map(({ money }) => money);
    expect(closing).toHaveLength(3);
    expect(closing).toEqual(expect.arrayContaining(THREE.map((currency) => ({ amount: "20.00", currency }))));
  });

  test("in separate files, in any order, they are the same, and follow each other by currency", async () => {
    const files = [1, 2, 3].flatMap((day) => THREE.map((currency) => statement(currency, day)));
    const seen = [];
    for (const order of [files, files.toReversed()]) {
      await bank.reset();
      for (const [index, one] of order.entries()) await bank.bring("053.08", one, `M${index}`);
      expect((await accounts()).map(({ currency }) => currency)).toEqual([null]);
      const statements = await bank.statements();
      expect(statements.flatMap(({ links }) => links).toSorted()).toEqual(
        THREE.toSorted().flatMap((currency) => [
          `${currency} CONTINUOUS`,
          `${currency} CONTINUOUS`,
          `${currency} FIRST`,
        ]),
      );
      expect(await bank.findings()).toEqual([]);
      seen.push(await bank.query("select external_id from statements where source_id = $1 order by 1"));
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  test("a gap in one currency is found with any number of other statements in between", async () => {
    const others = Array.from(
      { length: 50 },
      (_, n) => `X${String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26))}`,
    );
    const all = [...others, "EUR"];
    await bank.bring(
      "053.08",
      all.map((currency) => statement(currency, 1)),
    );
    await bank.bring(
      "053.08",
      all.map((currency) => statement(currency, 3)),
      "M2",
    );
    expect(new Set(await bank.findings())).toEqual(new Set(["STATEMENT_GAP"]));
    expect(await bank.findings()).toHaveLength(all.length);
    await bank.bring(
      "053.08",
      all.map((currency) => statement(currency, 2)),
      "M3",
    );
    expect(await bank.findings()).toEqual([]);
  });

  test("a report of one currency is compared with the statements of that currency", async () => {
    await bank.bring("052.08", { ...statement("USD", 1), id: "R" });
    await bank.bring("053.08", statement("EUR", 1));
    expect(await bank.findings()).toEqual([]);
    expect(await comparisons()).toEqual([]);
    await bank.bring("053.08", statement("USD", 1, { entries: [], closing: "10.00" }), "M2");
    expect(await bank.findings()).toEqual(["BOOKED_NOT_IN_STATEMENT"]);
  });

  test("without an account currency, the balances determine it", async () => {
    const bare = (currency: string) =>
      camt("053.08", [statement(currency, 1)], currency).replace(`<Ccy>${currency}</Ccy>`, "");
    for (const currency of THREE) await bank.bringXml(bare(currency));
    expect(await bank.statements()).toHaveLength(3);
    expect((await accounts()).map(({ currency }) => currency)).toEqual([null]);
  });

  test("one currency that only some messages state is the account's, whichever message is the newest", async () => {
    const unstated: StatementText = {
      id: "N",
      currency: "EUR",
      created: "2026-01-09T00:00:00Z",
      entries: [{ amount: "1.00" }],
    };
    const bare = camt("054.08", [unstated], "N").replace("<Ccy>EUR</Ccy>", "");
    for (const bring of [
      [() => bank.bringXml(bare), () => bank.bring("053.08", statement("EUR", 1))],
      [() => bank.bring("053.08", statement("EUR", 1)), () => bank.bringXml(bare)],
    ]) {
      await bank.reset();
      for (const one of bring) await one();
      expect((await accounts()).map(({ currency }) => currency)).toEqual(["EUR"]);
    }
  });

  test("one statement with balances in several currencies stays one", async () => {
    const dollars = `<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>`;
    await bank.bringXml(camt("053.08", [statement("EUR", 1, { more: dollars })]).replace("<Ccy>EUR</Ccy>", ""));
    expect(await bank.statements()).toHaveLength(1);
    expect((await accounts()).map(({ currency }) => currency)).toEqual([null]);
  });

  test("amounts of entries in another currency do not make the account one of several currencies", async () => {
    const foreign = { amount: "3.00", currency: "USD", booked: "2026-01-01" };
    await bank.bring("053.08", statement("EUR", 1, { entries: [foreign], closing: "10.00" }));
    expect((await accounts()).map(({ currency }) => currency)).toEqual(["EUR"]);
  });

  test("a statement that is stored without its currency in its id keeps that id when it is received again", async () => {
    await bank.bring("053.08", statement("EUR", 1));
    const [{ id, external_id: own } = {}] = await bank.query(
      "select id, external_id from statements where source_id = $1",
    );
    const key = String(own).replace(/\/EUR$/, "");
    // As stored by a version that did not use the currency.
    const stored = entityId("acme", bank.sourceId(), "Statement", key);
    await bank.query(`update statements set id = '${stored}', external_id = '${key}' where source_id = $1`);
    for (const table of ["statement_parts", "statement_entries", "bank_transactions", "statement_links"])
      await bank.query(
        `update ${table} set statement_id = '${stored}' where statement_id = '${String(id)}' and source_id = $1`,
      );
    await bank.bring("053.08", statement("EUR", 1), "M2");
    await bank.bring("053.08", statement("USD", 1), "M3");
    expect(await bank.query("select external_id from statements where source_id = $1 order by 1")).toEqual([
      { external_id: key },
      { external_id: `${key}/USD` },
    ]);
    expect(await bank.lines()).toEqual(["+10.00 EUR BOOKED", "+10.00 USD BOOKED"]);
  });
});
