import type { GraphQLSchema } from "graphql";
import type { Context, Cursors, WebhookEndpoints } from "../../resolvers/context.ts";
import type { Principal } from "../../resolvers/principal.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { EventFeed } from "../events/feed.ts";
import type { StreamItem } from "../events/stream-item.ts";
import { createLoaders, type Loaders } from "../graph/loaders/index.ts";
import type { ReadThrough } from "../ingest/read-through/read-through.ts";
import { createLoopTurns, type Pieces } from "../runtime/loop-turns.ts";
import type { FairReads } from "../store/fair-reads.ts";
import { type Authenticate, createAuthenticator } from "./auth/create-authenticator.ts";
import type { AuthSettings } from "./auth/settings.ts";
import { createDocumentResolver, type ResolveDocument } from "./graphql/documents/resolve-document.ts";
import type { TrustedDocuments } from "./graphql/documents/trusted-documents.ts";
import { createExecutor, type Execute } from "./graphql/execute/create-executor.ts";
import type { FormatError } from "./graphql/format-error.ts";
import { loadSchema } from "./load-schema.ts";
import { createOperationLimits, type OperationLimitSettings } from "./graphql/operation-limits.ts";
import type { OperationSettings } from "./graphql/operation-settings.ts";
import { createReadColumns } from "./graphql/read-columns.ts";
import { createOperationAdmission, type OperationAdmission } from "./graphql/prepare-operation.ts";
import type { ContextInput } from "./subscriptions/context-input.ts";
import { createEventExecutions, type EventExecutions } from "./subscriptions/event-executions.ts";

/** Parts that all transports share. */
export interface Graph {
  readonly schema: GraphQLSchema;
  /** Executes admitted documents of the schema. */
  readonly execute: Execute;
  readonly resolveDocument: ResolveDocument;
  readonly admission: OperationAdmission;
  /** Maximum duration of an operation, and of the execution of one event of a subscription. */
  readonly operationTimeoutMs: number;
  readonly authenticate: Authenticate;
  /**
   * Begins an operation, before anything is parsed; returns the function that ends it.
   * @throws ServiceError RATE_LIMITED | OVERLOADED (too many reads of its tenant wait)
   */
  beginOperation(principal: Principal): () => void;
  /** Opens the pieces of an operation on the event loop, in its place among the operations that run. */
  openPieces(principal: Principal): Pieces;
  /** Creates a context with empty loaders, or with those of `loadersOf`. */
  createContext(input: ContextInput): Context;
  readonly formatError: FormatError;
  /** Cursor after an event of `syncEvents`. */
  eventCursorOf(principal: Principal, event: unknown): string | undefined;
  /** Executions of the events of subscriptions, shared by all transports. */
  readonly eventExecutions: EventExecutions;
}

export interface GraphOptions {
  readonly reads: FairReads;
  readonly operationLimits: OperationLimitSettings;
  readonly cursors: Cursors;
  readonly auth: AuthSettings;
  /** Configured tenants, at least one. */
  readonly tenants: readonly string[];
  readonly useCases: UseCases;
  readonly readThrough: Pick<ReadThrough, "begin">;
  readonly events: Pick<EventFeed, "subscribe">;
  readonly webhooks: WebhookEndpoints;
  readonly formatError: FormatError;
  readonly operations: OperationSettings;
  /** Default: DEFAULT_OPERATION_TIMEOUT_MS. */
  readonly operationTimeoutMs?: number;
  /** Default: there are none. */
  readonly trustedDocuments?: TrustedDocuments;
  /** Default: the service's own. */
  readonly schema?: GraphQLSchema;
}

/** Less than the 30 s after which Apollo Router gives up, so that it gets our error and not its own. */
const DEFAULT_OPERATION_TIMEOUT_MS = 25_000;

/** Creates the graph. */
export function createGraph(options: GraphOptions): Graph {
  const { reads, cursors, useCases, events, readThrough, webhooks, formatError } = options;
  const schema = options.schema ?? loadSchema();
  const limits = createOperationLimits(options.operationLimits, () => performance.now());
  const turns = createLoopTurns();

  const readColumnsOf = createReadColumns(schema);

  function newLoaders({ principal: { tenantId, subject }, signal, pieces, document }: ContextInput): Loaders {
    const database = reads.forOperation({ tenantId, subject, signal, pieces });
    const columns = document && readColumnsOf(document);
    const fresh = readThrough.begin({ tenantId, signal });
    return createLoaders({ database, tenantId, reads: fresh, signal, pieces, columns });
  }

  const graph = {
    schema,
    execute: createExecutor(schema),
    resolveDocument: createDocumentResolver({
      tenantCount: options.tenants.length,
      trusted: options.trustedDocuments,
    }),
    operationTimeoutMs: options.operationTimeoutMs ?? DEFAULT_OPERATION_TIMEOUT_MS,
    admission: createOperationAdmission({ schema, settings: options.operations }),
    authenticate: createAuthenticator({ settings: options.auth, tenants: options.tenants }),
    beginOperation(principal: Principal) {
      reads.requireRoom(principal.tenantId);
      return limits.begin(principal);
    },
    openPieces: ({ tenantId, subject }: Principal) => turns.open([tenantId, subject]),
    createContext(input: ContextInput): Context {
      const { principal, requestId, signal, resumeAfter } = input;
      const shared = input.loadersOf as Context | undefined; // a context is always made here
      const loaders = shared?.loaders ?? newLoaders(input);
      return { principal, requestId, signal, resumeAfter, loaders, useCases, events, cursors, webhooks };
    },
    formatError,
    eventCursorOf: ({ tenantId }: Principal, event: unknown) =>
      cursors.encodeEventCursor(tenantId, (event as StreamItem).seq), // `syncEvents` is the only subscription
  };
  return { ...graph, eventExecutions: createEventExecutions(graph) };
}
