import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { bankSource, bringFile, camt, type StatementText } from "../../helpers/bank-files.ts";
import { bankYear, type DayFile } from "../../helpers/bank-year.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const DAYS = 60;
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

const openFindings = () =>
  query("select kind, summary from findings where source_id = $1 and closed_at is null order by kind, summary");
const links = async () =>
  query(`select last_day as day, state, difference_minor as difference from statement_links
    join statements on statements.id = statement_id where statement_links.source_id = $1 order by last_day, statements.id`);
const totals = async () =>
  query(`select accounts.external_id as iban, count(*)::int as entries,
      sum(case when direction = 'CREDIT' then amount_minor else -amount_minor end) as booked
    from bank_transactions join accounts on accounts.id = account_id where bank_transactions.source_id = $1 group by 1 order by 1`);

function expected(files: readonly DayFile[]) {
  const of = (account: number) => files.filter((file) => file.account === account);
  return ["DE89370400440532013000", "GB82WEST12345698765432"].map((iban, account) => ({
    iban,
    entries: of(account).reduce((sum, { entries }) => sum + entries, 0),
    booked: of(account).reduce((sum, { booked }) => sum + booked, 0n),
  }));
}

describe("a chain of statements", () => {
  test("with one day removed, two swapped, one doubled, all in reverse order: only the broken links are reported (F81) (F82)", async () => {
    const year = [...bankYear(DAYS, 6)];
    const removed = year[2 * 20];
    const files = year.filter((file) => file !== removed);
    const [early, late] = [files[30], files[34]];
    const order = files.map((file) => (file === early ? late : file === late ? early : file)).toReversed();
    const doubled = order[7];
    const again = doubled?.xml.replace("<MsgId>M1</MsgId>", "<MsgId>M-AGAIN</MsgId>") ?? "";
    for (const file of order) if (file !== undefined) await bringFile(store.db, source, file.xml);
    await bringFile(store.db, source, again);

    expect(await totals()).toEqual(expected(files));
    expect(await query("select 1 from statements where source_id = $1")).toHaveLength(files.length);
    const broken = (await links()).filter(({ state }) => state !== "CONTINUOUS");
    const after = year.find(({ account, day }) => account === 0 && day > (removed?.day ?? ""));
    expect(broken).toEqual([
      { day: year[0]?.day, state: "FIRST", difference: null },
      { day: year[0]?.day, state: "FIRST", difference: null },
      { day: after?.day, state: "GAP", difference: removed?.booked },
    ]);
    expect(await openFindings()).toMatchObject([{ kind: "STATEMENT_GAP" }]);

    await bringFile(store.db, source, removed?.xml ?? "");
    expect(await totals()).toEqual(expected(year));
    expect(await openFindings()).toEqual([]);
    const events = await query(
      "select kind, count(*)::int as times from events where source_id = $1 and kind like 'Finding%' group by 1 order by 1",
    );
    expect(events).toEqual([
      { kind: "FindingClosed", times: expect.any(Number) },
      { kind: "FindingOpened", times: expect.any(Number) },
    ]);
    expect(events[0]?.["times"]).toBe(events[1]?.["times"]);
  });

  const statement = (more: Partial<StatementText>): StatementText => ({ entries: [], ...more });
  const bring = (...statements: readonly StatementText[]) => bringFile(store.db, source, camt("053.08", statements));
  const states = async () => (await links()).map(({ state }) => String(state));

  test("a statement that is not balanced is stored, returned and reported, with the exact difference (F82)", async () => {
    await bring(statement({ opening: "18.150", closing: "27.050", entries: [{ amount: "8.850" }] }));
    expect(
      await query("select is_balanced, checks->0->'difference' as difference from statements where source_id = $1"),
    ).toEqual([{ is_balanced: false, difference: { minor: 5n, exponent: 2, currency: "EUR" } }]);
    expect(await openFindings()).toEqual([
      { kind: "STATEMENT_NOT_CLOSED", summary: expect.stringContaining("differ from its closing balance by 0.05 EUR") },
    ]);
  });

  test.each([
    [`<TtlNtries><NbOfNtries>2</NbOfNtries><Sum>3.00</Sum></TtlNtries>`, true, []],
    [`<TtlNtries><NbOfNtries>3</NbOfNtries><Sum>3.00</Sum></TtlNtries>`, false, ["all.count"]],
    [`<TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>2.01</Sum></TtlCdtNtries>`, false, ["credits.sum"]],
    [`<TtlDbtNtries><NbOfNtries>1</NbOfNtries><Sum>1.000</Sum></TtlDbtNtries>`, true, []],
  ])("the bank's own sums %s agree: %p (F82)", async (summary, agrees, figures) => {
    await bring(
      statement({
        more: `<TxsSummry>${summary}</TxsSummry>`,
        entries: [{ amount: "2.00" }, { amount: "1.00", direction: "DBIT" }],
      }),
    );
    const rows = await query("select summary_matches, summary_differences from statements where source_id = $1");
    expect(rows).toEqual([
      { summary_matches: agrees, summary_differences: figures.map((figure) => expect.objectContaining({ figure })) },
    ]);
    expect((await openFindings()).map(({ kind }) => kind)).toEqual(agrees ? [] : ["STATEMENT_SUMMARY_DIFFERS"]);
  });

  test("control totals with another sum or count, and an opening balance that is not the previous closing one, are findings with the exact difference, until the bank corrects them (F82)", async () => {
    const totals = (count: number, sum: string) =>
      `<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>`;
    const second = (more: Partial<StatementText>) =>
      statement({
        id: "B",
        sequence: "2",
        day: "2024-03-02",
        opening: "10.01",
        closing: "12.01",
        more: totals(2, "2.02"),
        entries: [{ amount: "2.00", booked: "2024-03-02" }],
        ...more,
      });
    await bring(
      statement({
        id: "A",
        sequence: "1",
        day: "2024-03-01",
        opening: "9.00",
        closing: "10.00",
        more: totals(1, "1.00"),
        entries: [{ amount: "1.00" }],
      }),
      second({}),
    );
    const differing = () =>
      query("select kind, evidence from findings where source_id = $1 and closed_at is null order by kind");
    expect(await differing()).toMatchObject([
      { kind: "STATEMENT_GAP", evidence: { currency: "EUR", difference: "0.01" } },
      {
        kind: "STATEMENT_SUMMARY_DIFFERS",
        evidence: {
          differences: [
            { figure: "all.count", stated: "2", found: "1" },
            { figure: "all.sum", stated: "2.02", found: "2.00" },
          ],
        },
      },
    ]);
    // Both are stored as the bank sent them, marked, and taken back when the bank has sent the right one.
    expect(
      await query("select summary_matches, is_balanced from statements where source_id = $1 order by first_day"),
    ).toEqual([
      { summary_matches: true, is_balanced: true },
      { summary_matches: false, is_balanced: true },
    ]);
    const right = { opening: "10.00", closing: "12.00", more: totals(1, "2.00"), created: "2024-03-03T20:00:00Z" };
    await bring(second(right));
    expect((await differing()).map(({ kind }) => kind)).toEqual(["STATEMENT_RESTATED"]);
    expect((await links()).map(({ state, difference }) => [state, difference])).toEqual([
      ["FIRST", null],
      ["CONTINUOUS", 0n],
    ]);
  });

  test("the same statement with other figures is reported: the newer message is used, and no booking is lost", async () => {
    const at = (created: string, closing: string, amounts: readonly string[]) =>
      statement({ sequence: "1", created, opening: "0.00", closing, entries: amounts.map((amount) => ({ amount })) });
    await bring(at("2024-03-01T20:00:00Z", "1.00", ["1.00"]));
    await bring(at("2024-03-01T22:00:00Z", "3.00", ["1.00", "2.00"]));
    await bring(at("2024-03-01T19:00:00Z", "9.00", ["1.00"]));
    expect(await openFindings()).toMatchObject([{ kind: "STATEMENT_RESTATED" }]);
    expect(await query("select is_balanced, entry_count from statements where source_id = $1")).toEqual([
      { is_balanced: true, entry_count: 2 },
    ]);
    expect(await totals()).toMatchObject([{ entries: 2, booked: 300n }]);
  });

  test("days in two statements that do not follow each other overlap", async () => {
    await bring(
      statement({
        id: "A",
        day: "2024-03-05",
        opening: "10.00",
        closing: "12.00",
        entries: [
          { amount: "1.00", booked: "2024-03-04" },
          { amount: "1.00", booked: "2024-03-05" },
        ],
      }),
    );
    await bring(
      statement({
        id: "B",
        day: "2024-03-06",
        opening: "11.00",
        closing: "13.00",
        entries: [
          { amount: "1.00", booked: "2024-03-05" },
          { amount: "1.00", booked: "2024-03-06" },
        ],
      }),
    );
    expect(await states()).toEqual(["FIRST", "OVERLAP"]);
    expect(await openFindings()).toMatchObject([{ kind: "STATEMENT_OVERLAP" }]);
  });

  test("the same days and balances under another id are a duplicate, and the next statement follows the first", async () => {
    const entries = [{ amount: "5.00", booked: "2024-03-04" }];
    await bring(statement({ id: "A", day: "2024-03-04", opening: "10.00", closing: "15.00", entries }));
    await bring(
      statement({
        id: "A2",
        day: "2024-03-04",
        opening: "10.00",
        closing: "15.00",
        entries,
        created: "2024-03-05T06:00:00Z",
      }),
    );
    await bring(statement({ id: "B", day: "2024-03-05", opening: "15.00", closing: "15.00" }));
    expect((await states()).toSorted()).toEqual(["CONTINUOUS", "DUPLICATE", "FIRST"]);
    expect(await totals()).toMatchObject([{ entries: 1, booked: 500n }]);
  });

  test("decreasing numbers with matching balances are out of order, and a new year starts a new sequence", async () => {
    await bring(statement({ id: "A", sequence: "9", day: "2024-12-30", opening: "1.00", closing: "1.00" }));
    await bring(statement({ id: "B", sequence: "8", day: "2024-12-31", opening: "1.00", closing: "1.00" }));
    await bring(statement({ id: "C", sequence: "1", day: "2025-01-02", opening: "1.00", closing: "1.00" }));
    expect(await states()).toEqual(["FIRST", "OUT_OF_ORDER", "CONTINUOUS"]);
  });

  test("statements of one day without numbers are ordered by their balances", async () => {
    await bring(
      statement({ id: "Z", opening: "1.00", closing: "3.00", entries: [{ amount: "2.00" }] }),
      statement({ id: "A", opening: "3.00", closing: "4.00", entries: [{ amount: "1.00" }] }),
    );
    expect(await openFindings()).toEqual([]);
    expect((await states()).toSorted()).toEqual(["CONTINUOUS", "FIRST"]);
  });

  test("a missing page is named, and with it the statement is complete", async () => {
    const page = (number: number, last: boolean, balances: string, amount: string) =>
      camt(
        "053.08",
        [
          statement({
            id: "P",
            from: "2024-03-04T00:00:00Z",
            to: "2024-03-04T23:59:59Z",
            more: balances,
            entries: [{ amount, booked: "2024-03-04" }],
          }),
        ],
        `P${number}`,
      ).replace("<Id>P</Id>", `<Id>P</Id><StmtPgntn><PgNb>${number}</PgNb><LastPgInd>${last}</LastPgInd></StmtPgntn>`);
    const balance = (code: string, amount: string) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-04</Dt></Dt></Bal>`;
    await bringFile(store.db, source, page(1, false, balance("OPBD", "10.00") + balance("ITBD", "11.00"), "1.00"));
    await bringFile(store.db, source, page(3, true, balance("ITBD", "13.00") + balance("CLBD", "16.00"), "3.00"));
    expect(await openFindings()).toEqual([
      { kind: "STATEMENT_INCOMPLETE", summary: expect.stringContaining("pages are missing: 2") },
      { kind: "STATEMENT_NOT_CLOSED", summary: expect.stringContaining("differ from its closing balance by 2.00 EUR") },
    ]);
    await bringFile(store.db, source, page(2, false, balance("ITBD", "11.00") + balance("ITBD", "13.00"), "2.00"));
    expect(await openFindings()).toEqual([]);
    expect(
      await query("select is_balanced, is_complete, pages, entry_count from statements where source_id = $1"),
    ).toEqual([{ is_balanced: true, is_complete: true, pages: [1, 2, 3], entry_count: 3 }]);
  });

  test("entries that notifications and reports list as booked and no statement of the day has are reported until one has them", async () => {
    const notify = (id: string, amount: string) =>
      bringFile(store.db, source, camt("054.08", [statement({ id, entries: [{ amount, reference: id }] })], id));
    await notify("N1", "1.00");
    await notify("N2", "2.00");
    await bring(
      statement({ id: "A", opening: "0.00", closing: "1.00", entries: [{ amount: "1.00", reference: "N1" }] }),
    );
    expect(await openFindings()).toEqual([
      { kind: "BOOKED_NOT_IN_STATEMENT", summary: expect.stringMatching(/^1 booking /) },
    ]);
    await notify("N3", "3.00");
    expect(await openFindings()).toMatchObject([{ summary: expect.stringMatching(/^2 bookings /) }]);
    await bring(
      statement({
        id: "B",
        opening: "1.00",
        closing: "6.00",
        entries: [
          { amount: "2.00", reference: "N2" },
          { amount: "3.00", reference: "N3" },
        ],
      }),
    );
    expect(await openFindings()).toEqual([]);
  });
});
