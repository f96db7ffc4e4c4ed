/**
 * Page script of GraphiQL, for browsers. React, ReactDOM, GraphiQL and graphqlWs are globals of the scripts before it.
 * The token stays in this tab: it is stored nowhere but in `sessionStorage`.
 */
"use strict";

const TOKEN_KEY = "sluice.token";
/** Number of events of a subscription that are shown. */
const MAX_EVENTS = 200;

/** @returns the fetcher of GraphiQL for one token, over HTTP and over the WebSocket of this host, and its end */
function connect(token) {
  const headers = token === "" ? {} : { authorization: `Bearer ${token}` };
  const socketUrl = `${location.protocol.replace("http", "ws")}//${location.host}/graphql/ws`;
  const wsClient = graphqlWs.createClient({ url: socketUrl, connectionParams: headers });
  const fetcher = GraphiQL.createFetcher({ url: "/graphql", headers, wsClient, enableIncrementalDelivery: false });
  return {
    async fetch(parameters, options) {
      const result = await fetcher(parameters, options);
      return result !== null && Symbol.asyncIterator in Object(result) ? withHistory(result) : result;
    },
    close: () => wsClient.dispose(),
  };
}

/** @returns for each event of a subscription, all events so far with their time: GraphiQL shows only the last result */
function withHistory(results) {
  const iterator = results[Symbol.asyncIterator]();
  let events = [];
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const { done, value } = await iterator.next();
      if (done) return { done, value: undefined };
      // Newest first: the editor that shows them returns to its top with each one.
      events = [{ receivedAt: new Date().toISOString(), ...value }, ...events].slice(0, MAX_EVENTS);
      return { done: false, value: { events } };
    },
    return: () => iterator.return(),
  };
}

function start() {
  const place = document.getElementById("graphiql");
  const field = document.getElementById("token");
  const root = ReactDOM.createRoot(place);
  const defaultQuery = place.dataset.query || undefined;
  // A link may bring a query, which its reader runs: in the fragment, which is never sent.
  const query = new URLSearchParams(location.hash.slice(1)).get("query") ?? undefined;
  let connection;

  function render() {
    connection?.close();
    connection = connect(field.value.trim());
    // A changed fetcher also makes GraphiQL read the schema again.
    root.render(
      React.createElement(GraphiQL, {
        fetcher: connection.fetch,
        shouldPersistHeaders: false,
        showPersistHeadersSettings: false,
        ...(defaultQuery !== undefined && { defaultQuery }),
        ...(query !== undefined && { query }),
        ...(place.dataset.introspection === "off" && { schema: null }),
      }),
    );
  }

  field.value = sessionStorage.getItem(TOKEN_KEY) ?? "";
  field.addEventListener("change", () => {
    sessionStorage.setItem(TOKEN_KEY, field.value.trim());
    render();
  });
  render();
}

start();
