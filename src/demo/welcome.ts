/** What a newcomer sees when the demo is ready: where it is, a query and a subscription to paste. */
export function welcome(url: string): string {
  return `
  Sluice runs, with sandboxes of the systems that it speaks to behind it: a change every few seconds.

  GraphiQL   ${url}/graphql      (in a browser)
  GraphQL    ${url}/graphql      subscriptions: ${url.replace(/^http/, "ws")}/graphql/ws
  health     ${url}/readyz       metrics: ${url}/metrics

  A query to paste into GraphiQL:

${FIRST_QUERY}
  A subscription to paste next to it:

${FIRST_SUBSCRIPTION}
  Ctrl-C ends it; what it has synced stays in the data folder.

`;
}

export const FIRST_QUERY = `    query FirstPayments {
      payments(first: 3, filter: { status: [SUCCEEDED] }) {
        edges {
          node {
            externalId
            amount { amount currency }
            debtor { name }
            refunds { edges { node { amount { amount currency } status } } }
            freshness { observedAt via }
          }
        }
      }
    }
`;

export const FIRST_SUBSCRIPTION = `    subscription Changes {
      syncEvents(filter: { kinds: [EntityChanged] }) {
        __typename
        cursor
        ... on EntityChanged {
          change
          entity { __typename ... on Payment { externalId status amount { amount currency } } }
        }
      }
    }
`;
