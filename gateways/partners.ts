import { entityId } from "../src/domain/ids.ts";
import type { Partner } from "./partner.ts";

/** Tenant and source of the objects that partners refer to. */
export const PLACE = { tenantId: "acme", sourceId: "stripe-main" } as const;
const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@interfaceObject"])
`;
const idOf = (type: "Payment" | "Refund" | "Party", externalId: string): string =>
  entityId(PLACE.tenantId, PLACE.sourceId, type, externalId);
const numberOf = (id: string): string | undefined =>
  Array.from({ length: 100 }, (_, n) => String(n)).find((n) => idOf("Payment", `pi_${n}`) === id);

const orderOf = (number: string) => ({
  number,
  total: { amount: "10.50", currency: "EUR", minor: "1050", exponent: 2 },
  payment: { id: idOf("Payment", `pi_${number}`) },
  payout: { source: { id: PLACE.sourceId }, externalId: `po_${number}` },
});

/** Returns Money and PageInfo, joins payments by our id and payouts by the provider's, and adds fields to both. */
export const orders: Partner = {
  name: "orders",
  sdl: `${LINK}
    scalar Decimal
    scalar CurrencyCode
    scalar BigInt
    type Money @shareable { amount: Decimal! currency: CurrencyCode! minor: BigInt! exponent: Int! }
    type PageInfo @shareable {
      hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
    }
    type Reference @shareable { scheme: String! value: String! }
    type Order @key(fields: "number") {
      number: ID! total: Money! reference: Reference! payment: Payment payout: Payout
    }
    type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
    type Payment @key(fields: "id") { id: ID! order: Order }
    type Payout @key(fields: "source { id } externalId") { source: Source! externalId: ID! memo: String }
    type Source @key(fields: "id", resolvable: false) { id: ID! }
    type Query { orders(first: Int! = 20): OrderConnection! }`,
  resolvers: {
    Query: {
      orders: (_root, { first }) => ({
        nodes: Array.from({ length: Number(first) }, (_, n) => orderOf(String(n))),
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      }),
    },
    Order: {
      __resolveReference: ({ number }) => orderOf(String(number)),
      reference: ({ number }) => ({ scheme: "order", value: String(number) }),
    },
    Payment: {
      order: ({ id }) => {
        const number = numberOf(String(id));
        return number === undefined ? null : orderOf(number);
      },
    },
    Payout: { memo: ({ externalId }) => `memo of ${String(externalId)}` },
  },
};

/** Adds a field to every object that implements Node, and returns some of which it knows nothing but the id. */
export const notes: Partner = {
  name: "notes",
  sdl: `${LINK}
    type Node @interfaceObject @key(fields: "id") { id: ID! notes: [String!]! }
    type Query { flagged: [Node!]! }`,
  resolvers: {
    Query: {
      flagged: () => [
        ...Array.from({ length: 50 }, (_, n) => ({ id: idOf("Payment", `pi_${n}`) })),
        ...Array.from({ length: 50 }, (_, n) => ({ id: idOf("Refund", `re_${n}_0`) })),
      ],
    },
    Node: { notes: ({ id }) => [`note about ${String(id)}`] },
  },
};

/** Uses the interface Node for an object of ours, and adds a value to an enum of a field. */
export const labels: Partner = {
  name: "labels",
  sdl: `${LINK}
    interface Node { id: ID! }
    type Party implements Node @key(fields: "id") { id: ID! label: String! }
    enum PaymentStatus { SUCCEEDED REVERSED }
    type Transfer @key(fields: "id") { id: ID! status: PaymentStatus! to: Party }
    type Query { transfers: [Transfer!]! }`,
  resolvers: {
    Query: {
      transfers: () =>
        ["SUCCEEDED", "REVERSED"].map((status, n) => ({ id: `${n}`, status, to: { id: idOf("Party", `cus_${n}`) } })),
    },
    Party: { label: ({ id }) => `label of ${String(id)}` },
  },
};

/** A Relay subgraph: it has objects of its own that implement Node, and Query.node. */
export const invoices: Partner = {
  name: "invoices",
  sdl: `${LINK}
    interface Node { id: ID! }
    type Invoice implements Node @key(fields: "id") { id: ID! payment: Payment }
    type Payment @key(fields: "id", resolvable: false) { id: ID! }
    type Query { node(id: ID!): Node }`,
  resolvers: {
    Query: { node: (_root, { id }) => ({ __typename: "Invoice", id }) },
    Node: { __resolveType: () => "Invoice" },
    Invoice: { payment: () => ({ id: idOf("Payment", "pi_1") }) },
  },
};
