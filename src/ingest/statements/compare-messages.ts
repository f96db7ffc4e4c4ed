import type { LocalDate } from "../../domain/values.ts";
import type { Transaction } from "../../store/database.ts";
import type { FindingCheck } from "../apply/update-findings.ts";

export interface ComparedDays {
  /** Global id. */
  readonly accountId: string;
  /** Days that the message covers. */
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/** Maximum number of statements examined: those of the last days. */
const MAX_STATEMENTS = 20;
/** Longest period that one statement covers. */
const LONGEST_DAYS = 366;

/**
 * Checks, for each complete statement of these days, whether its displayed copy contains what reports and notifications
 * listed as booked. Entries in another currency of the account belong to another statement.
 */
export async function compareMessages(tx: Transaction, input: ComparedDays): Promise<readonly FindingCheck[]> {
  const { accountId, firstDay, lastDay } = input;
  const rows = await tx.query<{ id: string; missing: readonly string[] | null }>(
    `select checked.id, (
       select array_agg(distinct reported.transaction_id) from statement_entries reported
       where reported.account_id = $1 and reported.day between checked.first_day and checked.last_day
         and reported.status = 'BOOKED' and reported.kind <> 'STATEMENT'
         and (checked.currencies is null or reported.currency is null or reported.currency = any(checked.currencies)
           or reported.currency not in (select currency from account_currencies where account_id = $1))
         and not exists (select 1 from statement_entries other
           join statement_parts as part using (statement_id, page, file_id, occurrence)
           where other.transaction_id = reported.transaction_id and other.kind = 'STATEMENT')
     ) as missing
     from (select id, first_day, last_day,
         (select array_agg(check_of ->> 'currency') from jsonb_array_elements(checks) as check_of) as currencies from statements
       where account_id = $1 and kind = 'STATEMENT' and is_complete
         and not coalesce(checks @> '[{"basis": "CONTROL_TOTALS"}]', false) -- it lists no entries
         and last_day between $2::date and $3::date + ${LONGEST_DAYS} and first_day <= $3::date
       order by last_day desc limit ${MAX_STATEMENTS}) as checked`,
    [accountId, firstDay, lastDay],
  );
  return rows.map(({ id, missing }) => ({
    kind: "BOOKED_NOT_IN_STATEMENT",
    subject: id,
    finding:
      missing === null
        ? undefined
        : {
            cause: "FORMAT_MISMATCH",
            summary: `${missing.length} ${missing.length === 1 ? "booking" : "bookings"} that reports or notifications listed for its days are missing from statement ${id}`,
            evidence: { statementId: id, transactionIds: missing.slice(0, 20) },
            remedy:
              "Look at the comparisons of the statement. The bank may have booked them on another day, or not at all.",
          },
  }));
}
