import type * as operations from "./__generated__/operations.ts";
import balanceAccountsText from "./documents/balance-accounts.graphql?raw";
import balanceChainText from "./documents/balance-chain.graphql?raw";
import { graphDocument } from "../graph/document.ts";

export const balanceAccountsDocument = graphDocument<
  operations.BalanceAccountsQuery,
  operations.BalanceAccountsQueryVariables
>(balanceAccountsText);
export const balanceChainDocument = graphDocument<operations.BalanceChainQuery, operations.BalanceChainQueryVariables>(
  balanceChainText,
);
