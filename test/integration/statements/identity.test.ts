import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { bankSource, bringFile, camt, type EntryText, type StatementText } from "../../helpers/bank-files.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let source = bankSource();
let serial = 0;

beforeAll(async () => {
  store = await useStore();
});
beforeEach(() => {
  source = bankSource(`bank-${(serial += 1)}`); // a bank of its own for each test
});
afterAll(async () => store[Symbol.asyncDispose]());

const query = (text: string): Promise<Record<string, unknown>[]> =>
  store.db.read("acme", (tx) => tx.query(text, [source.id]));

/** The account's transactions: `+10 BOOKED`, in order. */
async function ledger(): Promise<readonly string[]> {
  const rows = await query(
    `select case direction when 'CREDIT' then '+' else '-' end || trunc(amount_minor / 100)::text || ' ' || status as line
     from bank_transactions where source_id = $1 order by 1`,
  );
  return rows.map((row) => String(row["line"]));
}

const bring = (format: string, statement: StatementText | readonly StatementText[], messageId?: string) =>
  bringFile(store.db, source, camt(format, [statement].flat(), messageId));

const coffee: EntryText = { amount: "3.00", direction: "DBIT" };
const day = (entries: readonly EntryText[], more: Partial<StatementText> = {}): StatementText => ({
  id: "S1",
  day: "2024-03-01",
  entries,
  ...more,
});

describe("one booking in several messages", () => {
  test("two identical coffees of one day are two, also when their statement is received again in other bytes (F81)", async () => {
    await bring("053.08", day([coffee, coffee]));
    await bring("053.08", day([coffee, coffee]), "M2");
    expect(await ledger()).toEqual(["-3 BOOKED", "-3 BOOKED"]);
  });

  test.each(["02", "04", "06", "07", "13"])("the same statement in version %s changes nothing", async (version) => {
    const entries = [
      { amount: "10.00", endToEndId: "E1", text: "invoice 1" },
      { amount: "10.00", endToEndId: "E2", text: "invoice 2" },
      coffee,
      coffee,
    ];
    await bring("053.08", day(entries, { sequence: "7", opening: "0.00", closing: "14.00" }));
    await bring(
      `053.${version}`,
      day(entries.toReversed(), { sequence: "7", opening: "0.00", closing: "14.00" }),
      "M2",
    );
    expect(await ledger()).toHaveLength(4);
    expect(await query("select 1 from statements where source_id = $1")).toHaveLength(1);
  });

  test("overlapping statements contain the common days once, and consecutive ones share nothing", async () => {
    const monday: EntryText = { ...coffee, booked: "2024-03-04" };
    const tuesday: EntryText = { ...coffee, booked: "2024-03-05" };
    const wednesday: EntryText = { ...coffee, booked: "2024-03-06" };
    await bring(
      "053.08",
      day([monday, tuesday, tuesday], { id: "A", opening: "100.00", closing: "91.00", day: "2024-03-05" }),
    );
    await bring(
      "053.08",
      day([tuesday, tuesday, wednesday], { id: "B", opening: "97.00", closing: "88.00", day: "2024-03-06" }),
    );
    expect(await ledger()).toHaveLength(4);
    // Two statements of one day, the second opening with the closing balance of the first: identical entries in them
    // are different bookings.
    await bring("053.08", day([wednesday], { id: "C", opening: "88.00", closing: "85.00", day: "2024-03-06" }));
    expect(await ledger()).toHaveLength(5);
  });

  test("a report's pending entry is booked by the statement, matched by a reference or by its text", async () => {
    const pending = { status: "PDNG", booked: "", valued: "2024-03-01" };
    await bring(
      "052.08",
      day([
        { amount: "50.00", endToEndId: "E1", ...pending },
        { amount: "60.00", text: "rent  March", ...pending },
        { amount: "70.00", ...pending },
      ]),
    );
    expect(await ledger()).toEqual(["+50 PENDING", "+60 PENDING", "+70 PENDING"]);
    const booked = { booked: "2024-03-04" };
    await bring(
      "053.08",
      day(
        [
          { amount: "50.00", endToEndId: "E1", reference: "R1", ...booked },
          { amount: "60.00", text: "Rent March", ...booked },
        ],
        { id: "S2", day: "2024-03-04" },
      ),
    );
    expect(await ledger()).toEqual(["+50 BOOKED", "+60 BOOKED", "+70 PENDING"]);
  });

  test("a booked entry does not become pending again when the report arrives late", async () => {
    await bring("053.08", day([{ amount: "50.00", endToEndId: "E1", booked: "2024-03-04" }], { day: "2024-03-04" }));
    await bring(
      "052.08",
      day([{ amount: "50.00", endToEndId: "E1", status: "PDNG", booked: "", valued: "2024-03-01" }]),
    );
    expect(await ledger()).toEqual(["+50 BOOKED"]);
  });

  test("notifications and the statement are one booking, and two notifications that differ only in their id are two", async () => {
    const credit = { amount: "20.00" };
    await bring("054.08", day([credit], { id: "N1" }), "N1");
    await bring("054.08", day([credit], { id: "N2" }), "N2");
    await bring(
      "054.08",
      day([{ amount: "30.00", uetr: "0af7651916cd43dd8448eb211c80319c", text: "a" }], { id: "N3" }),
      "N3",
    );
    await bring("053.08", day([credit, credit, { amount: "30.00" }], { opening: "0.00", closing: "70.00" }));
    expect(await ledger()).toEqual(["+20 BOOKED", "+20 BOOKED", "+30 BOOKED"]);
  });

  test("repeated references merge nothing: three entries with one AcctSvcrRef are three", async () => {
    const fee = (amount: string): EntryText => ({ amount, direction: "DBIT", reference: "REF-1" });
    await bring("053.08", day([fee("1.00"), fee("1.00"), fee("2.00")]));
    await bring("053.08", day([{ ...fee("1.00"), booked: "2024-03-02" }], { id: "S2", sequence: "2" }));
    expect(await ledger()).toHaveLength(4);
  });

  test("a large statement is one, in any number of transactions", async () => {
    const many = Array.from({ length: 1_700 }, (_, index): EntryText => ({ amount: `${1 + (index % 3)}.00` }));
    const result = await bring("053.08", day(many));
    expect(result).toMatchObject({ created: 1_700, known: 0 });
    expect(await ledger()).toHaveLength(1_700);
    expect(await bring("053.08", day(many), "M2")).toMatchObject({ created: 0, known: 1_700 });
    expect(await ledger()).toHaveLength(1_700);
  });
});
