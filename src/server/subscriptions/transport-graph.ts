import type { GraphQLSchema } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import type { Pieces } from "../../runtime/loop-turns.ts";
import type { Authenticate } from "../auth/create-authenticator.ts";
import type { ResolveDocument } from "../graphql/documents/resolve-document.ts";
import type { Execute } from "../graphql/execute/create-executor.ts";
import type { FormatError } from "../graphql/format-error.ts";
import type { OperationAdmission } from "../graphql/prepare-operation.ts";
import type { AccessEnds } from "./access-ends.ts";
import type { ContextInput } from "./context-input.ts";
import type { EventExecutions } from "./event-executions.ts";

/** Interface of the graph for transports that keep an operation open: the same authentication, gate, contexts and errors as over HTTP. */
export interface TransportGraph {
  readonly schema: GraphQLSchema;
  /** Executes admitted documents of the schema. */
  readonly execute: Execute;
  readonly authenticate: Authenticate;
  /** When the access of a caller ends, whose connection may stay open longer. */
  readonly access: AccessEnds;
  /**
   * Begins an operation; returns the function that ends it, which may be called more than once.
   * @throws ServiceError RATE_LIMITED | OVERLOADED
   */
  readonly beginOperation: (principal: Principal) => () => void;
  /** Opens the pieces of an operation, or of one event, on the event loop. */
  readonly openPieces: (principal: Principal) => Pieces;
  readonly resolveDocument: ResolveDocument;
  readonly admission: Pick<OperationAdmission, "prepareOperation">;
  /** Maximum duration of an operation, and of the execution of one event of a subscription. */
  readonly operationTimeoutMs: number;
  /** Creates a context with empty loaders; called for each operation, and again for each event of a subscription. */
  readonly createContext: (input: ContextInput) => unknown;
  readonly formatError: FormatError;
  /** Executions of the events of subscriptions, shared by all transports. */
  readonly eventExecutions: EventExecutions;
  /** Cursor after an event of a subscription. Undefined, of the graph or for an event: there is none. */
  readonly eventCursorOf?: (principal: Principal, event: unknown) => string | undefined;
}
