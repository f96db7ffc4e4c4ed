import type { GraphQLSchema } from "graphql";
import type { ServerOptions } from "../../src/server/create-server.ts";
import { loadSchema } from "../../src/server/load-schema.ts";

let schema: GraphQLSchema | undefined;

/**
 * The service's schema for the servers of tests, built once per process: to build and to check it takes most of a
 * server's start. A server that changes its schema builds its own.
 */
export function serviceSchema(options: Partial<ServerOptions>): Pick<ServerOptions, "schema"> {
  const changesIt = options.auditTrail !== undefined || options.publishesScopes !== undefined;
  return changesIt ? {} : { schema: (schema ??= loadSchema()) };
}
