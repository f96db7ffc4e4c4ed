import { decimalText, type Money, moneyOfDecimal } from "../../domain/money.ts";
import { daysBetween } from "../../domain/payout-route.ts";
import {
  findMatchMembers,
  findReconciliation,
  type MatchMemberRow,
  type ProposalRow,
  type ReconciliationRow,
} from "../queries/find-reconciliation.ts";
import {
  findDecisionPages,
  findMatchDecisions,
  type MatchDecisionPage,
  type PagedMatchDecisionRow,
} from "../queries/find-match-decisions.ts";
import { rowById } from "./by-id.ts";
import { MAX_PARENTS } from "./children.ts";
import { grouped, inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Loads the result of matching a payout or bank transaction; undefined if it is not matched with anything. */
export const reconciliationByObject: LoaderSpec<string, ReconciliationRow | undefined> = {
  key: (id) => id,
  maxBatch: 500,
  load: reading(async (tx, ids) => inOrder(ids, await findReconciliation(tx, ids), ({ id }) => id)),
};

/** Loads the match of a payout or bank transaction as a pair; undefined if it has none. */
export const pairByObject: LoaderSpec<string, PayoutMatchModel | undefined> = {
  key: (id) => id,
  maxBatch: 500,
  load: reading(async (tx, ids) => {
    const rows = await findReconciliation(tx, ids);
    const matchIds = [...new Set(rows.flatMap(({ matchId }) => matchId ?? []))];
    const members = matchIds.length === 0 ? [] : await findMatchMembers(tx, matchIds);
    const byMatch = Map.groupBy(members, ({ matchId }) => matchId);
    const pairs = new Map(rows.map((row) => [row.id, pairOf(row, byMatch.get(row.matchId ?? "") ?? [])]));
    return ids.map((id) => pairs.get(id));
  }),
};

/** Loads a decision of a person; undefined if there is none. */
export const matchDecisionById = rowById(findMatchDecisions);

/** Loads a page of the decisions about a payout or bank transaction, newest first. */
export const decisionsByObject: LoaderSpec<MatchDecisionPage, readonly PagedMatchDecisionRow[]> = {
  key: (page) => JSON.stringify(page),
  maxBatch: MAX_PARENTS,
  load: reading(findDecisionPages),
};

/** Loads the objects of a match. */
export const membersByMatch: LoaderSpec<string, MatchMemberRow[]> = {
  key: (matchId) => matchId,
  maxBatch: 500,
  load: reading(async (tx, ids) => grouped(ids, await findMatchMembers(tx, ids), ({ matchId }) => matchId)),
};

/** What remains of a match, with its explanation. */
export interface MatchResidueModel {
  readonly amount: Money;
  readonly kind: NonNullable<ReconciliationRow["residueKind"]>;
  readonly matchId: string;
}

/** A bank transaction that is compared by its instructed amount. */
export interface MatchExchangeModel {
  readonly transactionId: string;
  readonly instructed: Money;
  readonly booked: Money;
  /** As the bank has written it. */
  readonly rate: string | null;
  readonly unitCurrency: string | null;
}

/** A payout and a bank transaction of one match. */
export interface MatchLinkModel {
  readonly payoutId: string;
  readonly transactionId: string;
  readonly amount: Money;
}

/** A possible match of amounts in a currency. */
export interface ProposalModel extends ProposalRow {
  readonly currency: string;
}

/** A payout, the bank transaction that it arrived as, and the reasons for the match. */
export interface PayoutMatchModel {
  readonly payoutId: string;
  readonly transactionId: string;
  readonly reasons: ReconciliationRow["reasons"];
  readonly explanation: string;
}

/** Returns the match of an object as a pair: of several payouts or transactions, with the first one. */
function pairOf(row: ReconciliationRow, members: readonly MatchMemberRow[]): PayoutMatchModel | undefined {
  if (row.state !== "MATCHED" && row.state !== "EXPLAINED") return undefined;
  const payouts = members.filter(({ objectType }) => objectType === "Payout");
  const transactions = members.filter(({ objectType }) => objectType === "BankTransaction");
  const payout = payouts.find(({ id }) => id === row.id) ?? payouts[0];
  const transaction = transactions.find(({ id }) => id === row.id) ?? transactions[0];
  if (payout === undefined || transaction === undefined) return undefined;
  return {
    payoutId: payout.id,
    transactionId: transaction.id,
    reasons: row.reasons,
    explanation: explain(
      row,
      payout,
      transaction,
      payouts.length > 1 ? "merged" : transactions.length > 1 ? "split" : "single",
    ),
  };
}

function explain(
  { reasons, name }: ReconciliationRow,
  payout: MatchMemberRow,
  transaction: MatchMemberRow,
  kind: "single" | "merged" | "split",
): string {
  const isDebit = transaction.direction === "DEBIT";
  const { amount, currency, exchange } = transaction;
  const verb = isDebit ? "was debited from the account" : "arrived";
  const { minor, exponent } = moneyOfDecimal(amount, currency);
  const booked = exchange === null ? "" : ` (booked as ${exchange.bookedAmount} ${exchange.bookedCurrency})`;
  const facts = `${decimalText(minor, exponent)} ${currency}${booked} ${verb} on ${transaction.day}, ${lateness(payout, transaction)}`;
  const sets = {
    single: "",
    merged: " It is the sum of several payouts.",
    split: " The payout is the sum of several transactions.",
  };
  if (reasons.includes("PERSON")) return `A person has matched them. ${facts}.${sets[kind]}`;
  if (name !== null) return `The transaction refers to the payout: it contains ${name}. ${facts}.${sets[kind]}`;
  if (kind !== "single") return `${facts}.${sets[kind]} No other amounts add up to it.`;
  return `${facts}. No reference confirms it, but no other ${isDebit ? "debit" : "credit"} and no other payout of this amount is possible.`;
}

function lateness(payout: MatchMemberRow, transaction: MatchMemberRow): string {
  const days = daysBetween(payout.day, transaction.day);
  if (days === 0) return "the day that it was expected";
  const count = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  return `${count} ${days < 0 ? "before" : "after"} the ${payout.day} that it was expected`;
}
