import type { FastifyBaseLogger } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Context, Cursors, WebhookEndpoints } from "../../resolvers/context.ts";
import type { Principal } from "../../resolvers/principal.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { EventFeed } from "../events/feed.ts";
import { createLoaders } from "../loaders/index.ts";
import type { ReadThrough } from "../read-through/read-through.ts";
import type { Database } from "../store/database.ts";
import { type Authenticate, createAuthenticator } from "./auth/create-authenticator.ts";
import type { AuthSettings } from "./auth/settings.ts";
import { createErrorFormatter, type FormatError } from "./format-error.ts";
import { loadSchema } from "./load-schema.ts";
import { createOperationGate, type OperationGate } from "./prepare-operation.ts";

/** Whose context, and for how long. */
export interface ContextInput {
  readonly principal: Principal;
  readonly requestId: string;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** Everything that transports have in common. */
export interface Graph {
  readonly schema: GraphQLSchema;
  readonly gate: OperationGate;
  readonly authenticate: Authenticate;
  /** A context that has read nothing yet. */
  createContext(input: ContextInput): Context;
  readonly formatError: FormatError;
}

export interface GraphOptions {
  readonly database: Database;
  readonly cursors: Cursors;
  readonly auth: AuthSettings;
  /** The configured ones, at least one. */
  readonly tenants: readonly string[];
  readonly useCases: UseCases;
  readonly readThrough: Pick<ReadThrough, "begin">;
  readonly events: Pick<EventFeed, "subscribe">;
  readonly webhooks: WebhookEndpoints;
  readonly log: FastifyBaseLogger;
}

/** Puts the graph together. */
export function createGraph(options: GraphOptions): Graph {
  const { database, cursors, useCases, events, readThrough, webhooks, log } = options;
  const schema = loadSchema();
  return {
    schema,
    gate: createOperationGate({ schema }),
    authenticate: createAuthenticator({ settings: options.auth, tenants: options.tenants }),
    createContext({ principal, requestId, signal }) {
      const { tenantId } = principal;
      const reads = readThrough.begin({ tenantId, signal });
      const loaders = createLoaders({ database, tenantId, reads, signal });
      return { principal, requestId, signal, loaders, useCases, events, cursors, webhooks };
    },
    formatError: createErrorFormatter({ log }),
  };
}
