import type * as operations from "./__generated__/operations.ts";
import payoutsText from "./documents/payouts.graphql?raw";
import statementDaysText from "./documents/statement-days.graphql?raw";
import statementsText from "./documents/statements.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const payoutsDocument = graphDocument<operations.PayoutsQuery, operations.PayoutsQueryVariables>(payoutsText);
export const statementDaysDocument = graphDocument<
  operations.StatementDaysQuery,
  operations.StatementDaysQueryVariables
>(statementDaysText);
export const statementsDocument = graphDocument<operations.StatementsQuery, operations.StatementsQueryVariables>(
  statementsText,
);
