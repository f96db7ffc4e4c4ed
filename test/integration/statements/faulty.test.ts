import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { bankSource, bringFile, camt, type StatementText } from "../../helpers/bank-files.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let source = bankSource();
let serial = 0;

beforeAll(async () => {
  store = await useStore();
});
beforeEach(() => {
  source = bankSource(`bank-${(serial += 1)}`);
});
afterAll(async () => store[Symbol.asyncDispose]());

const query = (text: string): Promise<Record<string, unknown>[]> =>
  store.db.read("acme", (tx) => tx.query(text, [source.id]));

const THREE: StatementText = {
  opening: "0.00",
  closing: "6.00",
  entries: [{ amount: "1.00" }, { amount: "2.00" }, { amount: "3.00" }],
};

describe("one entry that cannot be read", () => {
  test.each([
    ["no amount", '<Amt Ccy="EUR">2.00</Amt>', "", "Amt"],
    ["a garbled number", ">2.00<", ">2,0O<", "Amt"],
    ["an amount with a sign", ">2.00<", ">-2.00<", "Amt"],
    ["an unknown direction", "2.00</Amt><CdtDbtInd>CRDT<", "2.00</Amt><CdtDbtInd>FOOBAR<", "CdtDbtInd"],
    [
      "a day that does not exist",
      "2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2024-03-01<",
      "2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2024-02-30<",
      "BookgDt",
    ],
  ])(
    "%s: it is quarantined by its place, the rest is stored, the statement is incomplete",
    async (_name, from, to, path) => {
      const xml = camt("053.08", [THREE]);
      expect(xml).toContain(from);
      const result = await bringFile(store.db, source, xml.replace(from, to));
      expect(result).toMatchObject({ created: 2, quarantined: 1, statements: [{ entries: 3, booked: 2, faulty: 1 }] });
      expect(await query("select amount_minor from bank_transactions where source_id = $1 order by 1")).toEqual([
        { amount_minor: 100n },
        { amount_minor: 300n },
      ]);
      expect(
        await query(
          "select path, raw_path, raw_hash is not null as has_bytes, entity_type from quarantined_records where source_id = $1",
        ),
      ).toEqual([
        {
          path: expect.stringContaining(path),
          raw_path: "/Document/BkToCstmrStmt/Stmt[1]/Ntry[2]",
          has_bytes: true,
          entity_type: "BankTransaction",
        },
      ]);
      expect(await query("select is_complete, closes, faulty_count from statements where source_id = $1")).toEqual([
        { is_complete: false, closes: false, faulty_count: 1 },
      ]);
      expect(await query("select kind from findings where source_id = $1 and closed_at is null order by 1")).toEqual([
        { kind: "STATEMENT_INCOMPLETE" },
        { kind: "STATEMENT_NOT_CLOSED" },
      ]);
      // The bank sends it again, as it should be: what was missing comes, and nothing stands open any more.
      await bringFile(store.db, source, camt("053.08", [{ ...THREE, created: "2024-03-02T08:00:00Z" }], "M2"));
      expect(await query("select 1 from bank_transactions where source_id = $1")).toHaveLength(3);
      expect(
        await query(
          "select kind from findings where source_id = $1 and closed_at is null and kind <> 'STATEMENT_RESTATED'",
        ),
      ).toEqual([]);
    },
  );

  test("18 digits before the point and five after it stay as they are (F83)", async () => {
    const entries = ["999999999999999999", "0.12345", "0007.50", "12345678901234.56789"].map((amount) => ({ amount }));
    await bringFile(store.db, source, camt("053.08", [{ entries }]));
    expect(
      await query(
        "select amount_minor, exponent from bank_transactions where source_id = $1 order by amount_minor * power(10::numeric, -exponent)",
      ),
    ).toEqual([
      { amount_minor: 12345n, exponent: 5 },
      { amount_minor: 750n, exponent: 2 },
      { amount_minor: 1234567890123456789n, exponent: 5 },
      { amount_minor: 99999999999999999900n, exponent: 2 },
    ]);
  });

  test("what is pending, for information, or of an unknown status counts for nothing and is told apart", async () => {
    const status = (text: string) => ({ amount: "5.00", status: text, endToEndId: text });
    await bringFile(
      store.db,
      source,
      camt("053.08", [{ opening: "0.00", closing: "5.00", entries: ["", "PDNG", "INFO", "FUTR", "ODD"].map(status) }]),
    );
    expect(
      await query("select status, raw_status from bank_transactions where source_id = $1 order by raw_status"),
    ).toEqual([
      { status: "BOOKED", raw_status: "" },
      { status: "FUTURE", raw_status: "FUTR" },
      { status: "INFORMATION", raw_status: "INFO" },
      { status: null, raw_status: "ODD" },
      { status: "PENDING", raw_status: "PDNG" },
    ]);
    expect(await query("select closes, booked_count, pending_count from statements where source_id = $1")).toEqual([
      { closes: true, booked_count: 1, pending_count: 1 },
    ]);
  });

  test("a reversal stays on the side that it is written on", async () => {
    const entries = [{ amount: "5.00", direction: "DBIT" as const, reversal: true }];
    await bringFile(store.db, source, camt("053.08", [{ opening: "9.00", closing: "4.00", entries }]));
    expect(await query("select direction, is_reversal from bank_transactions where source_id = $1")).toEqual([
      { direction: "DEBIT", is_reversal: true },
    ]);
    expect(await query("select closes from statements where source_id = $1")).toEqual([{ closes: true }]);
  });
});
