import type { EntityType } from "../../domain/ids.ts";
import { CHILD_LISTS, type ChildList } from "../queries/child-lists.ts";
import type { ChildPage } from "../queries/find-children.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { type RefundedRow, sumRefunds } from "../queries/sum-refunds.ts";
import type { CountedChildren } from "../queries/find-children.ts";
import type { ListCount, Positioned } from "../queries/page.ts";
import { childCounts, children } from "./children.ts";
import { type LoaderSpec, grouped, reading } from "./define-loader.ts";

type ChildLoaders = {
  readonly [Name in keyof typeof CHILD_LISTS]: (typeof CHILD_LISTS)[Name] extends ChildList<infer Type>
    ? LoaderSpec<ChildPage, readonly (EntityRows[Type] & Positioned)[]>
    : never;
};

/** Names of the lists of children. */
export type ChildListName = keyof typeof CHILD_LISTS;
type ChildCounts = { readonly [Name in ChildListName as `${Name}Count`]: LoaderSpec<CountedChildren, ListCount> };

/** A loader for each list of children: it loads pages of them. */
export const childLoaders = Object.fromEntries(
  Object.entries(CHILD_LISTS).map(([name, list]) => [name, children(list)]),
) as unknown as ChildLoaders; // the entries lose which list has which type

/** A loader for each list of children that counts them. */
export const childCountLoaders = Object.fromEntries(
  Object.entries(CHILD_LISTS).map(([name, list]) => [`${name}Count`, childCounts<EntityType>(list)]),
) as unknown as ChildCounts; // one for each list

/** Refunded amounts of a payment, one row per currency. */
export const refundedByPayment: LoaderSpec<string, readonly RefundedRow[]> = {
  key: (paymentId) => paymentId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await sumRefunds(tx, ids), (row) => row.paymentId)),
};
