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
    "%s: it is quarantined with its position, the others are stored, the statement is incomplete",
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
      expect(await query("select is_complete, is_balanced, faulty_count from statements where source_id = $1")).toEqual(
        [{ is_complete: false, is_balanced: false, faulty_count: 1 }],
      );
      expect(await query("select kind from findings where source_id = $1 and closed_at is null order by 1")).toEqual([
        { kind: "MALFORMED_FIELD" },
        { kind: "STATEMENT_INCOMPLETE" },
        { kind: "STATEMENT_NOT_CLOSED" },
      ]);
      // The bank sends it again, correctly: the missing entries are added, and nothing remains open.
      await bringFile(store.db, source, camt("053.08", [{ ...THREE, created: "2024-03-02T08:00:00Z" }], "M2"));
      expect(await query("select 1 from bank_transactions where source_id = $1")).toHaveLength(3);
      expect(
        await query(
          "select kind from findings where source_id = $1 and closed_at is null and kind not in ('STATEMENT_RESTATED', 'MALFORMED_FIELD')",
        ),
      ).toEqual([]);
    },
  );

  test("C4: an unlisted currency stops nothing, and an invalid currency code stops only its entry or balance", async () => {
    const entries = [
      { amount: "1.00", currency: "HRK" },
      { amount: "2.00", currency: "QQQ" },
      { amount: "3.00", currency: "KUNA" },
      { amount: "4.00" },
    ];
    const balance = (currency: string) =>
      `<Bal><Tp><CdOrPrtry><Cd>ITBD</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-01</Dt></Dt></Bal>`;
    const more = ["XCG", "QQQ", "eu"].map(balance).join("");
    const result = await bringFile(
      store.db,
      source,
      camt("053.08", [{ opening: "0.00", closing: "4.00", entries, more }]),
    );
    expect(result).toMatchObject({ quarantined: 1, statements: [{ entries: 4, booked: 3, faulty: 1 }] });
    expect(
      await query("select amount_minor, exponent, currency from bank_transactions where source_id = $1 order by 1"),
    ).toEqual([
      { amount_minor: 2n, exponent: 0, currency: "QQQ" },
      { amount_minor: 100n, exponent: 2, currency: "HRK" },
      { amount_minor: 400n, exponent: 2, currency: "EUR" },
    ]);
    expect(await query("select path from quarantined_records where source_id = $1")).toEqual([{ path: "Amt/@Ccy" }]);
    const [statement] = await query(
      "select balance_list::text as balances, is_complete from statements where source_id = $1",
    );
    expect(statement?.["balances"]).toMatch(/"XCG"[^]*"QQQ"/);
    expect(statement).toMatchObject({ is_complete: false });
  });

  test("18 digits before the point and five after it are kept (F83)", async () => {
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

  test("entries that are pending, for information, or of an unknown status are not in the totals and are listed separately", async () => {
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
    expect(await query("select is_balanced, booked_count, pending_count from statements where source_id = $1")).toEqual(
      [{ is_balanced: true, booked_count: 1, pending_count: 1 }],
    );
  });

  test("a reversal keeps the direction that is written", async () => {
    const entries = [{ amount: "5.00", direction: "DBIT" as const, reversal: true }];
    await bringFile(store.db, source, camt("053.08", [{ opening: "9.00", closing: "4.00", entries }]));
    expect(await query("select direction, is_reversal from bank_transactions where source_id = $1")).toEqual([
      { direction: "DEBIT", is_reversal: true },
    ]);
    expect(await query("select is_balanced from statements where source_id = $1")).toEqual([{ is_balanced: true }]);
  });
});

describe("a message that differs from its documented format (F26)", () => {
  const FINDINGS = `select kind, evidence ->> 'path' as path, evidence -> 'samples' ->> 0 as sample, evidence ->> 'count' as count
    from findings where source_id = $1 and evidence ->> 'entity' = 'Statement' order by path`;

  test("by elements and statuses that no version has is stored, with one finding for each path", async () => {
    const xml = camt("053.08", [THREE])
      .replaceAll("</Ntry>", "<Mood><Lvl>Ann</Lvl></Mood></Ntry>")
      .replace("<Bal>", "<Score>5</Score><Bal>")
      .replace("<Cd>BOOK</Cd>", "<Cd>WAIT</Cd>");
    expect(await bringFile(store.db, source, xml)).toMatchObject({ created: 3, quarantined: 0 });
    expect(await query(FINDINGS)).toEqual([
      { kind: "UNKNOWN_FIELD", path: "Ntry/Mood", sample: "3 elements", count: "1" },
      { kind: "UNKNOWN_VALUE", path: "Ntry/Sts", sample: "WAIT", count: "1" },
      { kind: "UNKNOWN_FIELD", path: "Stmt/Score", sample: "1 elements", count: "1" },
    ]);
  });
});
