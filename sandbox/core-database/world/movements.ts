import type pg from "pg";
import { z } from "zod";

/** What the bank has booked on the company's accounts; it may have more fields. */
const movementList = z.object({
  movements: z.array(
    z.object({
      key: z.string(),
      iban: z.string(),
      amount: z.string(),
      isPending: z.boolean(),
      day: z.iso.date(),
      name: z.string(),
      text: z.string(),
    }),
  ),
});

const BOOK = `
  with booked as (
    insert into core.entries (account_id, kind, amount, currency, booked_at, memo, movement)
    select accounts.id, 'bank', given.amount, accounts.currency, given.day::date::timestamp at time zone 'UTC', given.memo,
      given.movement
    from unnest($1::text[], $2::text[], $3::numeric[], $4::text[], $5::text[]) as given (movement, iban, amount, day, memo)
    join core.accounts using (iban)
    order by given.day, given.movement
    on conflict (movement) do nothing returning account_id, amount
  )
  update core.accounts set balance = balance + change.amount, changed_at = to_timestamp($6 / 1000.0)
  from (select account_id, sum(amount) as amount from booked group by account_id) as change
  where accounts.id = change.account_id`;

/**
 * Books what the bank has booked on the company's cash accounts, whose balances are then the bank's. Those that are
 * known are left out, and so are announced ones.
 * @param answer `movements` of the bank's control API
 */
export async function bookMovements(db: pg.Pool, answer: unknown, nowMs: number): Promise<void> {
  const booked = movementList.parse(answer).movements.filter(({ isPending }) => !isPending);
  if (booked.length === 0) return;
  await db.query(BOOK, [
    booked.map(({ key }) => key),
    booked.map(({ iban }) => iban),
    booked.map(({ amount }) => amount),
    booked.map(({ day }) => day),
    booked.map(({ name, text }) => `${name}: ${text}`),
    nowMs,
  ]);
}
