import { severityOfKind } from "../src/domain/severity.ts";
import type { FindingResolvers, QueryResolvers } from "./__generated__/types.ts";
import { loadOptional } from "./load-optional.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { sourceOf } from "./source-of.ts";

export const Finding: FindingResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "Finding", loader: loaders.findingById }),
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  severity: ({ kind }) => severityOfKind(kind),
  evidence: ({ evidence }) => factsOf(evidence),
};

/** Evidence is stored as an object with one member per fact. */
function factsOf(evidence: unknown): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(evidence ?? {}).map(([name, fact]: [string, unknown]) => ({
    name,
    value: typeof fact === "string" ? fact : JSON.stringify(fact),
  }));
}

export const finding: NonNullable<QueryResolvers["finding"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.findingById, id);

export const findings: NonNullable<QueryResolvers["findings"]> = (_root, args, context) =>
  rootList(context, args, "findings", context.loaders.lists.findings);
