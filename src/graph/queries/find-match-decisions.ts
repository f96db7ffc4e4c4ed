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
    `select ${COLUMNS} from payout_match_decisions where id = any($1)`,
    [ids],
  );
}

/** A page of the decisions about one payout or bank transaction. */
export interface MatchDecisionPage {
  readonly objectId: string;
  readonly limit: number;
  /** Undefined: from the newest decision. `at` is PostgreSQL's text of the time, with all digits. */
  readonly after: { readonly at: string; readonly id: string } | undefined;
}

export interface PagedMatchDecisionRow extends MatchDecisionRow {
  readonly position: bigint;
  readonly orderedAt: string;
}

/**
 * Finds a page of decisions for each request by one statement, newest first.
 * @returns the pages in the requested order
 */
export async function findDecisionPages(
  tx: Transaction,
  pages: readonly MatchDecisionPage[],
): Promise<PagedMatchDecisionRow[][]> {
  const rows = await tx.query<PagedMatchDecisionRow & Record<string, unknown>>(FIND_PAGES, [
    pages.map(({ objectId }) => objectId),
    pages.map(({ after }) => after?.at ?? "infinity"),
    pages.map(({ after }) => after?.id ?? ""),
    pages.map(({ limit }) => limit),
  ]);
  const groups = Map.groupBy(rows, ({ position }) => Number(position) - 1);
  return pages.map((_, index) => groups.get(index) ?? []);
}

function objectsOf(type: string): string {
  return `array(select object_id from payout_match_decision_objects as member
    where member.decision_id = payout_match_decisions.id and member.object_type = '${type}' order by object_id)`;
}

const COLUMNS = `id, kind, reason, decided_by as "decidedBy", decided_at as "decidedAt", undone_by as "undoneBy",
  undone_at as "undoneAt", ${objectsOf("Payout")} as "payoutIds", ${objectsOf("BankTransaction")} as "transactionIds"`;

/** The objects of a decision are read for the page alone. */
const FIND_PAGES = `
  select requested.position, found.* from unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[])
    with ordinality as requested (object_id, after_at, after_id, take, position)
  cross join lateral (
    select ${COLUMNS}, decided_at::text as "orderedAt" from (
      select decision.* from payout_match_decision_objects as member
      join payout_match_decisions as decision
        on decision.tenant_id = member.tenant_id and decision.id = member.decision_id
      where member.object_id = requested.object_id
        and (decision.decided_at, decision.id) < (requested.after_at, requested.after_id)
      order by decision.decided_at desc, decision.id desc limit requested.take
    ) as payout_match_decisions
  ) as found
  order by requested.position, found."decidedAt" desc, found.id desc`;
