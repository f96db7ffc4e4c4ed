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

/** Most sources whose addresses are listed one by one. */
const MAX_LISTED = 20;

/** Returns where the service can be used from now on. */
export function addressesOf({ url, metricsUrl, publicUrl = url, sources }: AddressesInput): readonly Address[] {
  const all = [...sources];
  const receiving = all.filter(takesWebhooks);
  const withFiles = all.filter(({ connector }) => connector.files !== undefined);
  return [
    { name: "dashboard", url: `${url}/`, note: "in a browser" },
    { name: "GraphiQL", url: `${url}/graphql`, note: "in a browser" },
    { name: "GraphQL", url: `${url}/graphql`, note: "queries and mutations, by POST or GET" },
    { name: "subscriptions", url: `${url.replace(/^http/, "ws")}/graphql/ws`, note: "graphql-transport-ws" },
    { name: "subscriptions", url: `${url}/graphql`, note: "server-sent events, multipart, HTTP callback if allowed" },
    { name: "health", url: `${url}/readyz` },
    { name: "metrics", url: metricsUrl },
    ...ofSources("webhooks", `${publicUrl}/webhooks`, receiving),
    ...ofSources("files", `${url}/files`, withFiles, "by PUT"),
  ];
}

/** Lists the address of each source, or the pattern of all if there are many. */
function ofSources(name: string, url: string, sources: readonly Source[], note?: string): readonly Address[] {
  const words = (text: string | undefined) => (text === undefined ? {} : { note: text });
  if (sources.length <= MAX_LISTED) return sources.map(({ id }) => ({ name, url: `${url}/${id}`, ...words(note) }));
  const count = `for each of ${sources.length} sources`;
  return [{ name, url: `${url}/{sourceId}`, note: note === undefined ? count : `${note}, ${count}` }];
}

/** Returns where the sandboxes are that the sources of the demo read. */
export function sandboxAddresses(sources: Iterable<Source>): readonly Address[] {
  return [...sources].flatMap(({ connector, config }) => {
    const target = connector.target(config);
    return target === undefined ? [] : [{ name: "sandboxes", url: target.baseUrl, note: connector.name }];
  });
}
