import type { EntityType } from "../../domain/ids.ts";

/**
 * Which children belong to which parent, for `findChildren`: a FROM clause that makes the children (`child`) of one
 * parent (`parent.id`) by an index.
 */
export interface ChildList<Type extends EntityType> {
  readonly type: Type;
  readonly from: string;
}

export const ATTEMPTS_BY_PAYMENT = childrenBy("PaymentAttempt", "payment_attempts", "payment_id");
export const REFUNDS_BY_PAYMENT = childrenBy("Refund", "refunds", "payment_id");
export const DISPUTES_BY_PAYMENT = childrenBy("Dispute", "disputes", "payment_id");
export const PAYMENTS_BY_DEBTOR = childrenBy("Payment", "payments", "debtor_id");
export const PAYOUTS_BY_DESTINATION = childrenBy("Payout", "payouts", "destination_id");
export const BALANCES_BY_ACCOUNT = childrenBy("Balance", "balances", "account_id");
export const LEDGER_ENTRIES_BY_ACCOUNT = childrenBy("LedgerEntry", "ledger_entries", "account_id");
export const LEDGER_ENTRIES_BY_ORIGIN = { type: "LedgerEntry", from: linesOf("parent") } as const;
export const BANK_TRANSACTIONS_BY_ACCOUNT = childrenBy("BankTransaction", "bank_transactions", "account_id");
export const STATEMENTS_BY_ACCOUNT = childrenBy("Statement", "statements", "account_id");
export const STATEMENTS_BY_TRANSACTION = tellers("bank_sightings", "transaction_id");
export const STATEMENTS_BY_FILE = tellers("statement_parts", "file_id");
/** A payment is the origin of no line itself: its attempts, refunds and disputes are. */
export const LEDGER_ENTRIES_BY_PAYMENT = {
  type: "LedgerEntry",
  from: `(
      select id from payment_attempts where payment_id = parent.id
      union all select id from refunds where payment_id = parent.id
      union all select id from disputes where payment_id = parent.id
    ) as origin cross join lateral ${linesOf("origin")}`,
} as const;

/** Statements by their entries or their pages, each once. `offset 0` as in `linesOf`. */
function tellers(table: string, column: string): ChildList<"Statement"> {
  const told = `(select distinct statement_id from ${table} where ${column} = parent.id offset 0)`;
  return {
    type: "Statement",
    from: `${told} as told cross join lateral (select * from statements where id = told.statement_id offset 0) as child`,
  };
}

function childrenBy<Type extends EntityType>(type: Type, table: string, column: string): ChildList<Type> {
  return { type, from: `(select * from ${table} where ${column} = parent.id) as child` };
}

/**
 * Ledger lines of one origin. `offset 0` keeps the planner from turning the search round: it would take the newest
 * lines of the whole ledger and look whether they are of this origin.
 */
function linesOf(origin: string): string {
  return `(select * from ledger_entries where origin_id = ${origin}.id offset 0) as child`;
}
