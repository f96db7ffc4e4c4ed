import type pg from "pg";
import type { Random } from "../../shared/random.ts";

/** A payment from one wallet to another one, in their currency. */
export interface NewPayment {
  readonly payer: string;
  readonly payee: string;
  readonly state: "created" | "processing" | "rejected";
  /** Decimal number. */
  readonly amount: string;
  readonly currency: string;
  readonly createdMs: number;
  readonly memo: string;
}

/** A wallet that can pay. */
export interface Wallet {
  readonly id: string;
  readonly currency: string;
}

const MEMOS = ["rent", "dinner", "tickets", "a loan", "groceries", "a present", "music lessons", "repairs"] as const;

/** Returns a payment between two wallets of one currency; the wallets must have a currency with two of them. */
export function drawPayment(
  random: Random,
  wallets: readonly Wallet[],
  { state, createdMs }: Pick<NewPayment, "state" | "createdMs">,
): NewPayment {
  const payer = wallets[random.integer(0, wallets.length - 1)];
  const others = wallets.filter(({ id, currency }) => currency === payer?.currency && id !== payer.id);
  const payee = others[random.integer(0, others.length - 1)];
  if (payer === undefined || payee === undefined) throw new RangeError("there are no two wallets of one currency");
  const cents = String(random.integer(150, 4_800)).padStart(3, "0");
  return {
    payer: payer.id,
    payee: payee.id,
    state,
    amount: `${cents.slice(0, -2)}.${cents.slice(-2)}`,
    currency: payer.currency,
    createdMs,
    memo: `for ${random.pick(MEMOS)}`,
  };
}

/** Stores payments, each with a fee of one percent. */
export async function insertPayments(db: pg.Pool, payments: readonly NewPayment[]): Promise<void> {
  await db.query(
    `insert into core.payments (payer, payee, state, amount, fee, currency, created_at, memo)
     select payer, payee, state, amount, round(amount / 100, 2), currency, to_timestamp(created_ms / 1000.0), memo
     from unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::text[], $6::numeric[], $7::text[]) with ordinality
       as given (payer, payee, state, amount, currency, created_ms, memo, position)
     order by position`,
    [
      payments.map(({ payer }) => payer),
      payments.map(({ payee }) => payee),
      payments.map(({ state }) => state),
      payments.map(({ amount }) => amount),
      payments.map(({ currency }) => currency),
      payments.map(({ createdMs }) => createdMs),
      payments.map(({ memo }) => memo),
    ],
  );
}

/** The four entries of each settled payment add up to zero: payer, payee, and the fee that the company earns. */
const SETTLE = `
  with settled as (
    update core.payments set state = 'settled'
    where state = 'processing' and ($1::text is null or id = $1) returning *
  ), entries as (
    insert into core.entries (account_id, payment_id, kind, amount, currency, booked_at, memo)
    select line.account_id, settled.id, line.kind, line.amount, settled.currency,
      coalesce(to_timestamp($2::numeric / 1000.0), settled.created_at + interval '90 seconds'), settled.memo
    from settled cross join lateral (values
      (payer, 'payment', -amount), (payer, 'fee', -fee), (payee, 'payment', amount),
      ('fees-' || settled.currency, 'fee', fee)) as line (account_id, kind, amount)
    order by settled.created_at, settled.id
    returning account_id, amount, booked_at
  )
  update core.accounts set balance = balance + change.amount, changed_at = greatest(changed_at, change.booked_at)
  from (select account_id, sum(amount) as amount, max(booked_at) as booked_at from entries group by account_id) as change
  where accounts.id = change.account_id`;

/**
 * Settles one payment at a time, or every one that is processed, each a while after it was created. Payment, entries
 * and balances change in one transaction.
 */
export async function settle(db: pg.Pool, one?: { readonly id: string; readonly atMs: number }): Promise<void> {
  await db.query(SETTLE, [one?.id ?? null, one?.atMs ?? null]);
}
