import type { Transaction } from "../../store/database.ts";

/** Decision of a person about payouts and bank transactions. */
export interface MatchDecisionRow {
  readonly id: string;
  readonly kind: "MATCH" | "UNMATCH";
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly undoneBy: string | null;
  readonly undoneAt: string | null;
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
}

/** Finds decisions by id, in no order; missing ones are left out. */
export function findMatchDecisions(tx: Transaction, ids: readonly string[]): Promise<MatchDecisionRow[]> {
  return tx.query<MatchDecisionRow & Record<string, unknown>>(
    `select id, kind, reason, decided_by as "decidedBy", decided_at as "decidedAt", undone_by as "undoneBy",
       undone_at as "undoneAt", ${objectsOf("Payout")} as "payoutIds", ${objectsOf("BankTransaction")} as "transactionIds"
     from payout_match_decisions where id = any($1)`,
    [ids],
  );
}

function objectsOf(type: string): string {
  return `array(select object_id from payout_match_decision_objects as member
    where member.decision_id = payout_match_decisions.id and member.object_type = '${type}' order by object_id)`;
}
