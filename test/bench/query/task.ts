import { z } from "zod";

/** The tenant and the source of the rows that are read; both servers read them from the same tables. */
export const TENANT = "acme";
export const SOURCE = "stripe-main";

/** The task of the peer, as JSON in its first argument. It prints its URL when it is ready. */
export const peerTaskSchema = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  tenantId: z.string(),
});
export type PeerTask = z.infer<typeof peerTaskSchema>;

/** An operation that is sent as often as it is answered. */
export interface Load {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Requests that are unanswered at a time. */
  readonly clients: number;
}

const PAYMENT = `id externalId status amount { amount currency } createdAt`;

/** @param ids global ids of 100 payments */
export function loadsOf(ids: readonly string[]) {
  const representations = ids.map((id) => ({ __typename: "Payment", id }));
  return {
    list: {
      query: `query List($first: Int!) { payments(first: $first) { nodes { ${PAYMENT}
        source { id connector } debtor { id name }
        refunds(first: 5) { nodes { id status amount { amount currency } } } } pageInfo { hasNextPage } } }`,
      variables: { first: ids.length },
      clients: 8,
    },
    entities: {
      query: `query Entities($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Payment { ${PAYMENT} } } }`,
      variables: { representations },
      clients: 8,
    },
    one: {
      query: `query One($id: ID!) { payment(id: $id) { ${PAYMENT} debtor { id name } } }`,
      variables: { id: ids[0] },
      clients: 8,
    },
  } as const satisfies Record<string, Load>;
}
