import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { BankEntry, StatementPart } from "../../../src/domain/bank.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { connector } from "../../../src/connectors/iso20022-bank/index.ts";
import { evidenceOf } from "../../../src/ingest/statements/evidence.ts";
import { entryVersion } from "../../../src/ingest/statements/entry-version.ts";
import { statementKey } from "../../../src/ingest/statements/statement-key.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { documentText } from "../../../src/store/document.ts";
import { bankSource, bringFile, camt, type EntryText, IBAN } from "../../helpers/bank-files.ts";
import { type OldDatabase, useOldDatabase } from "../../helpers/old-database.ts";

const TENANTS = ["acme", "umbrella"];
const pending: EntryText = {
  amount: "20.00",
  direction: "DBIT",
  status: "PDNG",
  booked: "",
  valued: "2024-03-01",
  reference: "AUTH-77",
  endToEndId: "E-77",
  text: "Krone",
};
const gone: EntryText = { ...pending, amount: "5.00", reference: "AUTH-78", endToEndId: "E-78" };
const REPORT = camt("052.08", [
  { id: "R", day: "2024-03-01", opening: "1.00", closing: "1.00", entries: [pending, gone] },
]);

let before: OldDatabase;
let db: Database;
beforeAll(async () => {
  before = await useOldDatabase("0008-entry-occurrences");
  for (const tenantId of TENANTS) await storeBefore(tenantId);
  await before.migrate();
  db = createDatabase({ connection: before.connection, max: 4 });
});
afterAll(async () => {
  await db.close();
  await before[Symbol.asyncDispose]();
});

/** The report, as stored by the previous version. */
async function storeBefore(tenantId: string): Promise<void> {
  const { part, entries } = await read(REPORT);
  const key = statementKey(part).plain;
  const idOf = (type: "Statement" | "Account" | "BankTransaction", externalId: string) =>
    entityId(tenantId, "bank", type, externalId);
  const [statementId, accountId] = [idOf("Statement", key), idOf("Account", IBAN)];
  const synced = [tenantId, "bank", "2024-03-01T20:00:00Z"];
  const columns =
    "tenant_id, source_id, ordered_at, id, external_id, version_from, version_until, finality, observed_at, written_at, via, content_hash, raw_path";
  const statements: readonly (readonly [text: string, values: readonly unknown[]])[] = [
    [
      `insert into sluice.statements (${columns}, account_id, kind, last_day, first_day, is_complete, entry_count, pending_count, balance_list, checks)
       values ($1, $2, $3, $4, $5, 1, 1, 0, $3, $3, 'FILE', 'hash', '', $6, 'REPORT', '2024-03-01', '2024-03-01', true, 2, 2, $7, '[]')`,
      [...synced, statementId, key, accountId, documentText(part.balances)],
    ],
    [
      `insert into sluice.statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
       values ($1, $2, 1, 'bank', $3, 'fil_old', $4, $5)`,
      [tenantId, statementId, accountId, entryVersion(part, "INFORMATION", "000"), documentText(part)],
    ],
    ...entries.flatMap((entry, index) => {
      const evidence = evidenceOf(IBAN, entry, "2024-03-01");
      const externalId = `old-${index}`;
      const transactionId = idOf("BankTransaction", externalId);
      const version = entryVersion(part, entry.status, "000");
      return [
        [
          `insert into sluice.bank_transactions (${columns}, account_id, statement_id, direction, status, raw_status, amount_minor, currency, exponent, is_reversal, value_date)
           values ($1, $2, $3, $4, $5, $6, $6, 0, $3, $3, 'FILE', 'hash', '', $7, $8, 'DEBIT', 'PENDING', 'PDNG', $9, 'EUR', 2, false, '2024-03-01')`,
          [...synced, transactionId, externalId, version, accountId, statementId, entry.amount.minor],
        ],
        [
          `insert into sluice.bank_sightings (tenant_id, statement_id, page, entry_index, source_id, account_id, file_id, core_key, fingerprint,
             transaction_id, transaction_external_id, kind, status, day, reference_list, text_key)
           values ($1, $2, 1, $3, 'bank', $4, 'fil_old', $5, $6, $7, $8, 'REPORT', 'PENDING', '2024-03-01', $9, $10)`,
          [
            tenantId,
            statementId,
            index,
            accountId,
            evidence.coreKey,
            evidence.fingerprint,
            transactionId,
            externalId,
            JSON.stringify(evidence.references),
            evidence.textKey,
          ],
        ],
      ] as const;
    }),
  ];
  for (const [text, values] of statements) await before.queryAs(tenantId, text, values);
}

async function read(xml: string): Promise<{ readonly part: StatementPart; readonly entries: readonly BankEntry[] }> {
  const { signal } = new AbortController();
  const entries: BankEntry[] = [];
  let part: StatementPart | undefined;
  // oxlint-disable-next-line typescript/require-await -- its reader takes an async iterable
  async function* bytes() {
    yield Buffer.from(xml);
  }
  const messages = connector.files?.read({ config: connector.config.parse({}), bytes: bytes(), entries: true, signal });
  for await (const message of messages ?? []) {
    if (message.type === "statement") ({ part } = message);
    else if (message.type === "entries") entries.push(...message.items.flatMap(({ entry }) => entry ?? []));
  }
  if (part === undefined) throw new Error("the message has a statement");
  return { part, entries };
}

test("earlier stored entries are found by their references, withdrawn by later reports, and keep their ids", async () => {
  const source = bankSource("bank");
  const settlement = { ...pending, amount: "24.00", status: "BOOK", booked: "2024-03-02", valued: "2024-03-02" };
  const later = { day: "2024-03-02", created: "2024-03-02T10:00:00Z", opening: "1.00", closing: "1.00" };
  await bringFile(db, source, camt("052.08", [{ ...later, id: "R2", entries: [settlement] }], "M2"));
  const shown = (tenantId: string) =>
    db.read(tenantId, (tx) => tx.query("select external_id, amount_minor, status from bank_transactions order by 1"));
  expect(await shown("acme")).toEqual([
    { external_id: "old-0", amount_minor: 2400n, status: "BOOKED" },
    { external_id: "old-1", amount_minor: 500n, status: "WITHDRAWN" },
  ]);
  expect(await shown("umbrella")).toEqual([
    { external_id: "old-0", amount_minor: 2000n, status: "PENDING" },
    { external_id: "old-1", amount_minor: 500n, status: "PENDING" },
  ]);
  // The old report again, in other bytes: it is the same statement.
  await bringFile(db, source, REPORT.replace("<MsgId>M1</MsgId>", "<MsgId>M3</MsgId>"));
  expect(await db.read("acme", (tx) => tx.query("select 1 from statements"))).toHaveLength(2);
  expect(await shown("acme")).toHaveLength(2);
  const currencies = await db.read("umbrella", (tx) => tx.query("select currency from account_currencies"));
  expect(currencies).toEqual([{ currency: "EUR" }]);
});
