import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { bankTransactionRecord, day, IBAN, statementRecord, reportTransactions } from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { accountRecord, addSource, euro, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";

const SIZE = 110;
let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer({ operations: { maxCost: 1_000_000 } });
  const stripe: Place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  const bank: Place = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
  const numbers = Array.from({ length: SIZE }, (_, n) => n);
  await putRecords(
    bank,
    numbers.flatMap((n) => [
      { ...accountRecord(n), externalId: `${IBAN}-${n}` },
      statementRecord(`S${n}`, n, { accountExternalId: `${IBAN}-${n}` }),
      statementRecord(`R${n}`, n, { accountExternalId: `${IBAN}-${n}`, kind: "REPORT", createdAt: day(0) }),
      transaction(n),
    ]),
  );
  await putRecords(
    stripe,
    numbers.map((n) => ({ ...payoutRecord(n), amount: euro(BigInt(n + 1)), arrivalDate: day(n) })),
  );
  for (const n of numbers) {
    await reportTransactions(bank, `S${n}`, [`t${n}`], { account: `${IBAN}-${n}` });
    await reportTransactions(bank, `R${n}`, [`t${n}`], { account: `${IBAN}-${n}` });
  }
  await matchEverything(stripe);
  await graph.database.transaction("acme", async (tx) => {
    await tx.query(
      `insert into bank_transaction_details (tenant_id, transaction_id, statement_id, detail_index, version, detail)
       select tenant_id, id, statement_id, 0, 1, '{"purpose": "SALA"}' from bank_transactions`,
    );
    await tx.query(
      `insert into statement_links (tenant_id, statement_id, currency, source_id, account_id, previous_id, state)
       select tenant_id, id, 'EUR', source_id, account_id, $1, 'CONTINUOUS' from statements`,
      [entityId("acme", "bank", "Statement", "S0")],
    );
  });
});
afterAll(async () => graph[Symbol.asyncDispose]());

function transaction(n: number) {
  return bankTransactionRecord(`t${n}`, n, {
    accountExternalId: `${IBAN}-${n}`,
    statementExternalId: `S${n}`,
    amount: euro(BigInt(n + 1)),
  });
}

const TRANSACTIONS = /* GraphQL */ `
  query ($first: Int!) {
    list: bankTransactions(first: $first) {
      nodes {
        id
        source {
          id
        }
        account {
          id
          bankTransactions(first: 2) {
            nodes {
              id
            }
          }
          statements(first: 2) {
            nodes {
              id
            }
          }
        }
        statement {
          id
          kind
        }
        reportedBy {
          id
        }
        details(first: 2) {
          nodes {
            purpose
          }
        }
        payout {
          reasons
          payout {
            id
            bankTransaction {
              bankTransaction {
                id
              }
            }
          }
        }
        freshness {
          isStale
        }
        raw {
          contentHash
          file {
            id
          }
        }
      }
    }
  }
`;

const STATEMENTS = /* GraphQL */ `
  query ($first: Int!) {
    list: statements(first: $first, filter: { kind: [STATEMENT] }) {
      nodes {
        id
        account {
          id
        }
        checks {
          isBalanced
        }
        links {
          state
          previous {
            id
          }
        }
        next {
          id
        }
        transactions(first: 2) {
          nodes {
            id
          }
        }
        comparisons {
          with
          agrees
          inBoth
          onlyHereTransactions {
            id
          }
          onlyThereTransactions {
            id
          }
        }
      }
    }
  }
`;

async function measure(query: string, first: number) {
  graph.takeStatements();
  const { data, errors } = await graph.query(query, { variables: { first } });
  expect(errors).toEqual([]);
  return { statements: graph.takeStatements(), nodes: data.list.nodes };
}

describe("loaders of bank objects", () => {
  test("send the same number of SQL statements for 100 transactions as for 5, over every edge", async () => {
    const few = await measure(TRANSACTIONS, 5);
    const many = await measure(TRANSACTIONS, 100);
    expect([few.nodes.length, many.nodes.length]).toEqual([5, 100]);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(many.nodes[42]).toMatchObject({ details: { nodes: [{ purpose: "SALA" }] }, raw: null });
    expect(many.nodes[42].reportedBy).toHaveLength(2);
    expect(many.nodes[42].payout.payout.bankTransaction.bankTransaction.id).toBe(many.nodes[42].id);
  });

  test("send the same number of SQL statements for 100 bank statements as for 5, over every edge", async () => {
    const few = await measure(STATEMENTS, 5);
    const many = await measure(STATEMENTS, 100);
    expect([few.nodes.length, many.nodes.length]).toEqual([5, 100]);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(many.nodes[42]).toMatchObject({
      checks: [{ isBalanced: true }],
      links: [{ state: "CONTINUOUS" }],
      comparisons: [{ with: "REPORT", agrees: true, inBoth: 1 }],
    });
    expect(many.nodes[42].transactions.nodes).toHaveLength(1);
  });
});
