import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { camt, type StatementText } from "../../helpers/bank-files.ts";
import { expectBankInvariants } from "../../helpers/bank-invariants.ts";
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

/** Statement 39 of 24 to 26 January, as the bank sent it once. */
function statementWith(closing: string, amounts: readonly string[], more: Partial<StatementText> = {}): StatementText {
  return {
    id: "S",
    sequence: "39",
    from: "2026-01-24T00:00:00Z",
    to: "2026-01-26T23:59:59Z",
    opening: "1000.07",
    closing,
    day: "2026-01-26",
    created: "2026-01-26T20:00:00Z",
    entries: amounts.map((amount) => ({ amount, booked: "2026-01-26" })),
    ...more,
  };
}
const first = statementWith("1107.17", ["107.10"]);
const second = statementWith("1119.07", ["119.00"]);

/**
 * Each transaction that is not withdrawn has the state of a statement that it belongs to; each one was in some
 * message.
 */
async function expectConsistent(): Promise<void> {
  const statements = await bank.statements();
  for (const { entries, booked } of statements) {
    const sum = entries
      .filter((line) => line.endsWith("BOOKED"))
      .reduce((total, line) => total + BigInt(line.split(" ")[0]?.replace(".", "") ?? 0), 0n);
    expect(`${sum}`).toBe(`${BigInt(booked[0]?.split(" ")[0]?.replace(".", "") ?? 0)}`);
  }
  for (const { id, line, statement, reportedBy } of await bank.transactions()) {
    expect(reportedBy.length).toBeGreaterThan(0);
    const [currentIn] = line.endsWith("WITHDRAWN")
      ? []
      : await bank.query(
          `select page from statement_parts part join statement_entries entry using (statement_id, page, file_id, occurrence)
           where entry.source_id = $1 and entry.transaction_id = '${id}' and entry.statement_id = '${statement?.id}'`,
        );
    expect(currentIn === undefined).toBe(line.endsWith("WITHDRAWN"));
  }
}

