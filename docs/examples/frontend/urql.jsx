import { useState } from "react";
import { createRoot } from "react-dom/client";
import { cacheExchange, Client, fetchExchange, gql, Provider, useQuery, useSubscription } from "urql";

const client = new Client({
  url: "/graphql",
  exchanges: [cacheExchange, fetchExchange],
  fetchSubscriptions: true, // by server-sent events, through the same exchange
  // fetchOptions: { headers: { authorization: "Bearer …" } } where callers must authenticate
});

const PAYMENT_FIELDS = gql`
  fragment PaymentFields on Payment {
    id
    externalId
    status
    amount {
      amount
      currency
    }
    freshness {
      observedAt
      via
      isStale
    }
  }
`;
const PAYMENTS = gql`
  query Payments {
    payments(first: 20) {
      nodes {
        ...PaymentFields
      }
    }
  }
  ${PAYMENT_FIELDS}
`;
const PAYMENT = gql`
  query Payment($id: ID!) {
    payment(id: $id, maxAge: 60) {
      ...PaymentFields
    }
  }
  ${PAYMENT_FIELDS}
`;
const CHANGES = gql`
  subscription Changes {
    syncEvents(filter: { entityTypes: [PAYMENT] }) {
      cursor
      ... on EntityChanged {
        entity {
          id
        }
      }
    }
  }
`;

// Amounts are texts with all their digits: they are displayed as they are, and never become numbers.
const lineOf = ({ externalId, status, amount }) => `${externalId}: ${status}, ${amount.amount} ${amount.currency}`;

function Payment({ id }) {
  // at most a minute old: otherwise it is fetched from its source
  const [{ data }] = useQuery({ query: PAYMENT, variables: { id }, requestPolicy: "cache-and-network" });
  if (!data?.payment) return <p id="payment" />;
  const { observedAt, via, isStale } = data.payment.freshness;
  return (
    <p id="payment">{`${lineOf(data.payment)}, as of ${observedAt} by ${via}${isStale ? ", out of date" : ""}`}</p>
  );
}

function Payments() {
  const [selected, select] = useState();
  const [{ data, error }, readAgain] = useQuery({ query: PAYMENTS });
  // urql's own cache does not know objects: each change, and the position that comes first, reads the list again.
  const [{ data: cursor }] = useSubscription({ query: CHANGES }, (_before, { syncEvents }) => {
    readAgain({ requestPolicy: "network-only" });
    return syncEvents.cursor;
  });
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <>
      <ul id="payments">
        {data?.payments.nodes.map((payment) => (
          <li key={payment.id}>
            <button onClick={() => select(payment.id)}>{lineOf(payment)}</button>
          </li>
        ))}
      </ul>
      {selected && <Payment key={cursor} id={selected} />}
    </>
  );
}

createRoot(document.getElementById("root")).render(
  <Provider value={client}>
    <Payments />
  </Provider>,
);
