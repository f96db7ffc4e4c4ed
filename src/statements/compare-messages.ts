import type { StatementKind } from "../domain/bank.ts";
import type { LocalDate } from "../domain/values.ts";
import type { Transaction } from "../store/database.ts";
import type { Judgement } from "./findings.ts";

export interface ToldInput {
  /** Global ids. */
  readonly accountId: string;
  readonly statementId: string;
  readonly kind: StatementKind;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/** Statements that a report or notification is held against at most. */
const MAX_STATEMENTS = 20;

/**
 * Whether what reports and notifications called booked stands in the statements of the days: of this statement, or of those that
 * are about the days of this report.
 */
export async function compareMessages(tx: Transaction, input: ToldInput): Promise<readonly Judgement[]> {
  const { accountId, statementId, kind, firstDay, lastDay } = input;
  const about =
    kind === "STATEMENT" ? "id = $2" : "$2::text is not null and first_day <= $4::date and last_day >= $3::date";
  const rows = await tx.query<{ id: string; missing: readonly string[] | null }>(
    `select judged.id, (
       select array_agg(distinct told.transaction_id) from bank_sightings told
       where told.account_id = $1 and told.day between judged.first_day and judged.last_day
         and told.status = 'BOOKED' and told.kind <> 'STATEMENT'
         and not exists (select 1 from bank_sightings other
           where other.transaction_id = told.transaction_id and other.kind = 'STATEMENT')
     ) as missing
     from (select id, first_day, last_day from statements
       where account_id = $1 and kind = 'STATEMENT' and is_complete and first_day >= $3::date - 366 and ${about}
         and last_day <= $4::date + 366 order by last_day limit ${MAX_STATEMENTS}) as judged`,
    [accountId, statementId, firstDay, lastDay],
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
