import type { ReconciliationItemQuery, ReconciliationItemsQuery } from "../../operations/__generated__/operations.ts";
import type { LiveEvent } from "../../graph/event-fields.ts";
import type { Tone } from "../../ui/elements.tsx";

/** A payout or a bank transaction in the list. */
export type ListedItem = ReconciliationItemsQuery["reconciliationItems"]["nodes"][number];

type Node = NonNullable<ReconciliationItemQuery["node"]>;
/** A payout or a bank transaction with everything about its result. */
export type Item = Extract<Node, { readonly __typename: "Payout" | "BankTransaction" }>;
export type PayoutItem = Extract<Node, { readonly __typename: "Payout" }>;
export type Result = NonNullable<Item["reconciliation"]>;

export const RESULT_TONES: Readonly<Record<Result["state"], Tone>> = {
  MATCHED: "good",
  EXPLAINED: "good",
  TIMING: "busy",
  OPEN: "bad",
  CONFLICT: "bad",
};

export const PROOF_TONES: Readonly<Record<NonNullable<PayoutItem["proof"]>["state"], Tone>> = {
  PROVEN: "good",
  EXPLAINED: "good",
  UNEXPLAINED: "bad",
  PENDING: "busy",
  NOT_DISCLOSED: "idle",
};

export const isMatchChange = ({ __typename: type }: LiveEvent): boolean => type === "PayoutMatchChanged";

export const daysText = (days: number): string => (days < 0 ? `due in ${-days} d` : `${days} d`);
