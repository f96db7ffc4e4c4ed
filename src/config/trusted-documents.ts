import { Kind, parse } from "graphql";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ConfigIssue } from "./issue.ts";
import { parseSettings } from "./parse-settings.ts";

/** Documents that the operator trusts, and whether others are executed too. */
export interface TrustedDocumentsConfig {
  readonly mode: "also" | "only";
  /** Text of each document by its id; at least one. */
  readonly texts: ReadonlyMap<string, string>;
}

const FORMAT = "apollo-persisted-query-manifest";
/** Source: Apollo, "Persisted query manifest", version 1. Its other members are not used here. */
const apolloManifest = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })).min(1),
});
/** Written by Relay, by GraphQL Code Generator and for Hive: the text of each document by its hash. */
const plainManifest = z.record(z.string().min(1), z.string());

/**
 * Reads a manifest of trusted documents. Undefined after a mistake: then `issues` has all of them, each with the file
 * and the path of the entry.
 */
export function readTrustedDocuments(
  file: string,
  mode: TrustedDocumentsConfig["mode"],
  issues: ConfigIssue[],
): TrustedDocumentsConfig | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (reason) {
    const [line] = String(reason).split("\n", 1);
    issues.push({ path: "TRUSTED_DOCUMENTS", expected: `must name a readable JSON file: ${line}` });
    return undefined;
  }
  const entries = isApolloManifest(content)
    ? apolloEntries(content, file, issues)
    : plainEntries(content, file, issues);
  const texts = new Map<string, string>();
  for (const { path, idPath, id, text } of entries ?? []) {
    const fault = faultOf(text);
    if (fault !== undefined) issues.push({ path, expected: `must be a GraphQL document with an operation: ${fault}` });
    if (texts.has(id)) issues.push({ path: idPath, expected: "must be unique in the file" });
    texts.set(id, text);
  }
  if (entries?.length === 0) issues.push({ path: file, expected: "must have at least one document" });
  return { mode, texts };
}

interface Entry {
  /** Path of the text, and of its id, in the file. */
  readonly path: string;
  readonly idPath: string;
  readonly id: string;
  readonly text: string;
}

function isApolloManifest(content: unknown): boolean {
  return typeof content === "object" && content !== null && "format" in content && "operations" in content;
}

function apolloEntries(content: unknown, file: string, issues: ConfigIssue[]): Entry[] | undefined {
  return parseSettings(apolloManifest, content, file, issues)?.operations.map(({ id, body }, index) => {
    const path = `${file}.operations[${index}]`;
    return { path: `${path}.body`, idPath: `${path}.id`, id, text: body };
  });
}

function plainEntries(content: unknown, file: string, issues: ConfigIssue[]): Entry[] | undefined {
  const parsed = parseSettings(plainManifest, content, file, issues);
  return parsed && Object.entries(parsed).map(([id, text]) => ({ path: `${file}.${id}`, idPath: file, id, text }));
}

/** Returns why a text is not a document that can be executed. Whether it fits the schema is found when it is used. */
function faultOf(text: string): string | undefined {
  try {
    const { definitions } = parse(text, { noLocation: true });
    return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? undefined : "it has none";
  } catch (reason) {
    return reason instanceof Error ? reason.message : String(reason);
  }
}
