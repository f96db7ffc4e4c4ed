import { severityOfKind } from "../src/domain/severity.ts";
import type { EvidencePartResolvers, FindingResolvers, QueryResolvers } from "./__generated__/types.ts";
import { factsOf } from "./evidence-parts.ts";
import { loadNode } from "./load-node.ts";
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

export const EvidencePart: EvidencePartResolvers = {
  node: ({ id }, _args, context) => (id === null ? null : loadNode(context, { id })),
};

export const finding: NonNullable<QueryResolvers["finding"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.findingById, id);

export const findings: NonNullable<QueryResolvers["findings"]> = (_root, args, context) =>
  rootList(context, args, "findings", context.loaders.lists.findings);
