import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { Partner } from "./partner.ts";

/** A running subgraph. */
export interface PartnerServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a partner's subgraph on a free port. */
export async function startPartner({ sdl, resolvers }: Partner): Promise<PartnerServer> {
  const rootless = Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => [type, Object.fromEntries(Object.entries(fields))]),
  );
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: rootless as never }]); // the map's own type
  const server = createServer((request, response) => {
    void (async () => {
      const { query, variables, operationName } = (await json(request)) as {
        readonly query: string;
        readonly variables?: Readonly<Record<string, unknown>>;
        readonly operationName?: string;
      };
      const result = await graphql({ schema, source: query, variableValues: variables, operationName });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(result));
    })().catch((reason: unknown) => {
      response.statusCode = 400;
      response.end(String(reason));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
