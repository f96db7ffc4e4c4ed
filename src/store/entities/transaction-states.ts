import type { BookingStatus } from "../../domain/bank.ts";
import type { Money } from "../../domain/money.ts";
import type { LocalDate } from "../../domain/values.ts";
import { arrayLiteral } from "../array-literal.ts";
import type { Transaction } from "../database.ts";

/** State of a stored bank transaction, as all messages about it imply. */
export interface TransactionState {
  /** Global id. */
  readonly id: string;
  /** Undefined: the bank's code has no meaning that we know. */
  readonly status: BookingStatus | undefined;
  readonly statementId: string;
  /** The bank's code of the status. */
  readonly rawStatus: string | undefined;
  readonly bookingDate: LocalDate | undefined;
  /** Undefined: the stored amount stays. */
  readonly money: Money | undefined;
}

/**
 * Writes states that differ from the stored ones. The suffix of the content hash, present while a transaction differs
 * from its newest entry, ensures that a later write of that entry is not considered unchanged.
 * @returns ids of the transactions that have changed
 */
export async function writeTransactionStates(
  tx: Transaction,
  states: readonly TransactionState[],
): Promise<readonly string[]> {
  const column = (pick: (state: TransactionState) => string | null | undefined): string => arrayLiteral(states, pick);
  const rows = await tx.query<{ id: string }>(WRITE, [
    column(({ id }) => id),
    column(({ status }) => status),
    column(({ statementId }) => statementId),
    column(({ rawStatus }) => rawStatus),
    column(({ bookingDate }) => bookingDate),
    column(({ money }) => money?.minor.toString()),
    column(({ money }) => money?.exponent.toString()),
    column(({ money }) => money?.currency),
  ]);
  return rows.map(({ id }) => id);
}

const WRITE = `
  update bank_transactions as existing set status = input.status, statement_id = input.statement_id,
    raw_status = case when input.status = 'WITHDRAWN' or input.status = existing.status then existing.raw_status
      when existing.status = 'WITHDRAWN' and existing.raw_status in (input.raw_status, '') then existing.raw_status
      else input.raw_status end,
    booking_date = case when input.status = 'WITHDRAWN' then existing.booking_date else input.booking_date end,
    amount_minor = coalesce(input.amount_minor, existing.amount_minor), exponent = coalesce(input.exponent, existing.exponent),
    currency = coalesce(input.currency, existing.currency),
    content_hash = concat(split_part(existing.content_hash, ':', 1), ':', input.status)
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::numeric[], $7::smallint[], $8::text[])
    as input (id, status, statement_id, raw_status, booking_date, amount_minor, exponent, currency)
  where existing.id = any($1::text[]) and existing.id = input.id and existing.content_hash is not null and existing.deleted_at is null
    and ((existing.status, existing.statement_id) is distinct from (input.status, input.statement_id)
      or (existing.amount_minor * power(10::numeric, -existing.exponent), existing.currency) is distinct from
        (coalesce(input.amount_minor * power(10::numeric, -input.exponent),
          existing.amount_minor * power(10::numeric, -existing.exponent)), coalesce(input.currency, existing.currency)))
  returning existing.id`;
