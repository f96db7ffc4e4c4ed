import type * as operations from "./__generated__/operations.ts";
import comparedDaysText from "./documents/compared-days.graphql?raw";
import differencesText from "./documents/differences.graphql?raw";
import reconcileText from "./documents/reconcile.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const comparedDaysDocument = graphDocument<operations.ComparedDaysQuery, operations.ComparedDaysQueryVariables>(
  comparedDaysText,
);
export const differencesDocument = graphDocument<operations.DifferencesQuery, operations.DifferencesQueryVariables>(
  differencesText,
);
export const reconcileDocument = graphDocument<operations.ReconcileMutation, operations.ReconcileMutationVariables>(
  reconcileText,
);
