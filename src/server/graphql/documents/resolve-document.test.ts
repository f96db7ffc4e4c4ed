import { describe, expect, test } from "@jest/globals";
import { hash } from "node:crypto";
import type { DocumentParameters } from "./document-request.ts";
import { createDocumentResolver, type ResolveDocument } from "./resolve-document.ts";

const TEXT = "{ free }";
const TRUSTED = "query Trusted { trusted }";
const sha256 = (text: string): string => hash("sha256", text);
const apollo = (sha256Hash: unknown, version: unknown = 1): DocumentParameters => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

function resolver(mode: "also" | "only" = "also", id = "trusted-1"): ResolveDocument {
  return createDocumentResolver({ tenantCount: () => 2, trusted: { mode, texts: new Map([[id, TRUSTED]]) } });
}

/** The text, or the code of the error. */
function outcome(resolve: ResolveDocument, parameters: DocumentParameters, tenantId = "acme"): string | undefined {
  try {
    return resolve(parameters, tenantId);
  } catch (reason) {
    return (reason as { code?: string }).code ?? String(reason);
  }
}

const PERSISTED = { ...apollo(sha256(TEXT)), query: TEXT };
const CASES: [string, DocumentParameters, string | undefined, string | undefined][] = [
  ["a text", { query: TEXT }, TEXT, "TRUSTED_DOCUMENT_REQUIRED"],
  ["the text of a trusted document", { query: TRUSTED }, TRUSTED, "TRUSTED_DOCUMENT_REQUIRED"],
  ["nothing", {}, undefined, "TRUSTED_DOCUMENT_REQUIRED"],
  ["an empty text", { query: "" }, undefined, "TRUSTED_DOCUMENT_REQUIRED"],
  ["a text that is none", { query: { kind: "Document" } }, undefined, "TRUSTED_DOCUMENT_REQUIRED"],
  ["a null id beside a text", { query: TEXT, documentId: null }, TEXT, "TRUSTED_DOCUMENT_REQUIRED"],
  ["the id of a trusted document", { documentId: "trusted-1" }, TRUSTED, TRUSTED],
  ["an id with an empty text", { query: "", documentId: "trusted-1" }, TRUSTED, TRUSTED],
  ["Hive's id", { documentId: "shop~1.0.0~trusted-1" }, TRUSTED, TRUSTED],
  ["the hash with its prefix", { documentId: `sha256:${sha256(TRUSTED)}` }, TRUSTED, TRUSTED],
  ["the hash alone", { documentId: sha256(TRUSTED) }, TRUSTED, TRUSTED],
  ["the hash as Apollo sends it", apollo(sha256(TRUSTED)), TRUSTED, TRUSTED],
  ["the id as Apollo sends it", apollo("trusted-1"), TRUSTED, TRUSTED],
  ["the hash and the text", { ...apollo(sha256(TRUSTED)), query: TRUSTED }, TRUSTED, TRUSTED],
  ["an unknown id", { documentId: "trusted-2" }, "TRUSTED_DOCUMENT_NOT_FOUND", "TRUSTED_DOCUMENT_NOT_FOUND"],
  [
    "an id of Hive's form that is unknown",
    { documentId: "a~1~b" },
    "TRUSTED_DOCUMENT_NOT_FOUND",
    "TRUSTED_DOCUMENT_NOT_FOUND",
  ],
  [
    "a member of every object",
    { documentId: "constructor" },
    "TRUSTED_DOCUMENT_NOT_FOUND",
    "TRUSTED_DOCUMENT_NOT_FOUND",
  ],
  ["an id and a text", { documentId: "trusted-1", query: TRUSTED }, "INVALID_INPUT", "INVALID_INPUT"],
  ["an id that is no text", { documentId: 1 }, "INVALID_INPUT", "INVALID_INPUT"],
  ["an unknown hash", apollo(sha256("{ other }")), "PERSISTED_QUERY_NOT_FOUND", "TRUSTED_DOCUMENT_NOT_FOUND"],
  ["a text to register", PERSISTED, TEXT, "TRUSTED_DOCUMENT_REQUIRED"],
  [
    "the hash of another text",
    { ...apollo(sha256("{ other }")), query: TEXT },
    "PERSISTED_QUERY_HASH_MISMATCH",
    "PERSISTED_QUERY_HASH_MISMATCH",
  ],
  ["a hash that is no text", apollo(7), "INVALID_INPUT", "INVALID_INPUT"],
  ["another version", apollo(sha256(TRUSTED), 2), "INVALID_INPUT", "INVALID_INPUT"],
  ["other extensions", { query: TEXT, extensions: { tracing: true } }, TEXT, "TRUSTED_DOCUMENT_REQUIRED"],
];

describe("the document of a request", () => {
  test.each(CASES)("that names %s", (_name, parameters, also, only) => {
    expect(outcome(resolver("also"), parameters)).toBe(also);
    expect(outcome(resolver("only"), parameters)).toBe(only);
  });

  test("without a manifest is its text", () => {
    const resolve = createDocumentResolver({ tenantCount: () => 1, trusted: undefined });
    expect(outcome(resolve, { query: TEXT })).toBe(TEXT);
    expect(outcome(resolve, { documentId: "trusted-1" })).toBe("TRUSTED_DOCUMENT_NOT_FOUND");
  });
});

test("a registered text is found by its hash, and no other tenant finds it", () => {
  const resolve = resolver();
  expect(outcome(resolve, apollo(sha256(TEXT)))).toBe("PERSISTED_QUERY_NOT_FOUND");
  expect(outcome(resolve, PERSISTED)).toBe(TEXT);
  expect(outcome(resolve, apollo(sha256(TEXT)))).toBe(TEXT);
  expect(outcome(resolve, apollo(sha256(TEXT)), "umbrella")).toBe("PERSISTED_QUERY_NOT_FOUND");
});

test("a text is not registered under the hash of another one", () => {
  const resolve = resolver();
  expect(outcome(resolve, { ...apollo(sha256("{ other }")), query: TEXT })).toBe("PERSISTED_QUERY_HASH_MISMATCH");
  expect(outcome(resolve, apollo(sha256("{ other }")))).toBe("PERSISTED_QUERY_NOT_FOUND");
});
