import type { FileResult } from "../../src/ingest/statements/apply-file.ts";
import { bankSource, bringFile, camt, type StatementText } from "./bank-files.ts";
import { type GraphServer, useGraphServer } from "./graph-server.ts";
import { addSource } from "./ledger-world.ts";

/** Entry as returned by the GraphQL API: `-107.10 EUR BOOKED`. */
export type EntryLine = string;

/** Statement as returned by the GraphQL API. */
export interface StatementView {
  readonly id: string;
  readonly statementId: string;
  readonly kind: string;
  readonly entries: readonly EntryLine[];
  readonly booked: readonly string[];
  readonly isBalanced: boolean | null;
  readonly links: readonly string[];
}

/** Transaction as returned by the GraphQL API. */
export interface TransactionView {
  readonly id: string;
  readonly line: EntryLine;
  readonly statement: { readonly id: string } | null;
  readonly reportedBy: readonly { readonly id: string }[];
}

/** GraphQL server of tenant `acme` over files that banks deliver, one bank for each test. */
export interface BankBooks extends AsyncDisposable {
  readonly graph: GraphServer;
  /** Starts again with a new bank. */
  reset(): Promise<void>;
  /** Delivers a message with these statements. `format` is `053.08`. */
  bring(format: string, statements: StatementText | readonly StatementText[], messageId?: string): Promise<FileResult>;
  bringXml(xml: string): Promise<FileResult>;
  statements(): Promise<readonly StatementView[]>;
  transactions(filter?: string): Promise<readonly TransactionView[]>;
  /** Lines of all transactions, in order. */
  lines(): Promise<readonly EntryLine[]>;
  /** Kinds of the open findings, in order. */
  findings(): Promise<readonly string[]>;
  query(text: string): Promise<Record<string, unknown>[]>;
  readonly sourceId: () => string;
}

interface EntryNode {
  readonly id: string;
  readonly direction: string;
  readonly status: string | null;
  readonly amount: { readonly amount: string; readonly currency: string };
}

const lineOf = ({ direction, amount, status }: EntryNode): EntryLine =>
  `${direction === "CREDIT" ? "+" : "-"}${amount.amount} ${amount.currency} ${status}`;
const ENTRY = "id direction status amount { amount currency }";

export async function useBankBooks(): Promise<BankBooks> {
  const graph = await useGraphServer({ operations: { maxCost: 1_000_000 } });
  let serial = 0;
  let source = bankSource();
  // oxlint-disable-next-line typescript/no-explicit-any -- as GraphAnswer
  async function ask(text: string): Promise<any> {
    const { data, errors } = await graph.query(text);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }
  const transactions = async (filter = ""): Promise<readonly TransactionView[]> => {
    const { bankTransactions } = await ask(
      `{ bankTransactions(first: 100, filter: { sourceIds: ["${source.id}"] ${filter} }) {
        nodes { ${ENTRY} statement { id } reportedBy { id } } } }`,
    );
    return bankTransactions.nodes.map((node: EntryNode & TransactionView) => ({
      id: node.id,
      line: lineOf(node),
      statement: node.statement,
      reportedBy: node.reportedBy,
    }));
  };
  const bringXml = (xml: string) => bringFile(graph.database, source, xml);
  return {
    graph,
    async reset() {
      source = bankSource(`bank-${(serial += 1)}`);
      await addSource({ database: graph.database, tenantId: "acme", sourceId: source.id });
    },
    bringXml,
    bring: (format, statements, messageId) => bringXml(camt(format, [statements].flat(), messageId)),
    async statements() {
      const data = await ask(
        `{ statements(first: 100, filter: { sourceIds: ["${source.id}"] }) { nodes { id statementId kind isBalanced
          checks { booked { amount currency } } links { currency state } transactions(first: 100) { nodes { ${ENTRY} } } } } }`,
      );
      // oxlint-disable-next-line typescript/no-explicit-any -- as GraphAnswer
      return data.statements.nodes.map((node: any) => ({
        id: node.id,
        statementId: node.statementId,
        kind: node.kind,
        isBalanced: node.isBalanced,
        entries: node.transactions.nodes.map(lineOf),
        booked: node.checks.map(({ booked }: { booked: EntryNode["amount"] }) => `${booked.amount} ${booked.currency}`),
        links: node.links.map(({ currency, state }: Record<string, string>) => `${currency} ${state}`),
      }));
    },
    transactions,
    lines: async () => (await transactions()).map(({ line }) => line).toSorted(),
    findings: async () =>
      (
        await graph.database.read("acme", (tx) =>
          tx.query<{ kind: string }>(
            "select kind from findings where source_id = $1 and closed_at is null order by kind",
            [source.id],
          ),
        )
      ).map(({ kind }) => kind),
    query: (text) => graph.database.transaction("acme", (tx) => tx.query(text, [source.id])),
    sourceId: () => source.id,
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}
