import { type RefundedRow, sumRefunds } from "../store/read/sum-refunds.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** What was refunded of a payment, a row per currency. */
export const refundedByPayment: LoaderSpec<string, readonly RefundedRow[]> = {
  key: (paymentId) => paymentId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await sumRefunds(tx, ids), (row) => row.paymentId)),
};
