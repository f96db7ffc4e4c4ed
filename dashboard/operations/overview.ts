import type * as operations from "./__generated__/operations.ts";
import overviewText from "./documents/overview.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const overviewDocument = graphDocument<operations.OverviewQuery, operations.OverviewQueryVariables>(
  overviewText,
);
