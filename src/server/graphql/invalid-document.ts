import { GraphQLError } from "graphql";
import { ServiceError } from "../../domain/error.ts";

/** A text that is not a valid document of our schema: a syntax error, or a bounded number of validation errors. */
export class InvalidDocument extends Error {
  override readonly name = "InvalidDocument";
  /** At least one; each has a code. */
  readonly errors: readonly GraphQLError[];

  constructor(code: "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED", errors: readonly GraphQLError[]) {
    super(`[${code}] ${errors[0]?.message ?? ""}`);
    this.errors = errors.map((error) => withCode(error, code));
  }
}

/** Returns the errors that report why an operation was refused, whatever was thrown. */
export function errorsOf(reason: unknown): readonly GraphQLError[] {
  if (reason instanceof InvalidDocument) return reason.errors;
  if (reason instanceof GraphQLError) return [reason];
  const error = ServiceError.from(reason);
  return [new GraphQLError(error.publicMessage, { originalError: error })];
}

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  const place = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null };
  return new GraphQLError(message, { ...place, extensions: { code } });
}
