import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { ENTITY_LISTS } from "./entity-lists.ts";
import { countEntities, type EntityFilter, type EntityList, listEntities } from "./list-entities.ts";
import type { ListCount, ListPosition, PageRequest, Positioned } from "./page.ts";

/** Kinds of activity; of equal times, the earlier kind is listed first. */
const KINDS = ["Payment", "Refund", "Dispute", "Payout", "BankTransaction"] as const satisfies readonly EntityType[];
type ActivityKind = (typeof KINDS)[number];

/** The kinds by their names in the SDL. */
const NAMES: Readonly<Record<ActivityKind, string>> = {
  Payment: "PAYMENT",
  Refund: "REFUND",
  Dispute: "DISPUTE",
  Payout: "PAYOUT",
  BankTransaction: "BANK_TRANSACTION",
};

/** Conditions of the list of activity; names and meaning as in the SDL. */
export interface ActivityFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly kinds?: readonly string[] | null | undefined;
  readonly account?: string | null | undefined;
  readonly payment?: string | null | undefined;
  /** RFC 3339, inclusive. */
  readonly from?: string | null | undefined;
  /** RFC 3339, exclusive. */
  readonly to?: string | null | undefined;
}

/** An object and its kind. */
export type ActivityRow = { [Kind in ActivityKind]: EntityRows[Kind] & { readonly activityKind: Kind } }[ActivityKind];

/** A page of everything that has happened, newest first: merged from a page of each kind, which is read by an index. */
export async function listActivity(
  tx: Transaction,
  filter: ActivityFilter,
  page: PageRequest,
): Promise<readonly ActivityRow[]> {
  const lists: (readonly ActivityRow[])[] = [];
  for (const kind of KINDS) {
    if (!isSelected(kind, filter)) continue;
    const rows = await listKind(tx, kind, filter, pageOf(kind, page));
    lists.push(rows.map((row) => ({ ...row, activityKind: kind }) as ActivityRow)); // rows of this kind
  }
  const merged = lists.flat().toSorted(compareActivity);
  return page.isFromEnd === true ? merged.slice(-page.limit) : merged.slice(0, page.limit);
}

/** Counts what has happened. */
export async function countActivity(tx: Transaction, filter: ActivityFilter): Promise<ListCount> {
  const counts: ListCount[] = [];
  for (const kind of KINDS) if (isSelected(kind, filter)) counts.push(await countKind(tx, kind, filter));
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    isEstimate: counts.some(({ isEstimate }) => isEstimate),
  };
}

/** An object without an account is in no list of an account's activity; the same for a payment. */
function isSelected(kind: ActivityKind, { kinds, account, payment }: ActivityFilter): boolean {
  if (kinds !== null && kinds !== undefined && !kinds.includes(NAMES[kind])) return false;
  if (typeof account === "string" && kind !== "Payout" && kind !== "BankTransaction") return false;
  return typeof payment !== "string" || kind === "Payment" || kind === "Refund" || kind === "Dispute";
}

function listKind(
  tx: Transaction,
  kind: ActivityKind,
  filter: ActivityFilter,
  page: PageRequest,
): Promise<readonly Positioned[]> {
  return listEntities(tx, ENTITY_LISTS[kind] as EntityList<ActivityKind, EntityFilter>, filterOf(kind, filter), page); // the filter is of this kind
}

function countKind(tx: Transaction, kind: ActivityKind, filter: ActivityFilter): Promise<ListCount> {
  return countEntities(tx, ENTITY_LISTS[kind] as EntityList<ActivityKind, EntityFilter>, filterOf(kind, filter)); // as above
}

/** The filter of one kind. */
function filterOf(
  kind: ActivityKind,
  { sourceIds, account, payment, from, to }: ActivityFilter,
): EntityFilter & { readonly account?: unknown; readonly payment?: unknown } {
  const common = { sourceIds, createdFrom: from, createdTo: to };
  if (kind === "Payment") return { ...common, ids: typeof payment === "string" ? [payment] : undefined };
  return kind === "Payout" || kind === "BankTransaction" ? { ...common, account } : { ...common, payment };
}

/** Ids begin with letters and digits: every id is between these two. */
const [BEFORE_EVERY_ID, AFTER_EVERY_ID] = ["", "zzzz"];

/**
 * The page of one kind. The id of a position has the kind before it: `Refund ref_…`. Of equal times, the kinds before that
 * of a position are before it, and the others after it.
 */
function pageOf(kind: ActivityKind, page: PageRequest): PageRequest {
  return { ...page, after: positionFor(kind, page.after), before: positionFor(kind, page.before) };
}

function positionFor(kind: ActivityKind, position: ListPosition | undefined): ListPosition | undefined {
  if (position === undefined) return undefined;
  const [of = "", id = ""] = position.id.split(" ");
  const rank = rankOf(of) - rankOf(kind);
  // The list is descending: what is before all items of a time has the greatest id.
  const bound = rank > 0 ? BEFORE_EVERY_ID : AFTER_EVERY_ID;
  return { at: position.at, id: rank === 0 ? id : bound };
}

function rankOf(kind: string): number {
  return KINDS.findIndex((one) => one === kind);
}

/** Rows of one kind stay in the order of their list: sorting is stable. The texts of times compare as the times. */
function compareActivity(one: ActivityRow, other: ActivityRow): number {
  if (one.orderedAt !== other.orderedAt) return one.orderedAt < other.orderedAt ? 1 : -1;
  return rankOf(one.activityKind) - rankOf(other.activityKind);
}
