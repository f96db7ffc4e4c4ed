import { WAIT_LIMIT_MS } from "./eventually.ts";

/** The response of a GraphQL server, unparsed. */
export interface GraphqlAnswer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Posts an operation. */
export async function askGraph<Data = Record<string, unknown>>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(WAIT_LIMIT_MS),
  });
  return (await response.json()) as GraphqlAnswer<Data>; // each test checks the parts that it uses
}
