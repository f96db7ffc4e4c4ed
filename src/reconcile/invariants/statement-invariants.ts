import { type Invariant } from "./invariant.ts";
import { exists } from "../../store/queries/exists.ts";

/** Entries of a statement in all copies of its pages, each with the transaction that it became. */
const DISTORTIONS = `
  from statement_parts as part
  join statement_entries as entry on entry.statement_id = part.statement_id and entry.page = part.page`;
const IS_CURRENT = "entry.file_id = part.file_id and entry.occurrence = part.occurrence";
/** Entries of a statement according to the displayed copy of each page. */
const LISTED = `${DISTORTIONS} and ${IS_CURRENT}`;

/** Rules between a statement, its entries and the transactions that they became. */
export const STATEMENT_INVARIANTS: readonly Invariant[] = [
  {
    kind: "STATEMENT_ENTRIES_MISSING",
    subject: "Statement",
    rule: "A statement has exactly the entries of its message, except those that could not be read",
    cause: "FORMAT_MISMATCH",
    remedy: "Replay the file of the statement.",
    needs: [],
    breaches: `
      select statement.id, statement.source_id, jsonb_build_object('statementEntries', statement.entry_count,
        'unreadableEntries', statement.faulty_count, 'storedEntries', listed.entries) as evidence
      from statements as statement
      cross join lateral (
        select count(*) as entries ${LISTED} where part.statement_id = statement.id
      ) as listed
      where statement.id = any($1) and ${exists("statement")}
        and listed.entries <> statement.entry_count - statement.faulty_count`,
  },
  {
    kind: "STATEMENT_TRANSACTIONS_DIFFER",
    subject: "Statement",
    rule: "The booked transactions of a statement add up to the sum of its booked entries at the time it was read",
    cause: "FORMAT_MISMATCH",
    remedy: "Replay the file of the statement. If the finding stays, the bank has sent two different messages as one.",
    needs: [],
    breaches: `
      select statement.id, statement.source_id,
        jsonb_build_object('currency', figure.currency, 'read', figure.read::text, 'shown', stored.total::text) as evidence
      from statements as statement
      cross join lateral (
        select own.item ->> 'currency' as currency, (own.item #>> '{booked,minor,$int}')::numeric
          * power(10::numeric, -(own.item #>> '{booked,exponent}')::numeric) as read
        from jsonb_array_elements(statement.checks) as own (item)
      ) as figure
      cross join lateral (
        select coalesce(sum(case child.direction when 'CREDIT' then child.amount_minor else -child.amount_minor end
          * power(10::numeric, -child.exponent::numeric)), 0) as total
        ${LISTED}
        cross join lateral (select * from bank_transactions where id = entry.transaction_id offset 0) as child
        where part.statement_id = statement.id and entry.status = 'BOOKED' and child.currency = figure.currency
          and ${exists("child")}
      ) as stored
      where statement.id = any($1) and ${exists("statement")} and statement.entry_count > statement.faulty_count
        and stored.total <> figure.read`,
  },
  {
    kind: "BANK_TRANSACTION_WITHOUT_ENTRY",
    subject: "BankTransaction",
    rule: "A transaction with the state of a statement is an entry of that statement; if it is withdrawn, or the statement is a report, a notification or partly unreadable, an entry of any copy of the statement",
    cause: "FORMAT_MISMATCH",
    remedy: "Replay the file of the statement. If the finding stays, the bank has sent two different messages as one.",
    needs: [],
    breaches: `
      select child.id, child.source_id, jsonb_build_object('statementId', child.statement_id) as evidence
      from bank_transactions as child
      where child.id = any($1) and ${exists("child")} and child.statement_id is not null
        and not exists (select 1 ${DISTORTIONS}
          where part.statement_id = child.statement_id and entry.transaction_id = child.id
            and ((${IS_CURRENT}) or child.status = 'WITHDRAWN' or entry.kind <> 'STATEMENT'
              or (part.part ->> 'faulty')::integer > 0))`,
  },
];
