/** An address, and what it is for. */
export interface Address {
  readonly name: string;
  readonly url: string;
  readonly note?: string;
}

/** Returns the addresses of a running demo, one in a line; neighbours with the same name show it once. */
export function addressLines(addresses: readonly Address[]): string {
  const width = Math.max(...addresses.map(({ name }) => name.length));
  const urlWidth = Math.max(...addresses.map(({ url }) => url.length));
  const lines = addresses.map(({ name, url, note }, index) => {
    const displayed = addresses[index - 1]?.name === name ? "" : name;
    return `  ${displayed.padEnd(width)}   ${url.padEnd(urlWidth)}   ${note ?? ""}`.trimEnd();
  });
  return `\n${lines.join("\n")}\n\n`;
}

/** What to do once there is data: where to look, what will happen, and a query and a subscription to paste. */
export function firstSteps(serviceUrl: string): string {
  return `
  Next: open ${serviceUrl}/ in a browser. It shows what is out of step, why, and what to do.
  In some seconds the demo breaks things on purpose: a forged and an unreadable webhook, a transaction whose
  amount is a word, a statement that does not close, a poll that is refused. docs/graph.md has the queries.

  A query to paste into GraphiQL, ${serviceUrl}/graphql, which opens with it:

${indented(FIRST_QUERY)}
  A subscription to paste next to it; the sandboxes change something every few seconds:

${indented(FIRST_SUBSCRIPTION)}
  Ctrl-C stops it; synced data stays in the data folder.

`;
}

export const FIRST_QUERY = `query FirstPayments {
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

export const FIRST_SUBSCRIPTION = `subscription Changes {
  syncEvents(filter: { kinds: [ENTITY_CHANGED] }) {
    __typename
    cursor
    ... on EntityChanged {
      change
      entity { __typename ... on Payment { externalId status amount { amount currency } } }
    }
  }
}
`;

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "    ");
}
