import { hash } from "node:crypto";
import { ServiceError } from "../../../domain/error.ts";
import { type DocumentParameters, readDocumentRequest } from "./document-request.ts";
import { createPersistedQueries, type PersistedQueryLimits } from "./persisted-queries.ts";
import { createTrustedDocumentFinder, type TrustedDocuments } from "./trusted-documents.ts";

/**
 * Returns the text of the document that a request names, in the same way for every transport: the text itself, a trusted document
 * by its id, or a text that a client of the tenant has registered by its hash (Apollo's automatic persisted queries).
 * Undefined: the request names none.
 * @throws ServiceError PERSISTED_QUERY_NOT_FOUND | PERSISTED_QUERY_HASH_MISMATCH | TRUSTED_DOCUMENT_NOT_FOUND |
 * TRUSTED_DOCUMENT_REQUIRED | INVALID_INPUT
 */
export type ResolveDocument = (parameters: DocumentParameters, tenantId: string) => string | undefined;

export interface DocumentOptions {
  /** Returns the number of tenants that may register texts. */
  readonly tenantCount: () => number;
  /** Undefined: there are none, and texts of clients are executed. */
  readonly trusted: TrustedDocuments | undefined;
  readonly persistedQueryLimits?: PersistedQueryLimits;
}

export function createDocumentResolver(options: DocumentOptions): ResolveDocument {
  const { mode, texts } = options.trusted ?? { mode: "also", texts: new Map<string, string>() };
  const findTrusted = createTrustedDocumentFinder(texts);
  const persisted = createPersistedQueries(options.tenantCount, options.persistedQueryLimits);

  function byHash(sha256Hash: string, text: string | undefined, tenantId: string): string {
    if (text !== undefined && hash("sha256", text) !== sha256Hash) throw hashMismatch();
    const trusted = findTrusted(sha256Hash);
    if (trusted !== undefined) return trusted;
    if (mode === "only")
      throw text === undefined ? notTrusted("extensions.persistedQuery.sha256Hash") : trustRequired();
    if (text !== undefined) persisted.register(tenantId, sha256Hash, text);
    const found = text ?? persisted.find(tenantId, sha256Hash);
    if (found === undefined) throw notRegistered();
    return found;
  }

  return (parameters, tenantId) => {
    const { text, documentId, sha256Hash } = readDocumentRequest(parameters);
    if (documentId !== undefined) {
      if (text !== undefined) throw new ServiceError("INVALID_INPUT", "query must not be set together with documentId");
      const trusted = findTrusted(documentId);
      if (trusted === undefined) throw notTrusted("documentId");
      return trusted;
    }
    if (sha256Hash !== undefined) return byHash(sha256Hash, text, tenantId);
    if (mode === "only") throw trustRequired();
    return text;
  };
}

/** Apollo's clients recognise the code, and older ones the message. */
function notRegistered(): ServiceError {
  return new ServiceError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
}

/** The message of Apollo Server and Apollo Router. */
function hashMismatch(): ServiceError {
  return new ServiceError("PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query");
}

function notTrusted(parameter: string): ServiceError {
  return new ServiceError("TRUSTED_DOCUMENT_NOT_FOUND", `there is no trusted document of this ${parameter}`);
}

function trustRequired(): ServiceError {
  return new ServiceError(
    "TRUSTED_DOCUMENT_REQUIRED",
    "only trusted documents are executed: name one by documentId or extensions.persistedQuery.sha256Hash",
  );
}
