import type { EntityType } from "../../domain/ids.ts";
import { ENTRIES_OF_LINE } from "../../reconcile/payout-proof/line-kinds.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";

/**
 * Relation of children to their parent, for `findChildren`: a FROM clause that finds the children (`child`) of one
 * parent (`parent.id`) by an index.
 */
export interface ChildList<Type extends EntityType> {
  readonly type: Type;
  readonly from: string;
}

/** Every list of children, under the name of its loader. */
export const CHILD_LISTS = {
  attemptsByPayment: childrenBy("PaymentAttempt", "payment_id"),
  balancesByAccount: childrenBy("Balance", "account_id"),
  bankTransactionsByAccount: childrenBy("BankTransaction", "account_id"),
  disputesByPayment: childrenBy("Dispute", "payment_id"),
  ledgerEntriesByAccount: childrenBy("LedgerEntry", "account_id"),
  /** Ledger lines that came from an attempt, a refund, a dispute or a payout. */
  ledgerEntriesByOrigin: linesOf("", "parent"),
  /** A payment itself is the origin of no line: its attempts, refunds and disputes are. */
  ledgerEntriesByPayment: linesOf(
    `(
      select id from payment_attempts where payment_id = parent.id
      union all select id from refunds where payment_id = parent.id
      union all select id from disputes where payment_id = parent.id
    ) as origin cross join lateral`,
    "origin",
  ),
  ledgerEntriesByPayout: childrenBy("LedgerEntry", "payout_id"),
  /** Ledger lines of one kind in a payout's proof: the parent is a line of it. */
  ledgerEntriesByProofLine: proofLines(),
  paymentsByDebtor: childrenBy("Payment", "debtor_id"),
  payoutsByDestination: childrenBy("Payout", "destination_id"),
  refundsByPayment: childrenBy("Refund", "payment_id"),
  statementsByAccount: childrenBy("Statement", "account_id"),
  statementsByFile: statementsOf("statement_parts", "file_id"),
  statementsByTransaction: statementsOf("statement_entries", "transaction_id"),
};

function proofLines(): ChildList<"LedgerEntry"> {
  return { type: "LedgerEntry", from: ENTRIES_OF_LINE };
}

/** Selects statements by their entries or their pages, each once. `offset 0` as in `linesOf`. */
function statementsOf(table: string, column: string): ChildList<"Statement"> {
  const listed = `(select distinct statement_id from ${table} where ${column} = parent.id offset 0)`;
  return {
    type: "Statement",
    from: `${listed} as listed cross join lateral (select * from statements where id = listed.statement_id offset 0) as child`,
  };
}

function childrenBy<Type extends EntityType>(type: Type, column: string): ChildList<Type> {
  return { type, from: `(select * from ${ENTITY_TABLES[type].table} where ${column} = parent.id) as child` };
}

/**
 * Selects the ledger lines of origins. `offset 0` keeps the planner from reversing the search: it would read the newest
 * lines of the whole ledger and check whether they have this origin.
 */
function linesOf(origins: string, origin: string): ChildList<"LedgerEntry"> {
  return {
    type: "LedgerEntry",
    from: `${origins} (select * from ledger_entries where origin_id = ${origin}.id offset 0) as child`,
  };
}
