import { expect } from "@jest/globals";

type Query = (text: string) => Promise<Record<string, unknown>[]>;

/**
 * Rules about the stored objects of a bank that are always satisfied, whatever it sent in whichever order. Each query
 * finds violations of the rule that is its key; `$1` is the source.
 */
const BROKEN: Readonly<Record<string, string>> = {
  "the booked entries of a page, as it is shown, add up to its sums": `
    select part.statement_id, part.page, total -> 'booked' as stated, entries.sum
    from statement_parts as part cross join lateral jsonb_array_elements(part.part -> 'totals') as total
    cross join lateral (
      select coalesce(sum(case stored.direction when 'CREDIT' then 1 else -1 end
        * entry.amount_minor * power(10::numeric, -entry.exponent)), 0) as sum
      from statement_entries as entry join bank_transactions as stored on stored.id = entry.transaction_id
      where entry.statement_id = part.statement_id and entry.page = part.page and entry.file_id = part.file_id
        and entry.occurrence = part.occurrence and entry.status = 'BOOKED'
        and entry.currency = total -> 'booked' ->> 'currency'
    ) as entries
    where part.source_id = $1 and entries.sum <> (total #>> '{booked,minor,$int}')::numeric
      * power(10::numeric, -(total -> 'booked' ->> 'exponent')::numeric)`,
  "no two entries of one copy of a page are one transaction": `
    select statement_id, page, file_id, occurrence, transaction_id from statement_entries where source_id = $1
    group by 1, 2, 3, 4, 5 having count(*) > 1`,
  "each transaction is told by a message, and shown from one that tells it": `
    select id, status from bank_transactions as stored where source_id = $1 and not exists (
      select from statement_entries as entry
      where entry.transaction_id = stored.id and entry.statement_id = stored.statement_id)`,
  "a booked entry that is shown is a booked transaction of that amount": `
    select stored.id, stored.status, stored.amount_minor, entry.amount_minor as reported
    from statement_entries as entry join statement_parts as part using (statement_id, page, file_id, occurrence)
    join bank_transactions as stored on stored.id = entry.transaction_id
    where entry.source_id = $1 and entry.status = 'BOOKED' and (stored.status <> 'BOOKED' or stored.currency <> entry.currency
      or stored.amount_minor * power(10::numeric, -stored.exponent)
        <> entry.amount_minor * power(10::numeric, -entry.exponent))`,
  "an account that has a currency has balances in no other": `
    select accounts.id, accounts.currency, balances.currency as other
    from accounts join balances on balances.account_id = accounts.id
    where accounts.source_id = $1 and accounts.currency <> balances.currency`,
  "a booked transaction that only statements tell is in the statement that it is shown from": `
    select stored.id from bank_transactions as stored
    where stored.source_id = $1 and stored.status = 'BOOKED'
      and not exists (select from statement_entries as entry where entry.transaction_id = stored.id and entry.kind <> 'STATEMENT')
      and not exists (select from statement_entries as entry
        join statement_parts as part using (statement_id, page, file_id)
        where entry.transaction_id = stored.id and entry.statement_id = stored.statement_id
          and (entry.occurrence = part.occurrence or (part.part ->> 'faulty')::integer > 0))`,
};

/** Fails with each violation and its rule. */
export async function expectBankInvariants(query: Query): Promise<void> {
  for (const [rule, text] of Object.entries(BROKEN))
    expect({ rule, broken: await query(text) }).toEqual({ rule, broken: [] });
}
