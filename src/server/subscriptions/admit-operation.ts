import { type DocumentNode, type ExecutionArgs, getOperationAST } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { jsonBytes } from "../graphql/memory-size.ts";
import type { OperationRequest, Transport } from "../graphql/prepare-operation.ts";
import type { Operation } from "./operation.ts";
import type { TransportGraph } from "./transport-graph.ts";

export interface AdmitOptions {
  readonly graph: Pick<TransportGraph, "schema" | "admission">;
  readonly principal: Principal;
  readonly operation: Pick<Operation, "occupy">;
  /** Its query is the text of the document, whatever named it. */
  readonly request: OperationRequest;
  readonly transport: Transport;
  /** What else the transport keeps of the operation while it runs, as JSON; for the quota of bytes. */
  readonly kept?: unknown;
}

/** What an operation is executed with, except the context. */
export interface AdmittedArgs extends ExecutionArgs {
  /** Values of the variables that the operation declares, as received. */
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/**
 * Passes an operation through the gate and counts its memory, in the same way for every transport that keeps operations
 * open.
 * @throws as `prepareOperation` | ServiceError OVERLOADED
 */
export function admitOperation(options: AdmitOptions): AdmittedArgs {
  const { graph, principal, operation, request, transport, kept } = options;
  const { operationName } = request;
  const document = graph.admission.prepareOperation(request, principal, transport);
  const variableValues = declaredVariables(document, request);
  operation.occupy({ document, bytes: jsonBytes([kept, operationName, variableValues]) });
  return { schema: graph.schema, document, operationName: operationName ?? null, variableValues };
}

/** Returns the variables that the operation declares: the others are not in memory while it runs. */
function declaredVariables(
  document: DocumentNode,
  { operationName, variables }: OperationRequest,
): Readonly<Record<string, unknown>> {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const names = definitions.map(({ variable }) => variable.name.value);
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]),
  );
}
