import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import { documentText } from "../../../src/store/document.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import {
  bankTransactionRecord,
  day,
  IBAN,
  money,
  statementRecord,
  reportTransactions,
} from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { accountRecord, addSource, tombstoneRecord, euro, type Place, putRecords } from "../../helpers/ledger-world.ts";

const compress = promisify(zstdCompress);
let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: "bank" };
  await addSource(place);
  await putRecords(place, [{ ...accountRecord(0), externalId: IBAN, kind: "BANK_ACCOUNT" }]);
});
afterAll(async () => graph[Symbol.asyncDispose]());

const idOf = (type: Parameters<typeof entityId>[2], externalId: string) => entityId("acme", "bank", type, externalId);

const reference = { scheme: "endToEndId", value: "E2E-1" };
const exchange = { sourceCurrency: "USD", targetCurrency: "EUR", unitCurrency: "EUR", rate: "1.0873" };
const counterparty = {
  name: "Müller & Söhne",
  identifiers: [{ scheme: "lei", value: "529900T8BM49AURSDO55" }],
  account: { scheme: "iban", value: "FR7630006000011234567890189" },
  bic: "AGRIFRPP",
  bankName: "Crédit Agricole",
  ultimateName: "Müller Holding",
};

describe("a bank transaction", () => {
  beforeAll(async () => {
    await putRecords(place, [
      bankTransactionRecord("full", 3, {
        statementExternalId: "S3",
        direction: "DEBIT",
        amount: money(123_456_789_012_345_678_901n, 5, "EUR"),
        isReversal: true,
        booked: { date: day(3), time: `${day(3)}T10:15:00+01:00` },
        valued: { date: day(4), time: `${day(4)}T00:00:00` },
        code: { domain: "PMNT", family: "RCDT", subfamily: "ESCT", proprietary: "NTRF+166", issuer: "DK" },
        references: [reference],
        counterparty,
        remittance: "Invoice 42",
        creditorReference: "RF18539007547034",
        returnReason: { code: "AC04", proprietary: "X1", additional: ["closed", "account"] },
        amounts: [{ name: "InstdAmt", money: money(-5n, 0, "JPY"), exchange }],
        charges: [{ money: euro(150n), direction: "DEBIT", isIncluded: true, type: "COMM" }],
        batches: [{ messageId: "B1", paymentInformationId: "P1", count: "3", total: euro(300n) }],
        additionalInfo: "Rücklastschrift",
        detailsMatch: "EQUAL",
        detailCount: 3,
      }),
      statementRecord("S3", 3),
      statementRecord("R3", 3, { kind: "REPORT", createdAt: `${day(3)}T12:00:00.000Z` }),
    ]);
    await reportTransactions(place, "S3", ["full"]);
    await reportTransactions(place, "R3", ["full"]);
    await putDetails("full", "R3", 1, ["old"]);
    await putDetails("full", "S3", 2, ["one", "two", "three"]);
  });

  test("returns every field", async () => {
    const { data, errors } = await graph.query(
      `{ bankTransaction(id: "${idOf("BankTransaction", "full")}") {
        __typename externalId direction status rawStatus isReversal bookingDate bookingTime valueDate valueTime creditorReference
        remittance additionalInfo detailsMatch detailCount deletedAt
        source { id } account { externalId } statement { externalId } reportedBy { externalId kind }
        amount { amount minor exponent currency }
        code { domain family subfamily proprietary issuer } references { scheme value }
        counterparty { name identifiers { scheme value } account { scheme value } bic bankName ultimateName }
        returnReason { code proprietary additional }
        amounts { name money { amount currency } exchange { sourceCurrency targetCurrency unitCurrency rate } }
        charges { money { amount } direction isIncluded type }
        batches { messageId paymentInformationId count total { amount } }
        payout { explanation } extensions { name } freshness { via } raw { path } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.bankTransaction).toEqual({
      __typename: "BankTransaction",
      externalId: "full",
      direction: "DEBIT",
      status: "BOOKED",
      rawStatus: "BOOK",
      isReversal: true,
      bookingDate: day(3),
      bookingTime: `${day(3)}T10:15:00+01:00`,
      valueDate: day(4),
      valueTime: `${day(4)}T00:00:00`,
      creditorReference: "RF18539007547034",
      remittance: "Invoice 42",
      additionalInfo: "Rücklastschrift",
      detailsMatch: "EQUAL",
      detailCount: 3,
      deletedAt: null,
      source: { id: "bank" },
      account: { externalId: IBAN },
      statement: { externalId: "S3" },
      reportedBy: [
        { externalId: "S3", kind: "STATEMENT" },
        { externalId: "R3", kind: "REPORT" },
      ],
      amount: { amount: "1234567890123456.78901", minor: "123456789012345678901", exponent: 5, currency: "EUR" },
      code: { domain: "PMNT", family: "RCDT", subfamily: "ESCT", proprietary: "NTRF+166", issuer: "DK" },
      references: [reference],
      counterparty,
      returnReason: { code: "AC04", proprietary: "X1", additional: ["closed", "account"] },
      amounts: [{ name: "InstdAmt", money: { amount: "-5", currency: "JPY" }, exchange }],
      charges: [{ money: { amount: "1.50" }, direction: "DEBIT", isIncluded: true, type: "COMM" }],
      batches: [{ messageId: "B1", paymentInformationId: "P1", count: "3", total: { amount: "3.00" } }],
      payout: null,
      extensions: [],
      freshness: { via: "POLL" },
      raw: null,
    });
  });

  test("returns the details of the best message, page by page, all from that message", async () => {
    const DETAILS = `query ($after: String) { bankTransaction(id: "${idOf("BankTransaction", "full")}") {
      details(first: 2, after: $after) { nodes { purpose } pageInfo { hasNextPage endCursor } } } }`;
    const first = await graph.query(DETAILS);
    expect(first.errors).toEqual([]);
    const { nodes, pageInfo } = first.data.bankTransaction.details;
    expect(nodes).toEqual([{ purpose: "one" }, { purpose: "two" }]);
    await putDetails("full", "N3", 3, ["newer", "newest", "last"]);
    const second = await graph.query(DETAILS, { variables: { after: pageInfo.endCursor } });
    expect(second.data.bankTransaction.details).toMatchObject({
      nodes: [{ purpose: "three" }],
      pageInfo: { hasNextPage: false },
    });
    const again = await graph.query(DETAILS);
    expect(again.data.bankTransaction.details.nodes[0]).toEqual({ purpose: "newer" });
  });

  test("returns every field of a detail, and null for what the bank does not state", async () => {
    const detail = {
      direction: "CREDIT",
      amount: euro(1n),
      amountFrom: "TxAmt",
      amounts: [{ name: "TxAmt", money: euro(1n) }],
      charges: [{ money: euro(2n) }],
      references: [reference],
      code: { domain: "PMNT" },
      debtor: counterparty,
      creditor: { identifiers: [] },
      remittance: {
        unstructured: ["a", "b"],
        creditorReferences: [{ value: "RF1", type: "SCOR", issuer: "ISO" }],
        additional: ["c"],
      },
      purpose: "SALA",
      returnReason: { additional: [] },
      additionalInfo: "info",
    };
    await putRecords(place, [bankTransactionRecord("detailed", 3)]);
    await putDetail("detailed", "S3", 1, 0, detail);
    const { data, errors } = await graph.query(
      `{ node(id: "${idOf("BankTransaction", "detailed")}") { ... on BankTransaction { details { edges { cursor node {
        direction amount { amount } amountFrom amounts { name money { amount } exchange { rate } }
        charges { money { amount } direction isIncluded type } references { scheme value } code { domain family }
        debtor { name } creditor { name identifiers { value } account { value } }
        remittance { unstructured creditorReferences { value type issuer } additional } purpose
        returnReason { code additional } additionalInfo } } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.node.details.edges[0].node).toEqual({
      direction: "CREDIT",
      amount: { amount: "0.01" },
      amountFrom: "TxAmt",
      amounts: [{ name: "TxAmt", money: { amount: "0.01" }, exchange: null }],
      charges: [{ money: { amount: "0.02" }, direction: null, isIncluded: null, type: null }],
      references: [reference],
      code: { domain: "PMNT", family: null },
      debtor: { name: "Müller & Söhne" },
      creditor: { name: null, identifiers: [], account: null },
      remittance: {
        unstructured: ["a", "b"],
        creditorReferences: [{ value: "RF1", type: "SCOR", issuer: "ISO" }],
        additional: ["c"],
      },
      purpose: "SALA",
      returnReason: { code: null, additional: [] },
      additionalInfo: "info",
    });
  });

  test("of which only the deletion was observed has nothing but its key", async () => {
    await tombstoneRecord(place, "BankTransaction", "gone");
    const { data, errors } = await graph.query(
      `{ bankTransaction(id: "${idOf("BankTransaction", "gone")}") { externalId amount { amount } direction rawStatus
        references { value } amounts { name } charges { type } batches { count } reportedBy { id } details { nodes { purpose } }
        payout { reasons } code { domain } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.bankTransaction).toMatchObject({ externalId: "gone", amount: null, amounts: [], reportedBy: [] });
  });
});

describe("a bank file", () => {
  const ID = newOperationId("File", 1_000);
  const TEXT = '<?xml version="1.0" encoding="ISO-8859-1"?><Nm>Müller</Nm>';

  async function putFile(id: string, contentHash: string, size: number, changes: object = {}): Promise<void> {
    const file = { status: "STORED", refusal: null, problem: null, line: null, column: null, ...changes };
    await graph.database.transaction("acme", (tx) =>
      tx.query(
        `insert into files (tenant_id, id, source_id, content_hash, name, size, media_type, origin, status, received_at, finished_at,
           refusal, problem, line, "column", next_attempt_at)
         values ('acme', $1, 'bank', $2, 'camt.xml', $3, 'application/xml', 'UPLOAD', $4, '2026-01-02T03:04:05Z', case when $4 = 'STORED' then '2026-01-02T03:04:06Z'::timestamptz end, $5, $6, $7, $8, now())`,
        [id, contentHash, size, file.status, file.refusal, file.problem, file.line, file.column],
      ),
    );
  }

  async function putChunks(id: string, bytes: Uint8Array): Promise<void> {
    for (let seq = 0; seq * 20 < bytes.length; seq += 1) {
      const piece = await compress(bytes.subarray(seq * 20, seq * 20 + 20));
      await graph.database.transaction("acme", (tx) =>
        tx.query("insert into file_chunks (tenant_id, file_id, seq, bytes) values ('acme', $1, $2, $3)", [
          id,
          seq,
          piece,
        ]),
      );
    }
  }

  beforeAll(async () => {
    const bytes = Buffer.from(TEXT, "latin1");
    await putFile(ID, "aa", bytes.length);
    await putChunks(ID, bytes);
    await putRecords(place, [bankTransactionRecord("filed", 70), statementRecord("filed", 70)]);
    await graph.database.transaction("acme", async (tx) => {
      await tx.query(
        "update bank_transactions set raw_hash = 'aa', raw_path = '/Document' where external_id = 'filed'",
      );
      await tx.query(
        `insert into statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
         select 'acme', $1, page, 'bank', '', $2, 1, '{}' from generate_series(1, 2) as page`,
        [idOf("Statement", "filed"), ID],
      );
    });
  });

  const RAW = `query ($id: ID!) { bankTransaction(id: $id) { raw { contentHash mediaType path receivedAt body run { id }
    delivery { id } file { id } } } }`;

  test("returns every field, and its statements", async () => {
    const { data, errors } = await graph.query(
      `{ file(id: "${ID}") { id source { id } name contentHash size mediaType origin status receivedAt finishedAt refusal problem line
        column statements { externalId } } node(id: "${ID}") { __typename } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      file: {
        id: ID,
        source: { id: "bank" },
        name: "camt.xml",
        contentHash: "aa",
        size: `${TEXT.length}`,
        mediaType: "application/xml",
        origin: "UPLOAD",
        status: "STORED",
        receivedAt: "2026-01-02T03:04:05.000Z",
        finishedAt: "2026-01-02T03:04:06.000Z",
        refusal: null,
        problem: null,
        line: null,
        column: null,
        statements: [{ externalId: "filed" }],
      },
      node: { __typename: "File" },
    });
  });

  test("is the evidence of its statements, decoded with its declared encoding", async () => {
    const { data, errors } = await graph.query(RAW, { variables: { id: idOf("BankTransaction", "filed") } });
    expect(errors).toEqual([]);
    expect(data.bankTransaction.raw).toEqual({
      contentHash: "aa",
      mediaType: "application/xml",
      path: "/Document",
      receivedAt: "2026-01-02T03:04:05.000Z",
      body: TEXT,
      run: null,
      delivery: null,
      file: { id: ID },
    });
  });

  test("of more than 1 MiB is not returned as text", async () => {
    const large = newOperationId("File", 2_000);
    await putFile(large, "bb", 1_048_577);
    await putChunks(large, Buffer.from("x"));
    await putRecords(place, [bankTransactionRecord("large", 70)]);
    await graph.database.transaction("acme", (tx) =>
      tx.query("update bank_transactions set raw_hash = 'bb' where external_id = 'large'"),
    );
    const { data, errors } = await graph.query(RAW, { variables: { id: idOf("BankTransaction", "large") } });
    expect(errors).toEqual([]);
    expect(data.bankTransaction.raw).toMatchObject({ file: { id: large }, body: null });
  });

  test("is listed by status and source", async () => {
    await putFile(newOperationId("File", 3_000), "cc", 1, {
      status: "REFUSED",
      refusal: "NOT_XML",
      problem: "expected <",
      line: 3,
      column: 9,
    });
    const { data, errors } = await graph.query(
      `{ files(first: 5) { nodes { id } } refused: files(filter: { status: [REFUSED] }) { nodes { refusal problem line column } }
         none: files(filter: { status: [] }) { nodes { id } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.files.nodes).toHaveLength(3);
    expect(data.refused.nodes).toEqual([{ refusal: "NOT_XML", problem: "expected <", line: 3, column: 9 }]);
    expect(data.none.nodes).toEqual([]);
  });
});

async function putDetails(transaction: string, statement: string, version: number, purposes: readonly string[]) {
  const remittance = { unstructured: [], creditorReferences: [], additional: [] };
  for (const [index, purpose] of purposes.entries()) {
    await putDetail(transaction, statement, version, index, {
      direction: "DEBIT",
      amounts: [],
      charges: [],
      references: [],
      remittance,
      purpose,
    });
  }
}

async function putDetail(transaction: string, statement: string, version: number, index: number, detail: unknown) {
  await graph.database.transaction("acme", (tx) =>
    tx.query(
      `insert into bank_transaction_details (tenant_id, transaction_id, statement_id, detail_index, version, detail)
       values ('acme', $1, $2, $3, $4, $5)`,
      [idOf("BankTransaction", transaction), idOf("Statement", statement), index, version, documentText(detail)],
    ),
  );
}
