import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  type GraphQLError,
} from "graphql";
import { ServiceError } from "../../domain/error.ts";
import { failActiveSpan, isTracing, type SpanOptions, type TracedWork } from "../../runtime/tracing.ts";
import { errorsOf } from "./invalid-document.ts";
import type { Transport } from "./prepare-operation.ts";

/** As that of the executor, which may not be imported here. */
type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** A request whose operation is a span. */
export interface TracedRequest {
  readonly requestId: string;
  readonly transport: Transport;
  /** Its header `traceparent`. */
  readonly traceparent: unknown;
}

/** Source: OpenTelemetry, "Semantic conventions for GraphQL" */
export function operationSpan({ requestId, transport, traceparent }: TracedRequest): SpanOptions {
  return {
    name: "GraphQL Operation",
    kind: "SERVER",
    remote: traceparent,
    attributes: { "sluice.request.id": requestId, "sluice.transport": transport },
  };
}

/** Names the span of an operation once its document is known, which is no part of it: texts may contain values. */
export function describeOperation(
  span: TracedWork,
  document: DocumentNode,
  operationName: string | null | undefined,
): void {
  if (!isTracing) return;
  const operation = getOperationAST(document, operationName);
  if (!operation) return;
  span.rename(operation.operation);
  span.set({ "graphql.operation.type": operation.operation, "graphql.operation.name": operation.name?.value });
}

/** Wraps an executor: an operation with errors is marked as failed in its span, with the code of the first one. */
export function markFailures(execute: Execute): Execute {
  if (!isTracing) return execute;
  const mark = (result: ExecutionResult): ExecutionResult => {
    const [error] = result.errors ?? [];
    if (error !== undefined) failActiveSpan(codeOf(error));
    return result;
  };
  return (args) => {
    const result = execute(args);
    return result instanceof Promise ? result.then(mark) : mark(result);
  };
}

/** Marks the span of an operation that was refused before its execution. */
export function markRefused(span: TracedWork, reason: unknown): void {
  if (!isTracing) return;
  const [error] = errorsOf(reason);
  if (error !== undefined) span.fail(codeOf(error));
}

function codeOf({ originalError, extensions }: GraphQLError): string {
  if (originalError instanceof ServiceError) return originalError.code;
  return typeof extensions["code"] === "string" ? extensions["code"] : "INTERNAL";
}
