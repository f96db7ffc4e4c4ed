import type { Address } from "../demo/welcome.ts";
import { takesWebhooks } from "../sources/takes-webhooks.ts";
import type { Source } from "../sources/source.ts";

export interface AddressesInput {
  /** Address that the service listens on. */
  readonly url: string;
  readonly metricsUrl: string;
  /** Address by which providers reach it; undefined: `url`. */
  readonly publicUrl: string | undefined;
  readonly sources: Iterable<Source>;
}

/** Returns where the service can be used from now on. */
export function addressesOf({ url, metricsUrl, publicUrl = url, sources }: AddressesInput): readonly Address[] {
  const all = [...sources];
  return [
    { name: "GraphiQL", url: `${url}/graphql`, note: "in a browser" },
    { name: "GraphQL", url: `${url}/graphql`, note: "queries and mutations, by POST or GET" },
    { name: "subscriptions", url: `${url.replace(/^http/, "ws")}/graphql/ws`, note: "graphql-transport-ws" },
    { name: "health", url: `${url}/readyz` },
    { name: "metrics", url: metricsUrl },
    ...all.filter(takesWebhooks).map(({ id }) => ({ name: "webhooks", url: `${publicUrl}/webhooks/${id}` })),
    ...all
      .filter(({ connector }) => connector.files !== undefined)
      .map(({ id }) => ({ name: "files", url: `${url}/files/${id}`, note: "by PUT" })),
  ];
}

/** Returns where the sandboxes are that the sources of the demo read. */
export function sandboxAddresses(sources: Iterable<Source>): readonly Address[] {
  return [...sources].flatMap(({ connector, config }) => {
    const target = connector.target(config);
    return target === undefined ? [] : [{ name: "sandboxes", url: target.baseUrl, note: connector.name }];
  });
}
