import type { GraphQLSchema } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import type { Authenticate } from "../auth/create-authenticator.ts";
import type { FormatError } from "../format-error.ts";
import type { OperationGate } from "../prepare-operation.ts";

/** The graph as a socket needs it: the same authentication, gate, contexts and errors as over HTTP. */
export interface SocketGraph {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly gate: Pick<OperationGate, "prepareOperation">;
  /** A context that has read nothing yet; called for each operation, and again for each event of a subscription. */
  readonly createContext: (input: ContextInput) => unknown;
  readonly formatError: FormatError;
}

export interface ContextInput {
  readonly principal: Principal;
  readonly requestId: string;
  /** Aborted when the result is wanted no more. */
  readonly signal: AbortSignal;
}
