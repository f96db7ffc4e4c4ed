import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { hash } from "node:crypto";
import type { Principal } from "../../resolvers/principal.ts";
import { requireScope } from "../../resolvers/require-scope.ts";
import { ServiceError } from "../domain/error.ts";
import { requireModestAnswer } from "./answer-size.ts";
import { createLruCache, type LruCache } from "./lru-cache.ts";
import { requireShallow } from "./nesting.ts";

/** An operation as the client sent it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  /** As they came, not yet coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How an operation came. */
export type Transport = "http" | "websocket";

export interface AdmissionRequest {
  /** Valid against the schema. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly principal: Principal;
  readonly transport: Transport;
}

/** The one gate that every operation passes, by whatever transport it comes. */
export interface OperationGate {
  /**
   * Parses and validates an operation, each text once while it is remembered, and admits it.
   * @throws GraphQLError with a code when the text is at fault | ServiceError INVALID_INPUT (nested too deep) or as
   * `admitOperation`
   */
  prepareOperation(request: OperationRequest, principal: Principal, transport: Transport): DocumentNode;
  /**
   * The second half of `prepareOperation`.
   * @throws GraphQLError OPERATION_RESOLUTION_FAILURE | ServiceError FORBIDDEN | SUBSCRIPTION_TRANSPORT_UNSUPPORTED |
   * INVALID_INPUT (an answer too large to make)
   */
  admitOperation(request: AdmissionRequest): void;
  /** Valid documents by SHA-256 of their text, hex; for a transport whose library parses and validates by itself. */
  readonly documents: Pick<LruCache<DocumentNode>, "get" | "set">;
}

/** Many times what people and gateways send; bounds the work that one text can make. */
export const PARSE_OPTIONS = { maxTokens: 5_000 } as const;

/** Many times what the clients of one deployment send, and some tens of megabytes as syntax trees. */
const CACHED_DOCUMENTS = { maxEntries: 1_000, maxWeight: 2_000_000 } as const;

/** Makes the gate, with nothing remembered. */
export function createOperationGate({ schema }: { readonly schema: GraphQLSchema }): OperationGate {
  const documents = createLruCache<DocumentNode>(CACHED_DOCUMENTS);

  function documentOf(query: string): DocumentNode {
    const key = hash("sha256", query);
    const known = documents.get(key);
    if (known !== undefined) return known;
    requireShallow(query);
    const document = parseDocument(query);
    const fault = validate(schema, document)[0];
    if (fault !== undefined) throw withCode(fault, "GRAPHQL_VALIDATION_FAILED");
    documents.set(key, document, query.length);
    return document;
  }

  function admitOperation({ document, operationName, variables, principal, transport }: AdmissionRequest): void {
    requireScope(principal, "read");
    const operation = requireOperation(document, operationName);
    if (operation.operation === "subscription" && transport === "http") {
      throw new ServiceError(
        "SUBSCRIPTION_TRANSPORT_UNSUPPORTED",
        "subscriptions are not served over plain HTTP; use one of: graphql-transport-ws at /graphql/ws or /ws",
      );
    }
    requireModestAnswer({ schema, document, operation, variables });
  }

  return {
    documents,
    admitOperation,
    prepareOperation({ query, ...request }, principal, transport) {
      const document = documentOf(query);
      admitOperation({ ...request, document, principal, transport });
      return document;
    },
  };
}

function requireOperation(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const message =
    operationName === undefined
      ? "operationName is needed: the document has several operations, or none"
      : "the document has no operation of this operationName";
  throw new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } });
}

function parseDocument(query: string): DocumentNode {
  try {
    return parse(query, PARSE_OPTIONS);
  } catch (reason) {
    if (reason instanceof GraphQLError) throw withCode(reason, "GRAPHQL_PARSE_FAILED");
    throw reason;
  }
}

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  const place = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null };
  return new GraphQLError(message, { ...place, extensions: { code } });
}
