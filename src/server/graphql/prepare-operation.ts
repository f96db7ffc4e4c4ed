import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { hash } from "node:crypto";
import type { Principal } from "../../../resolvers/principal.ts";
import { requireScope } from "../../../resolvers/require-scope.ts";
import { ServiceError } from "../../domain/error.ts";
import { keepCoerced } from "./coerced-variables.ts";
import { createCostModel, operationCost } from "./cost/operation-cost.ts";
import { documentBytes } from "./memory-size.ts";
import { limitVariables } from "./limit-variables.ts";
import { DEFAULT_OPERATION_SETTINGS, type OperationSettings } from "./operation-settings.ts";
import { readDocument } from "./read-document.ts";

/** An operation as the client sent it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  /** Variables as received, not yet coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Transport by which an operation arrived. */
export type Transport = "http" | "websocket" | "sse" | "multipart" | "callback";

/** Valid documents by a hash of their text; the least recently used are evicted. */
export type DocumentCache = LRUCache<string, DocumentNode>;

/** The gate that every operation passes before its execution, whatever its transport. */
export interface OperationAdmission {
  /**
   * Parses and validates an operation, each text once while it is cached, and admits it. Nothing else in the service
   * parses or validates a text of a client.
   * @throws InvalidDocument | GraphQLError OPERATION_RESOLUTION_FAILURE | BAD_USER_INPUT | ServiceError FORBIDDEN |
   * SUBSCRIPTION_TRANSPORT_UNSUPPORTED | INVALID_INPUT (a limit). `errorsOf` converts all of them.
   */
  prepareOperation(request: OperationRequest, principal: Principal, transport: Transport): DocumentNode;
  /** Valid documents by SHA-256 of their text, hex. */
  readonly documents: DocumentCache;
}

/** Called with a valid operation whose variables or cost are refused, and why. */
export type OnRefused = (operation: OperationDefinitionNode, principal: Principal, reason: unknown) => void;

export interface OperationAdmissionOptions {
  readonly schema: GraphQLSchema;
  readonly onRefused?: OnRefused | undefined;
  /** Default: DEFAULT_OPERATION_SETTINGS. */
  readonly settings?: Partial<OperationSettings>;
}

/** Many times what the clients of one deployment send. The size is in bytes of memory. */
const CACHED_DOCUMENTS = { max: 1_000, maxSize: 64 * 1024 * 1024, sizeCalculation: documentBytes };

/** Creates the gate with an empty cache. */
export function createOperationAdmission({
  schema,
  onRefused = () => undefined,
  ...options
}: OperationAdmissionOptions): OperationAdmission {
  const settings = { ...DEFAULT_OPERATION_SETTINGS, ...options.settings };
  const documents: DocumentCache = new LRUCache(CACHED_DOCUMENTS);
  const model = createCostModel(schema);

  function documentOf(query: string): DocumentNode {
    const key = hash("sha256", query);
    const known = documents.get(key);
    if (known !== undefined) return known;
    const document = readDocument(query, { schema, introspection: settings.introspection });
    documents.set(key, document);
    return document;
  }

  function limitCost(document: DocumentNode, operation: OperationDefinitionNode, given: OperationRequest["variables"]) {
    const definitions = operation.variableDefinitions ?? [];
    const names = definitions.map(({ variable }) => variable.name.value).filter((name) => Object.hasOwn(given, name));
    limitVariables(Object.fromEntries(names.map((name) => [name, given[name]])), settings.maxEntities);
    // One mistake is reported, because each repeats the value that it is about.
    const coercion = { maxErrors: 1, hideSuggestions: !settings.introspection };
    const { coerced: variables, errors } = getVariableValues(schema, definitions, given, coercion);
    if (variables === undefined) throw errors[0] ?? new GraphQLError('Variable "$" has a wrong value');
    const { cost, entities } = operationCost(model, { document, operation, variables });
    if (entities > settings.maxEntities) {
      throw new ServiceError("INVALID_INPUT", "the operation has too many representations: request them in parts");
    }
    if (cost > settings.maxCost) {
      const advice = "request smaller pages, fewer lists in lists, or fewer operations at a time";
      throw new ServiceError("INVALID_INPUT", `the operation costs too much: ${advice}`);
    }
    return variables;
  }

  function admitted<T>(check: () => T, operation: OperationDefinitionNode, principal: Principal): T {
    try {
      return check();
    } catch (reason) {
      onRefused(operation, principal, reason);
      throw reason;
    }
  }

  return {
    documents,
    prepareOperation({ query, operationName, variables }, principal, transport) {
      requireScope(principal, "read");
      const document = documentOf(query);
      const operation = requireOperation(document, operationName);
      if (operation.operation === "subscription" && transport === "http") throw unsupportedTransport("plain HTTP");
      const coerced = admitted(() => limitCost(document, operation, variables), operation, principal);
      if (transport === "http") keepCoerced(variables, operation, coerced); // a socket would keep them as long as it is open
      return document;
    },
  };
}

function requireOperation(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const message =
    operationName === undefined
      ? "operationName is required: the document has several operations, or none"
      : "the document has no operation of this operationName";
  throw new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } });
}

/** Transports of subscriptions, as an error names them. */
const SUBSCRIPTION_TRANSPORTS = [
  "graphql-transport-ws at /graphql, /graphql/ws or /ws",
  "server-sent events in distinct connections at /graphql (Accept: text/event-stream)",
  'multipart at /graphql (Accept: multipart/mixed;subscriptionSpec="1.0")',
  "Apollo's HTTP callback at /graphql (Accept: application/json;callbackSpec=1.0) where the operator allows its origin",
];

/** @param given what the client has requested instead: `plain HTTP` */
export function unsupportedTransport(given: string): ServiceError {
  return new ServiceError(
    "SUBSCRIPTION_TRANSPORT_UNSUPPORTED",
    `subscriptions are not served over ${given}; use one of: ${SUBSCRIPTION_TRANSPORTS.join("; ")}`,
  );
}
