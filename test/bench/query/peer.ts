/**
 * The same fields as a careful team would serve them by hand: Yoga, one DataLoader for each relation, `pg`, and one
 * statement for each with the columns that are shown. It has one tenant, whose rows it selects itself: no row-level
 * security, no limits, no deadlines.
 */
import { buildSubgraphSchema } from "@apollo/subgraph";
import DataLoader from "dataloader";
import { parse } from "graphql";
import { createYoga } from "graphql-yoga";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { decimalText } from "../../../src/domain/money.ts";
import { peerTaskSchema } from "./task.ts";

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { payments(first: Int!): PaymentConnection! payment(id: ID!): Payment }
  type PaymentConnection { nodes: [Payment!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  type Payment @key(fields: "id") {
    id: ID! externalId: ID! status: String amount: Money createdAt: String
    source: Source! debtor: Party refunds(first: Int!): RefundConnection!
  }
  type Money { amount: String! currency: String! }
  type Source { id: ID! connector: String }
  type Party { id: ID! name: String }
  type RefundConnection { nodes: [Refund!]! }
  type Refund { id: ID! status: String amount: Money }
`);

const { connection, tenantId } = peerTaskSchema.parse(JSON.parse(process.argv[2] ?? ""));
const pool = new pg.Pool({ ...connection, max: 10, options: "-c search_path=sluice" });

interface Amount {
  readonly amount_minor: string;
  readonly exponent: number;
  readonly currency: string;
}
interface PaymentRow extends Amount {
  readonly id: string;
  readonly external_id: string;
  readonly source_id: string;
  readonly debtor_id: string | null;
  readonly created_at: Date;
}
interface RefundRow extends Amount {
  readonly id: string;
  readonly payment_id: string;
}

const PAYMENT = "id, external_id, source_id, status, amount_minor, exponent, currency, created_at, debtor_id";

async function rowsOf<Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]> {
  return (await pool.query<Row>(text, [tenantId, ...values])).rows;
}

/** One statement for the keys of one tick; values in the order of the keys. */
function byId<Row extends { readonly id: string }>(table: string, columns: string) {
  return new DataLoader<string, Row | null>(async (ids) => {
    const rows = await rowsOf<Row>(`select ${columns} from ${table} where tenant_id = $1 and id = any($2)`, ids);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

function createLoaders() {
  return {
    payment: byId<PaymentRow>("payments", PAYMENT),
    source: byId("sources", "id, connector"),
    party: byId("parties", "id, name"),
    refunds: new DataLoader<string, RefundRow[]>(async (ids) => {
      const rows = await rowsOf<RefundRow>(
        `select id, payment_id, status, amount_minor, exponent, currency from refunds
         where tenant_id = $1 and payment_id = any($2) and deleted_at is null order by ordered_at desc, id desc`,
        ids,
      );
      const found = Map.groupBy(rows, (row) => row.payment_id);
      return ids.map((id) => found.get(id) ?? []);
    }),
  };
}

interface Context {
  readonly loaders: ReturnType<typeof createLoaders>;
}

const money = ({ amount_minor, exponent, currency }: Amount) => ({
  amount: decimalText(BigInt(amount_minor), exponent),
  currency,
});

const schema = buildSubgraphSchema([
  {
    typeDefs,
    resolvers: {
      Query: {
        async payments(_root: unknown, { first }: { readonly first: number }) {
          const rows = await rowsOf<PaymentRow>(
            `select ${PAYMENT} from payments where tenant_id = $1 and content_hash is not null and deleted_at is null
           order by ordered_at desc, id desc limit $2`,
            first + 1,
          );
          return { nodes: rows.slice(0, first), pageInfo: { hasNextPage: rows.length > first } };
        },
        payment: (_root: unknown, { id }: { readonly id: string }, { loaders }: Context) => loaders.payment.load(id),
      },
      Payment: {
        __resolveReference: ({ id }: { readonly id: string }, { loaders }: Context) => loaders.payment.load(id),
        externalId: (row: PaymentRow) => row.external_id,
        createdAt: (row: PaymentRow) => row.created_at.toISOString(),
        amount: money,
        source: (row: PaymentRow, _args: unknown, { loaders }: Context) => loaders.source.load(row.source_id),
        debtor: (row: PaymentRow, _args: unknown, { loaders }: Context) =>
          row.debtor_id === null ? null : loaders.party.load(row.debtor_id),
        async refunds({ id }: PaymentRow, { first }: { readonly first: number }, { loaders }: Context) {
          return { nodes: (await loaders.refunds.load(id)).slice(0, first) };
        },
      },
      Refund: { amount: money },
    },
  },
]);

const yoga = createYoga({ schema, context: () => ({ loaders: createLoaders() }), graphiql: false, logging: false });
// oxlint-disable-next-line typescript/no-misused-promises -- Yoga answers its own failures
const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
process.stdin.on("end", () => process.exit(0)).resume();