describe("C34: two statements of one identity", () => {
  const expected = [{ entries: ["+119.00 EUR BOOKED"], booked: ["119.00 EUR"], isBalanced: true, statementId: "S" }];

  test("in one message: the later one is used, the other's entry is withdrawn, and a finding is opened", async () => {
    await bank.bring("053.08", [first, second]);
    expect(await bank.findings()).toEqual(["STATEMENT_RESTATED"]);
    expect(await bank.statements()).toMatchObject(expected);
    expect(await bank.lines()).toEqual(["+107.10 EUR WITHDRAWN", "+119.00 EUR BOOKED"]);
    await expectConsistent();
  });

  test("the sandbox's statement that is twice in one message has its correct version", async () => {
    const world = createWorld({ seed: 4, entriesPerDay: 6 });
    const [account] = world.accounts;
    if (account === undefined) throw new Error("a world has accounts");
    const request = requestOf({ days: [1], account: 0, fault: { name: "reported-twice", minor: 700 } });
    for (const message of planMessages(world, request, 1)) await bank.bringXml(bytesOf(message).toString());
    expect(await bank.findings()).toEqual(["STATEMENT_RESTATED"]);
    const [statement] = await bank.statements();
    expect(statement?.isBalanced).toBe(true);
    const booked = [...world.booked(account, 1)];
    const actual = (await bank.lines()).filter((line) => line.endsWith("BOOKED"));
    expect(actual).toHaveLength(booked.length);
    expect(await bank.lines()).toHaveLength(booked.length + 1);
    await expectConsistent();
    await expectBankInvariants(bank.query);
  });

  test("in two files: the same, in any order", async () => {
    const later = { ...second, created: "2026-01-27T08:00:00Z" };
    for (const order of [
      [first, later],
      [later, first],
    ]) {
      await bank.reset();
      for (const [index, one] of order.entries()) await bank.bring("053.08", one, `M${index}`);
      expect(await bank.findings()).toEqual(["STATEMENT_RESTATED"]);
      expect(await bank.statements()).toMatchObject(expected);
      expect(await bank.lines()).toEqual(["+107.10 EUR WITHDRAWN", "+119.00 EUR BOOKED"]);
      await expectConsistent();
    }
  });

  test("the message's own times take precedence over its order", async () => {
    await bank.bring("053.08", [{ ...second, created: "2026-01-27T08:00:00Z" }, first]);
    expect(await bank.statements()).toMatchObject(expected);
    expect(await bank.lines()).toEqual(["+107.10 EUR WITHDRAWN", "+119.00 EUR BOOKED"]);
    await expectConsistent();
  });

  test("in one message and equal: they are one, and no finding is opened", async () => {
    await bank.bring("053.08", [first, first]);
    expect(await bank.findings()).toEqual([]);
    expect(await bank.lines()).toEqual(["+107.10 EUR BOOKED"]);
    expect(await bank.statements()).toHaveLength(1);
    await expectConsistent();
  });

  test("three of them with some equal entries: each booking is one transaction", async () => {
    await bank.bring("053.08", [
      statementWith("1030.07", ["10.00", "10.00", "10.00"]),
      statementWith("1020.07", ["10.00", "10.00"]),
      statementWith("1025.07", ["10.00", "15.00"]),
    ]);
    expect(await bank.lines()).toEqual([
      "+10.00 EUR BOOKED",
      "+10.00 EUR WITHDRAWN",
      "+10.00 EUR WITHDRAWN",
      "+15.00 EUR BOOKED",
    ]);
    await expectConsistent();
  });

  test("the same file again, unchanged or in other bytes, changes nothing", async () => {
    const xml = camt("053.08", [first, second]);
    await bank.bringXml(xml);
    const events = () => bank.query("select count(*)::int as n from events where source_id = $1");
    const [before, actual] = [await events(), await bank.transactions()];
    expect(await bank.bringXml(xml)).toMatchObject({ created: 0, known: 2 });
    expect(await bank.transactions()).toEqual(actual);
    expect(await events()).toEqual(before);
    await bank.bring("053.08", [first, second], "M2");
    expect(await bank.transactions()).toEqual(actual);
    expect(await bank.findings()).toEqual(["STATEMENT_RESTATED"]);
    await expectConsistent();
  });

  test("an entry that a report lists too stays booked, with the report's state", async () => {
    await bank.bring("052.08", { id: "R", day: "2026-01-26", entries: first.entries });
    await bank.bring("053.08", [first, second]);
    const [report] = (await bank.statements()).filter(({ kind }) => kind === "REPORT");
    expect(await bank.lines()).toEqual(["+107.10 EUR BOOKED", "+119.00 EUR BOOKED"]);
    const [reported] = (await bank.transactions()).filter(({ line }) => line.startsWith("+107.10"));
    expect(reported?.statement?.id).toBe(report?.id);
    await expectConsistent();
  });

  test("a newer copy with an unreadable entry withdraws nothing", async () => {
    await bank.bring("053.08", first);
    const xml = camt("053.08", [{ ...second, created: "2026-01-27T08:00:00Z" }], "M2").replace(">119.00<", ">1l9.00<");
    await bank.bringXml(xml);
    expect(await bank.lines()).toEqual(["+107.10 EUR BOOKED"]);
  });

  test("an entry that is restored is booked again, and both changes are events", async () => {
    await bank.bring("053.08", [first, second]);
    await bank.bring("053.08", { ...first, created: "2026-01-28T08:00:00Z" }, "M2");
    expect(await bank.lines()).toEqual(["+107.10 EUR BOOKED", "+119.00 EUR WITHDRAWN"]);
    const [back] = (await bank.transactions()).filter(({ line }) => line.startsWith("+107.10"));
    const events = await bank.query(
      `select data->>'change' as change from events where source_id = $1 and entity_id = '${back?.id}' order by seq`,
    );
    expect(events.map(({ change }) => change)).toEqual(["CREATED", "UPDATED", "UPDATED"]);
    await expectConsistent();
  });

  test("the list of a statement's transactions excludes those that only an earlier copy had", async () => {
    await bank.bring("053.08", [first, second]);
    const [statement] = await bank.statements();
    const listed = await bank.transactions(`statement: "${statement?.id}"`);
    expect(listed.map(({ line }) => line)).toEqual(["+119.00 EUR BOOKED"]);
    const withdrawn = await bank.transactions("status: [WITHDRAWN]");
    expect(withdrawn.map(({ line }) => line)).toEqual(["+107.10 EUR WITHDRAWN"]);
  });
});
