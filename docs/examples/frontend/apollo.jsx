import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { ApolloProvider, useQuery, useSubscription } from "@apollo/client/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

// `headers: { authorization: "Bearer …" }` where callers must authenticate. Subscriptions use the same link: multipart.
const client = new ApolloClient({ link: new HttpLink({ uri: "/graphql" }), cache: new InMemoryCache() });

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
        change
        entity {
          id
          ...PaymentFields
        }
      }
    }
  }
  ${PAYMENT_FIELDS}
`;

// Amounts are texts with all their digits: they are displayed as they are, and never become numbers.
const lineOf = ({ externalId, status, amount }) => `${externalId}: ${status}, ${amount.amount} ${amount.currency}`;

function Payments({ onSelect }) {
  const { data, error, refetch } = useQuery(PAYMENTS);
  useSubscription(CHANGES, {
    // A changed payment is written to the cache by its id, and every component that displays it is rendered again.
    onData: ({ data: { data: changed } }) => {
      const event = changed?.syncEvents;
      const isUpdate = event?.__typename === "EntityChanged" && event.change === "UPDATED";
      // the first message is a position: what happened before it may be missing in the list; so may a new payment
      if (!isUpdate) void refetch();
    },
  });
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <ul id="payments">
      {data?.payments.nodes.map((payment) => (
        <li key={payment.id}>
          <button onClick={() => onSelect(payment.id)}>{lineOf(payment)}</button>
        </li>
      ))}
    </ul>
  );
}

function Payment({ id }) {
  // at most a minute old: otherwise it is fetched from its source
  const { data } = useQuery(PAYMENT, { variables: { id }, fetchPolicy: "cache-and-network" });
  if (!data?.payment) return <p id="payment" />;
  const { observedAt, via, isStale } = data.payment.freshness;
  return (
    <p id="payment">{`${lineOf(data.payment)}, as of ${observedAt} by ${via}${isStale ? ", out of date" : ""}`}</p>
  );
}

function App() {
  const [selected, select] = useState();
  return (
    <ApolloProvider client={client}>
      <Payments onSelect={select} />
      {selected && <Payment id={selected} />}
    </ApolloProvider>
  );
}

createRoot(document.getElementById("root")).render(<App />);
