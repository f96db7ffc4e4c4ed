/*
 * Rows as the graph reads them: columns in camel case, int8 as bigint, times as RFC 3339 text. Every field from an
 * upstream is nullable: for an object of which only the deletion was observed, nothing else is known.
 */
import type { EntityType } from "../../domain/ids.ts";
import type { Column } from "../entities/columns.ts";
import type { Via } from "../entities/observation.ts";
import type { ENTITY_TABLES } from "../entities/tables.ts";

/** Fields of every synced object. */
export interface SyncedRow {
  readonly id: string;
  readonly sourceId: string;
  readonly externalId: string;
  readonly createdAt: string | null;
  /**
   * Key of the lists, together with the id: PostgreSQL's own text of the time, so that no digit is lost when it is sent
   * back.
   */
  readonly orderedAt: string;
  readonly observedAt: string;
  readonly sourceUpdatedAt: string | null;
  readonly via: Via;
  readonly deletedAt: string | null;
  readonly rawHash: string | null;
  readonly deliveryId: string | null;
  readonly rawPath: string;
  readonly extensions: Readonly<Record<string, string>> | null;
}

type CamelCase<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type TableOf<Type extends EntityType> = (typeof ENTITY_TABLES)[Type];

/** Row of one kind of synced object, derived from the definition of its table. */
export type EntityRow<Type extends EntityType> = SyncedRow & {
  readonly [C in TableOf<Type>["columns"][number] as CamelCase<C["name"]>]: C extends Column<never, string, infer Value>
    ? Value | null
    : never;
} & { readonly [Name in TableOf<Type>["derived"][number] as CamelCase<Name>]: string | null };

/** Row type of each kind of synced object. */
export type EntityRows = { readonly [Type in EntityType]: EntityRow<Type> };

export type PartyRow = EntityRow<"Party">;
export type AccountRow = EntityRow<"Account">;
export type BalanceRow = EntityRow<"Balance">;
export type PaymentRow = EntityRow<"Payment">;
export type PaymentAttemptRow = EntityRow<"PaymentAttempt">;
export type RefundRow = EntityRow<"Refund">;
export type DisputeRow = EntityRow<"Dispute">;
export type PayoutRow = EntityRow<"Payout">;
export type LedgerEntryRow = EntityRow<"LedgerEntry">;
export type BankTransactionRow = EntityRow<"BankTransaction">;
export type StatementRow = EntityRow<"Statement">;
