import { z } from "zod";
import { ServiceError } from "../../../domain/error.ts";

/** Parameters of a request that name its document, as received. */
export interface DocumentParameters {
  readonly query?: unknown;
  /** Parameter of the GraphQL-over-HTTP draft, appendix A "Persisted Documents". */
  readonly documentId?: unknown;
  /** May contain `persistedQuery`, by which Apollo's clients name a document. */
  readonly extensions?: unknown;
}

/** How a request names its document. */
export interface DocumentRequest {
  readonly text: string | undefined;
  readonly documentId: string | undefined;
  /** SHA-256 of the text, hex; Apollo's manifests use it as the id of a document too. */
  readonly sha256Hash: string | undefined;
}

const PERSISTED_QUERY = z.object({ version: z.literal(1), sha256Hash: z.string().min(1) });

/**
 * Reads how a request names its document. An empty text counts as none: libraries for WebSocket require the parameter.
 * @throws ServiceError INVALID_INPUT
 */
export function readDocumentRequest({ query, documentId, extensions }: DocumentParameters): DocumentRequest {
  return {
    text: typeof query === "string" && query !== "" ? query : undefined,
    documentId: readDocumentId(documentId),
    sha256Hash: readHash(extensions),
  };
}

/** Returns true if the extensions of a request name its document. */
export function hasPersistedQuery(extensions: unknown): extensions is { readonly persistedQuery: unknown } {
  return typeof extensions === "object" && extensions !== null && "persistedQuery" in extensions;
}

function readDocumentId(documentId: unknown): string | undefined {
  if (documentId === undefined || documentId === null) return undefined;
  if (typeof documentId === "string" && documentId !== "") return documentId;
  throw new ServiceError("INVALID_INPUT", "documentId must be a text that is not empty");
}

function readHash(extensions: unknown): string | undefined {
  if (!hasPersistedQuery(extensions) || extensions.persistedQuery === null) return undefined;
  const parsed = PERSISTED_QUERY.safeParse(extensions.persistedQuery);
  if (parsed.success) return parsed.data.sha256Hash;
  throw new ServiceError("INVALID_INPUT", "extensions.persistedQuery must have version 1, and sha256Hash as a text");
}
