import { matchTransactions } from "../store/read/match-payouts.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";
import { explainMatch, type PayoutMatchModel } from "./payout-match.ts";

/** The payout that arrived as a bank transaction; undefined where none is known. */
export const matchByTransaction: LoaderSpec<string, PayoutMatchModel | undefined> = {
  key: (transactionId) => transactionId,
  maxBatch: 200, // each has candidates, and those have rivals
  load: reading(async (tx, ids) => {
    const matches = (await matchTransactions(tx, ids)).map(explainMatch);
    return inOrder(ids, matches, ({ transactionId }) => transactionId);
  }),
};
