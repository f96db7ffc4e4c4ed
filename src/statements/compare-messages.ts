import type { LocalDate } from "../domain/values.ts";
import type { Transaction } from "../store/database.ts";
import type { Judgement } from "../apply/judge.ts";

export interface ToldInput {
  /** Global id. */
  readonly accountId: string;
  /** Days that the message is about. */
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/** Statements that are looked at, at most: those of the last days. */
const MAX_STATEMENTS = 20;
/** The longest time that one statement is about. */
const LONGEST_DAYS = 366;

/** Whether what reports and notifications called booked stands in a statement, of each complete statement of these days. */
export async function compareMessages(tx: Transaction, input: ToldInput): Promise<readonly Judgement[]> {
  const { accountId, firstDay, lastDay } = input;
  const rows = await tx.query<{ id: string; missing: readonly string[] | null }>(
    `select judged.id, (
       select array_agg(distinct told.transaction_id) from bank_sightings told
       where told.account_id = $1 and told.day between judged.first_day and judged.last_day
         and told.status = 'BOOKED' and told.kind <> 'STATEMENT'
         and not exists (select 1 from bank_sightings other
           where other.transaction_id = told.transaction_id and other.kind = 'STATEMENT')
     ) as missing
     from (select id, first_day, last_day from statements
       where account_id = $1 and kind = 'STATEMENT' and is_complete
         and last_day between $2::date and $3::date + ${LONGEST_DAYS} and first_day <= $3::date
       order by last_day desc limit ${MAX_STATEMENTS}) as judged`,
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
            summary: `${missing.length} ${missing.length === 1 ? "booking" : "bookings"} that reports or notifications told of its days are not in statement ${id}`,
            evidence: { statementId: id, transactionIds: missing.slice(0, 20) },
            remedy:
              "Look at the comparisons of the statement. The bank may have booked them on another day, or not at all.",
          },
  }));
}
