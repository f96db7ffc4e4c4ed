import type { EntityType } from "../../domain/ids.ts";
import type { ListOrder } from "./page.ts";

/** Kinds that have a list of their own. */
export type ListedType = Exclude<EntityType, "Balance" | "PaymentAttempt">;

type OrderColumn = Omit<ListOrder, "isAscending">;

/** Time of creation, or the time when it was first seen. */
const CREATED: OrderColumn = { column: "ordered_at", type: "timestamptz" };
/** Currency and amount as text that has their order (0024-list-orders.ts). */
const AMOUNT: OrderColumn = { column: "amount_order", type: "text" };

/** Columns of the orders of each list, by the names in the SDL without the direction. The first is the default, descending. */
const ORDER_COLUMNS: { readonly [Type in ListedType]: Readonly<Record<string, OrderColumn>> } = {
  Party: { CREATED },
  Account: { CREATED },
  Payment: { CREATED, AMOUNT },
  Refund: { CREATED, AMOUNT },
  Dispute: { CREATED, AMOUNT, DUE: { column: "due_order", type: "timestamptz" } },
  Payout: { CREATED, AMOUNT, ARRIVAL: { column: "arrival_order", type: "date" } },
  LedgerEntry: { CREATED, AMOUNT, AVAILABLE: { column: "available_order", type: "timestamptz" } },
  // The trigger of 0004-bank-statements.ts orders them by their day.
  BankTransaction: { BOOKED: CREATED, AMOUNT },
  Statement: { CREATED },
};

/** The order of lists in which they are read if nothing else is requested. */
export const NEWEST_FIRST: ListOrder = { ...CREATED, isAscending: false };

/** Returns the order of a list by its name in the SDL. */
export function listOrder(type: ListedType, name: string | undefined): ListOrder {
  if (name === undefined) return NEWEST_FIRST;
  const [, columnName = "", direction] = /^(\w+)_(ASC|DESC)$/.exec(name) ?? [];
  const column = ORDER_COLUMNS[type][columnName];
  if (column === undefined) throw new Error(`there is no order ${name} of ${type}`); // the SDL has the same names
  return { ...column, isAscending: direction === "ASC" };
}

/** Returns whether a list is ordered by time, as the indexes of its filters are. */
export function isByTime({ column }: ListOrder): boolean {
  return column === CREATED.column;
}
