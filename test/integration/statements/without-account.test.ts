import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { planMessages } from "../../../sandbox/iso20022-bank/plan/plan.ts";
import { requestOf } from "../../../sandbox/iso20022-bank/plan/request.ts";
import { truthOf } from "../../../sandbox/iso20022-bank/plan/truth.ts";
import { bytesOf } from "../../../sandbox/iso20022-bank/testing.ts";
import { createWorld } from "../../../sandbox/iso20022-bank/world/world.ts";
import { applyFile } from "../../../src/ingest/statements/apply-file.ts";
import { bankSource, camt, IBAN, type StatementText } from "../../helpers/bank-files.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let service: FileService;
const source = bankSource();

beforeAll(async () => {
  store = await useStore();
  service = await startFileService({ connection: store.connection, sources: [source], applyFile });
});
beforeEach(async () => {
  const tables = ["files", "file_chunks", "quarantined_records", "statements", "statement_parts", "bank_transactions"];
  for (const table of [...tables, "statement_entries"]) await service.query(`delete from ${table}`);
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const good: StatementText = { id: "GOOD", entries: [{ amount: "5.00" }] };
const bad: StatementText = { id: "BAD", entries: [{ amount: "7.00" }, { amount: "8.00" }] };
const ACCOUNT = `<Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>`;

/** The statements, of which the one with the id BAD has another account element. */
function file(statements: readonly StatementText[], account: string): string {
  const [before = "", after = ""] = camt("053.08", statements).split("<Id>BAD</Id>");
  expect(after).toContain(ACCOUNT);
  return `${before}<Id>BAD</Id>${after.replace(ACCOUNT, account)}`;
}

const quarantined = () =>
  service.query("select entity_type, raw_path, path, problem, status from quarantined_records order by raw_path");
const amounts = async () =>
  (await service.query("select amount_minor from bank_transactions order by 1")).map((row) => row["amount_minor"]);

describe("C32: one statement of a file does not identify an account", () => {
  test.each([
    ["an empty IBAN", "<Acct><Id><IBAN></IBAN></Id><Ccy>EUR</Ccy></Acct>", "Acct/Id"],
    ["an IBAN of spaces", "<Acct><Id><IBAN> \n </IBAN></Id><Ccy>EUR</Ccy></Acct>", "Acct/Id"],
    ["an empty number of the bank", "<Acct><Id><Othr><Id> </Id></Othr></Id></Acct>", "Acct/Id"],
    ["no account element", "", "Acct"],
    ["an account without an id", "<Acct><Ccy>EUR</Ccy></Acct>", "Acct/Id"],
    ["two accounts", `${ACCOUNT}${ACCOUNT.replace("DE89", "DE88")}`, "Acct"],
    ["an account with two currencies", ACCOUNT.replace("</Ccy>", "</Ccy><Ccy>USD</Ccy>"), "Acct"],
    ["a number above the length limit", `<Acct><Id><Othr><Id>${"9".repeat(5_000)}</Id></Othr></Id></Acct>`, "Acct/Id"],
  ])("%s: the statement is quarantined with its position, the others are stored", async (_name, account, path) => {
    const answer = await service.put("bank", file([bad, good], account));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      outcome: "STORED",
      statements: [{ statementId: "GOOD", entries: 1 }],
      transactions: { created: 1, known: 0 },
      quarantined: 1,
    });
    expect(await amounts()).toEqual([500n]);
    expect(await quarantined()).toEqual([
      {
        entity_type: "Statement",
        raw_path: "/Document/BkToCstmrStmt/Stmt[1]",
        path: expect.stringMatching(new RegExp(`^${path}`)),
        problem: expect.stringMatching(/must/),
        status: "OPEN",
      },
    ]);
  });

  test("at any position in the file, the entries of the others belong to their own statements", async () => {
    const account = "<Acct><Id><IBAN></IBAN></Id></Acct>";
    const last: StatementText = { id: "LAST", iban: "GB82WEST12345698765432", entries: [{ amount: "9.00" }] };
    const answer = await service.put("bank", file([good, bad, last], account));
    expect(answer.body).toMatchObject({
      statements: [{ statementId: "GOOD" }, { statementId: "LAST" }],
      quarantined: 1,
    });
    const rows = await service.query(
      `select bank_statement_id as statement, amount_minor as amount from statements
       join bank_transactions on statement_id = statements.id order by 2`,
    );
    expect(rows).toEqual([
      { statement: "GOOD", amount: 500n },
      { statement: "LAST", amount: 900n },
    ]);
    // The unusable one at the end does not prevent the file from being finished.
    const other = await service.put("bank", file([{ ...good, id: "NEXT" }, bad], account));
    expect(other.status).toBe(201);
    expect(other.body).toMatchObject({ statements: [{ statementId: "NEXT" }], quarantined: 1 });
    expect(await service.query("select distinct status from files")).toEqual([{ status: "STORED" }]);
  });

  test("a replay counts it once more and opens nothing twice", async () => {
    const xml = file([bad, good], "");
    const { body } = await service.put("bank", xml);
    await service.files.replay("acme", body.file.id);
    const again = await service.put("bank", xml);
    expect(again.body).toMatchObject({ statements: [{ statementId: "GOOD" }], quarantined: 1 });
    expect(await amounts()).toEqual([500n]);
    expect(await quarantined()).toHaveLength(1);
  });

  test.each([false, true])(
    "the sandbox's files with all accounts: %p, are stored as its answer key states",
    async (together) => {
      const world = createWorld({ seed: 3 });
      const request = requestOf({ days: [2], fault: "account-empty", dialect: { together } });
      for (const message of planMessages(world, request, 1)) {
        const { refusal, statements } = truthOf(message);
        const { body } = await service.put("bank", bytesOf(message));
        expect(body.errors?.[0].extensions.reason ?? null).toBe(refusal);
        expect((body.statements ?? []).map((one: { statementId: string }) => one.statementId)).toEqual(
          statements.map(({ id }) => id),
        );
      }
      expect(await service.query("select 1 from statements")).toHaveLength(together ? 1 : 0);
    },
  );

  test("a file without a usable statement is refused", async () => {
    const answer = await service.put("bank", file([bad], "<Acct><Id><IBAN></IBAN></Id></Acct>"));
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { message: expect.stringContaining("Stmt[1]"), extensions: { reason: "NO_ACCOUNT" } },
    ]);
    expect(await amounts()).toEqual([]);
  });
});
