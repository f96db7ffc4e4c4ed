import { CHILD_LISTS, type ChildList } from "../queries/child-lists.ts";
import type { ChildPage } from "../queries/find-children.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { type PayoutSumRow, sumPayoutLines } from "../queries/sum-payout-lines.ts";
import { type RefundedRow, sumRefunds } from "../queries/sum-refunds.ts";
import { children } from "./children.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

type ChildLoaders = {
  readonly [Name in keyof typeof CHILD_LISTS]: (typeof CHILD_LISTS)[Name] extends ChildList<infer Type>
    ? LoaderSpec<ChildPage, readonly EntityRows[Type][]>
    : never;
};

/** A loader for each list of children: it loads pages of them, newest first. */
export const childLoaders = Object.fromEntries(
  Object.entries(CHILD_LISTS).map(([name, list]) => [name, children(list)]),
) as unknown as ChildLoaders; // the entries lose which list has which type

/** Refunded amounts of a payment, one row per currency. */
export const refundedByPayment: LoaderSpec<string, readonly RefundedRow[]> = {
  key: (paymentId) => paymentId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await sumRefunds(tx, ids), (row) => row.paymentId)),
};

/** Sum of a payout's lines; undefined for a payout that is not stored. */
export const sumByPayout: LoaderSpec<string, PayoutSumRow | undefined> = {
  key: (payoutId) => payoutId,
  maxBatch: 200, // a payout may have thousands of lines
  load: reading(async (tx, ids) => inOrder(ids, await sumPayoutLines(tx, ids), ({ payoutId }) => payoutId)),
};
