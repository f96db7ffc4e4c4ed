import type { FileResult } from "../../src/ingest/statements/apply-file.ts";
import { bankSource, bringFile } from "./bank-files.ts";
import { type GraphServer, useGraphServer } from "./graph-server.ts";
import { addSource } from "./ledger-world.ts";

/** A bank whose files are stored, and the data that clients then read through the GraphQL API. */
export interface BankGraph {
  /** Stores a file as the file intake does. */
  bring(xml: string): Promise<FileResult>;
  /** The given fields of each of its statements, in the order of message kinds: REPORT, STATEMENT, NOTIFICATION. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows which fields it has selected
  statements(fields: string): Promise<any[]>;
  /** The given fields of each of its transactions. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows which fields it has selected
  transactions(fields: string): Promise<any[]>;
  /** Kinds and summaries of the open findings. */
  openFindings(): Promise<readonly { readonly kind: string; readonly summary: string }[]>;
}

export interface BankGraphServer extends AsyncDisposable {
  readonly graph: GraphServer;
  /** A new bank without any messages. */
  bank(): Promise<BankGraph>;
}

const KINDS = ["REPORT", "STATEMENT", "NOTIFICATION"];

/** A server on a separate database, for any number of banks. */
export async function useBankGraph(): Promise<BankGraphServer> {
  const graph = await useGraphServer();
  let serial = 0;
  const read = async (query: string, sourceId: string) => {
    const { data, errors } = await graph.query(query, { variables: { sourceId } });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    graph,
    async bank() {
      const source = bankSource(`bank-${(serial += 1)}`);
      await addSource({ database: graph.database, tenantId: source.tenantId, sourceId: source.id });
      const list = async (name: string, fields: string, filter = "") => {
        const query = `query ($sourceId: ID!) { ${name}(first: 20, filter: { sourceIds: [$sourceId] ${filter} }) { nodes { ${fields} } } }`;
        return (await read(query, source.id))[name].nodes;
      };
      return {
        bring: (xml) => bringFile(graph.database, source, xml),
        statements: async (fields) => {
          const nodes: { readonly order: string }[] = await list("statements", `order: kind ${fields}`);
          const ordered = nodes.toSorted((a, b) => KINDS.indexOf(a.order) - KINDS.indexOf(b.order));
          return ordered.map(({ order: _order, ...rest }) => rest);
        },
        transactions: (fields) => list("bankTransactions", fields),
        openFindings: () => list("findings", "kind summary", "isOpen: true"),
      };
    },
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}
