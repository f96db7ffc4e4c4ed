import type { Proof } from "../../reconcile/payout-proof/decide-proof.ts";
import { findProofs } from "../../reconcile/payout-proof/find-proofs.ts";
import { type LoaderSpec, inOrder, reading } from "./define-loader.ts";

export { lineId } from "../../reconcile/payout-proof/line-kinds.ts";

/** Loads the proof of a payout; undefined if its source says nothing about its entries. */
export const proofByPayout: LoaderSpec<string, Proof | undefined> = {
  key: (payoutId) => payoutId,
  maxBatch: 200, // a payout may have thousands of entries
  load: reading(async (tx, ids) => inOrder(ids, await findProofs(tx, ids), ({ payoutId }) => payoutId)),
};
