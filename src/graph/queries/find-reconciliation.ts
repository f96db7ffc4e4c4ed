import type { MatchState } from "../../domain/match-state.ts";
import type { Transaction } from "../../store/database.ts";

/** Result of matching one payout or bank transaction. Amounts are decimal text. */
export interface ReconciliationRow {
  readonly id: string;
  readonly objectType: "Payout" | "BankTransaction";
  readonly sourceId: string;
  /** Empty for the default route. */
  readonly route: string;
  readonly currency: string;
  readonly direction: "CREDIT" | "DEBIT";
  readonly amount: string;
  readonly day: string;
  readonly dueOn: string;
  readonly state: MatchState;
  readonly since: string;
  readonly matchId: string | null;
  readonly decidedBy: "PERSON" | "REFERENCE" | "UNIQUE" | "SET" | null;
  readonly residue: string | null;
  readonly residueKind: "FEE" | "EXCHANGE" | "ACCEPTED" | null;
  readonly reasons: readonly ("REFERENCE" | "AMOUNT" | "DATE" | "ONLY_ONE" | "SUM" | "PERSON")[];
  readonly name: string | null;
  readonly proposals: readonly ProposalRow[];
  readonly decisionId: string | null;
}

/** A possible match. */
export interface ProposalRow {
  readonly reason:
    | "AMOUNT_DIFFERS"
    | "SEVERAL_CANDIDATES"
    | "SEVERAL_SETS"
    | "OVERLAPPING_SETS"
    | "TOO_MANY_CANDIDATES";
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
  /** Payouts minus transactions. */
  readonly difference: string;
}

/** Object of a match, with its amount. */
export interface MatchMemberRow {
  readonly id: string;
  readonly objectType: "Payout" | "BankTransaction";
  readonly matchId: string;
  readonly amount: string;
  readonly currency: string;
  readonly day: string;
  readonly direction: "CREDIT" | "DEBIT";
  readonly exchange: ExchangeOfMember | null;
}

/** What a bank has made of an instructed amount. Amounts are decimal text. */
export interface ExchangeOfMember {
  readonly bookedAmount: string;
  readonly bookedCurrency: string;
  readonly rate: string | null;
  readonly unitCurrency: string | null;
}

/** Select list of a row of `reconciliation_items`. */
export const RECONCILIATION_COLUMNS = `reconciliation_items.id, reconciliation_items.object_type as "objectType",
  reconciliation_items.source_id as "sourceId", reconciliation_items.route, reconciliation_items.currency,
  reconciliation_items.direction, trim_scale(reconciliation_items.amount)::text as amount,
  reconciliation_items.day::text as day, reconciliation_items.due_on::text as "dueOn", reconciliation_items.state,
  reconciliation_items.since, reconciliation_items.match_id as "matchId", reconciliation_items.decided_by as "decidedBy",
  trim_scale(reconciliation_items.residue)::text as residue, reconciliation_items.residue_kind as "residueKind",
  reconciliation_items.reasons, reconciliation_items.name,
  reconciliation_items.proposals || reconciliation_items.set_proposals as proposals,
  reconciliation_items.decision_id as "decisionId"`;

/** Finds the results of payouts and bank transactions, in no order; objects without one are left out. */
export function findReconciliation(tx: Transaction, ids: readonly string[]): Promise<ReconciliationRow[]> {
  return tx.query<ReconciliationRow & Record<string, unknown>>(
    `select ${RECONCILIATION_COLUMNS} from unnest($1::text[]) as requested (id)
     cross join lateral (select * from reconciliation_items where id = requested.id offset 0) as reconciliation_items
     where state is not null`,
    [ids],
  );
}

/** Finds the objects of matches, those of each by day. */
export function findMatchMembers(tx: Transaction, matchIds: readonly string[]): Promise<MatchMemberRow[]> {
  return tx.query<MatchMemberRow & Record<string, unknown>>(
    `select item.id, item.object_type as "objectType", item.match_id as "matchId",
       trim_scale(item.amount)::text as amount, item.currency, item.day::text as day, item.direction, item.exchange
     from unnest($1::text[]) as requested (id)
     cross join lateral (select * from reconciliation_items where match_id = requested.id offset 0) as item
     order by item.match_id, item.day, item.id`,
    [matchIds],
  );
}
