import { matchPayouts } from "../store/read/match-payouts.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";
import { explainMatch, type PayoutMatchModel } from "./payout-match.ts";

/** The bank transaction that a payout arrived as; undefined where none is known. */
export const matchByPayout: LoaderSpec<string, PayoutMatchModel | undefined> = {
  key: (payoutId) => payoutId,
  maxBatch: 200, // each has candidates, and those have rivals
  load: reading(async (tx, ids) => {
    const matches = (await matchPayouts(tx, ids)).map(explainMatch);
    return inOrder(ids, matches, ({ payoutId }) => payoutId);
  }),
};
