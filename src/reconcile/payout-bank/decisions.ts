import type { Transaction } from "../../store/database.ts";

/** Decision of a person that is not undone. */
export interface ActiveDecision {
  readonly id: string;
  readonly kind: "MATCH" | "UNMATCH";
  /** Difference that the person has accepted, as decimal text. */
  readonly residue: string | null;
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
}

interface DecisionRow extends Record<string, unknown> {
  readonly id: string;
  readonly kind: ActiveDecision["kind"];
  readonly residue: string | null;
  readonly object_id: string;
  readonly object_type: string;
}

/** Finds the decisions about any of these objects, with all of their objects, the oldest first. */
export async function findDecisions(tx: Transaction, ids: readonly string[]): Promise<readonly ActiveDecision[]> {
  const rows = await tx.query<DecisionRow>(
    `select decision.id, decision.kind, decision.residue::text, member.object_id, member.object_type
     from payout_match_decisions as decision
     join payout_match_decision_objects as member on member.decision_id = decision.id
     where decision.undone_at is null
       and decision.id in (select decision_id from payout_match_decision_objects where object_id = any($1))
     order by decision.decided_at, decision.id, member.object_id`,
    [ids],
  );
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const idsOf = (type: string): readonly string[] =>
      own.filter((row) => row.object_type === type).map((row) => row.object_id);
    const { id, kind, residue } = first;
    return [{ id, kind, residue, payoutIds: idsOf("Payout"), transactionIds: idsOf("BankTransaction") }];
  });
}

/** Returns whether a person has decided that a payout and a transaction do not belong together. */
export function forbiddenBy(
  decisions: readonly ActiveDecision[],
): (payoutId: string, transactionId: string) => boolean {
  const pairs = new Set(
    decisions
      .filter(({ kind }) => kind === "UNMATCH")
      .flatMap(({ payoutIds, transactionIds }) =>
        payoutIds.flatMap((payoutId) => transactionIds.map((transactionId) => `${payoutId} ${transactionId}`)),
      ),
  );
  return (payoutId, transactionId) => pairs.has(`${payoutId} ${transactionId}`);
}
