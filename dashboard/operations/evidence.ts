import type * as operations from "./__generated__/operations.ts";
import cancelEvidencePackText from "./documents/cancel-evidence-pack.graphql?raw";
import createEvidencePackText from "./documents/create-evidence-pack.graphql?raw";
import evidencePacksText from "./documents/evidence-packs.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const cancelEvidencePackDocument = graphDocument<
  operations.CancelEvidencePackMutation,
  operations.CancelEvidencePackMutationVariables
>(cancelEvidencePackText);
export const createEvidencePackDocument = graphDocument<
  operations.CreateEvidencePackMutation,
  operations.CreateEvidencePackMutationVariables
>(createEvidencePackText);
export const evidencePacksDocument = graphDocument<
  operations.EvidencePacksQuery,
  operations.EvidencePacksQueryVariables
>(evidencePacksText);
