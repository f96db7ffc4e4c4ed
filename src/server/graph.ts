import type { GraphQLSchema } from "graphql";
import type { ComparisonSchedules, Context, Cursors, WebhookEndpoints } from "../../resolvers/context.ts";
import type { Principal } from "../../resolvers/principal.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { ApiKeys } from "../api-keys/api-keys.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { EventFeed } from "../events/feed.ts";
import type { StreamItem } from "../events/stream-item.ts";
import { createLoaders, type Loaders } from "../graph/loaders/index.ts";
import { createKnownPast, createReadMoment, type ReadMoment, readsAt } from "../graph/loaders/read-moment.ts";
import type { ReadThrough } from "../ingest/read-through/read-through.ts";
import { createLoopTurns, type Pieces } from "../runtime/loop-turns.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { FairReads } from "../store/fair-reads.ts";
import { type Authenticate, createAuthenticator } from "./auth/create-authenticator.ts";
import type { AuthSettings } from "./auth/settings.ts";
import { createDocumentResolver, type ResolveDocument } from "./graphql/documents/resolve-document.ts";
import type { TrustedDocuments } from "./graphql/documents/trusted-documents.ts";
import { createExecutor, type Execute } from "./graphql/execute/create-executor.ts";
import type { FormatError } from "./graphql/format-error.ts";
import { createRefusalRecorder, recordMutations } from "./record-mutations.ts";
import { loadSchema } from "./load-schema.ts";
import { createOperationLimits, type OperationLimitSettings } from "./graphql/operation-limits.ts";
import type { OperationSettings } from "./graphql/operation-settings.ts";
import { createReadColumns } from "./graphql/read-columns.ts";
import { createOperationAdmission, type OperationAdmission } from "./graphql/prepare-operation.ts";
import { type AccessEnds, createAccessEnds } from "./subscriptions/access-ends.ts";
import type { ContextInput } from "./subscriptions/context-input.ts";
import { markFailures } from "./graphql/trace-operation.ts";
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
  readonly access: AccessEnds;
}

export interface GraphOptions {
  readonly reads: FairReads;
  readonly operationLimits: OperationLimitSettings;
  readonly cursors: Cursors;
  readonly auth: AuthSettings;
  /** Keys with which services call the graph. Default: none is accepted. */
  readonly apiKeys?: ApiKeys;
  readonly tenants: ServedTenants;
  readonly useCases: UseCases;
  /** Records the mutations. Default: they are not recorded, for tests. */
  readonly auditTrail?: AuditTrail;
  readonly readThrough: Pick<ReadThrough, "begin">;
  readonly events: Pick<EventFeed, "subscribe">;
  readonly webhooks: WebhookEndpoints;
  readonly comparisons: ComparisonSchedules;
  readonly formatError: FormatError;
  readonly operations: OperationSettings;
  /** Number of days for which changes of objects are kept. Default: 365. */
  readonly historyDays?: number;
  /** Default: DEFAULT_OPERATION_TIMEOUT_MS. */
  readonly operationTimeoutMs?: number;
  /** Default: there are none. */
  readonly trustedDocuments?: TrustedDocuments;
  /** See `SchemaOptions`. */
  readonly publishesScopes?: boolean;
  /** Default: the service's own. */
  readonly schema?: GraphQLSchema;
}

/** Less than the 30 s after which Apollo Router gives up, so that it gets our error and not its own. */
const DEFAULT_OPERATION_TIMEOUT_MS = 25_000;

const DEFAULT_HISTORY_DAYS = 365;

/** Creates the graph. */
export function createGraph(options: GraphOptions): Graph {
  const { reads, cursors, useCases, events, readThrough, webhooks, comparisons, formatError } = options;
  const schema = options.schema ?? loadSchema(options);
  const { auditTrail } = options;
  if (auditTrail !== undefined) recordMutations(schema, auditTrail);
  const onRefused = auditTrail && createRefusalRecorder(auditTrail);
  const limits = createOperationLimits(options.operationLimits, () => performance.now());
  const turns = createLoopTurns();

  const readColumnsOf = createReadColumns(schema);

  const past = createKnownPast({ historyDays: options.historyDays ?? DEFAULT_HISTORY_DAYS, nowMs: Date.now });

  function newLoaders(input: ContextInput, moment: ReadMoment): Loaders {
    const { principal, signal, pieces, document } = input;
    const { tenantId, subject } = principal;
    const operation = reads.forOperation({ tenantId, subject, signal, pieces, asOf: () => moment.asOf });
    const database = readsAt(moment, past, operation);
    const columns = document && readColumnsOf(document);
    const fresh = readThrough.begin({ tenantId, signal });
    return createLoaders({ database, tenantId, reads: fresh, signal, pieces, columns });
  }

  const graph = {
    schema,
    execute: markFailures(createExecutor(schema)),
    resolveDocument: createDocumentResolver({
      tenantCount: () => options.tenants.ids.length,
      trusted: options.trustedDocuments,
    }),
    access: createAccessEnds(options.apiKeys, options.tenants),
    operationTimeoutMs: options.operationTimeoutMs ?? DEFAULT_OPERATION_TIMEOUT_MS,
    admission: createOperationAdmission({ schema, settings: options.operations, onRefused }),
    authenticate: createAuthenticator({ settings: options.auth, tenants: options.tenants, apiKeys: options.apiKeys }),
    beginOperation(principal: Principal) {
      reads.requireRoom(principal.tenantId);
      return limits.begin(principal);
    },
    openPieces: ({ tenantId, subject }: Principal) => turns.open([tenantId, subject]),
    createContext(input: ContextInput): Context {
      const { principal, requestId, remoteAddress, signal, resumeAfter } = input;
      const shared = input.loadersOf as Context | undefined; // a context is always made here
      const moment = shared?.moment ?? createReadMoment(Date.now);
      const loaders = shared?.loaders ?? newLoaders(input, moment);
      return {
        principal,
        requestId,
        remoteAddress,
        signal,
        resumeAfter,
        moment,
        loaders,
        useCases,
        events,
        cursors,
        webhooks,
        comparisons,
      };
    },
    formatError,
    eventCursorOf: ({ tenantId }: Principal, event: unknown) =>
      cursors.encodeEventCursor(tenantId, (event as StreamItem).seq), // `syncEvents` is the only subscription
  };
  return { ...graph, eventExecutions: createEventExecutions(graph) };
}
