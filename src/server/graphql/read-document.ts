import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoFragmentCyclesRule,
  NoUnusedFragmentsRule,
  parse,
  validate,
} from "graphql";
import { limitDepth } from "./depth-limit.ts";
import { limitDocument, limitOperations } from "./document-limits.ts";
import { ServiceError } from "../../domain/error.ts";
import { InvalidDocument } from "./invalid-document.ts";

/** Many times the size of real documents from people and gateways; bounds the work caused by one text. */
const MAX_TOKENS = 5_000;
/** Twenty for each token; bounds the work before the first token is read, and comments. */
const MAX_CHARACTERS = 100_000;
/** Number of mistakes that are reported at a time, by every transport. */
export const MAX_VALIDATION_ERRORS = 10;

/** Rules for fragments that can be expanded, all from the operations: what is not expanded is not counted. */
const EXPANDABLE = [NoFragmentCyclesRule, NoUnusedFragmentsRule];

export interface ReadDocumentOptions {
  readonly schema: GraphQLSchema;
  /** Whether documents may ask for the schema, and errors suggest similar names of it. */
  readonly introspection: boolean;
}

/**
 * Parses and validates a text. Each step bounds the work of the next one: the text is counted before it is parsed, the
 * document before its fragments are expanded, and the expanded operations before they are validated.
 * @throws InvalidDocument | ServiceError INVALID_INPUT (a limit) | FORBIDDEN (introspection)
 */
export function readDocument(text: string, { schema, introspection }: ReadDocumentOptions): DocumentNode {
  if (text.length > MAX_CHARACTERS) throw new ServiceError("INVALID_INPUT", "the document is too long");
  limitDepth(text);
  const document = parseDocument(text);
  limitDocument(document);
  const options = { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection };
  requireValid(validate(schema, document, EXPANDABLE, options));
  limitOperations(document, { introspection });
  requireValid(validate(schema, document, undefined, options));
  return document;
}

/** The validator adds an error of its own about errors that it left out; it is left out as well. */
function requireValid(errors: readonly GraphQLError[]): void {
  if (errors.length > 0) throw new InvalidDocument("GRAPHQL_VALIDATION_FAILED", errors.slice(0, MAX_VALIDATION_ERRORS));
}

function parseDocument(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: MAX_TOKENS });
  } catch (reason) {
    if (reason instanceof GraphQLError && reason.message.includes("Document contains more that")) {
      throw new ServiceError("INVALID_INPUT", "the document has too many tokens", { cause: reason });
    }
    if (reason instanceof GraphQLError) throw new InvalidDocument("GRAPHQL_PARSE_FAILED", [reason]);
    throw reason;
  }
}
