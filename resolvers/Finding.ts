import type { FindingResolvers } from "./__generated__/types.ts";
import { sourceOf } from "./source-of.ts";

export const Finding: FindingResolvers = {
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  evidence: ({ evidence }) => factsOf(evidence),
};

/** Evidence is stored as an object, a member for each fact. */
function factsOf(evidence: unknown): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(evidence ?? {}).map(([name, fact]: [string, unknown]) => ({
    name,
    value: typeof fact === "string" ? fact : JSON.stringify(fact),
  }));
}
