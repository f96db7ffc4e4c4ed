import { amountText, exists, type Invariant } from "./invariant.ts";

/** Rules within a ledger entry, between a payout and its lines, and between an account and its balances. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    kind: "LEDGER_ENTRY_NOT_BALANCED",
    subject: "LedgerEntry",
    rule: "The gross amount of a ledger entry is the sum of its fee and its net amount",
    cause: "FORMAT_MISMATCH",
    remedy: "The entry is fetched again. If the finding stays, compare it with the source.",
    needs: [],
    breaches: `
      select entry.id, entry.source_id, jsonb_build_object(
        'gross', ${amountText("entry.gross_minor", "entry")}, 'fee', ${amountText("entry.fee_minor", "entry")},
        'net', ${amountText("entry.net_minor", "entry")}) as evidence
      from ledger_entries as entry
      where entry.id = any($1) and ${exists("entry")} and entry.gross_minor <> entry.fee_minor + entry.net_minor`,
  },
  {
    kind: "PAYOUT_LINES_DIFFER",
    subject: "Payout",
    rule: "The net amounts of the lines of a payout, once all of them are known, add up to the payout",
    cause: "FORMAT_MISMATCH",
    remedy: "The payout and its lines are fetched again. If the finding stays, compare them with the source.",
    needs: [],
    breaches: `
      select payout.id, payout.source_id, jsonb_build_object(
        'amount', ${amountText("payout.amount_minor", "payout")}, 'sumOfLines', ${amountText("line.total", "payout")},
        'lines', line.lines) as evidence
      from payouts as payout
      cross join lateral (
        select coalesce(sum(own.net_minor), 0) as total, count(*) as lines,
          coalesce(bool_or(own.currency <> payout.currency), false) as mixed
        from (select * from ledger_entries as part where part.payout_id = payout.id and ${exists("part")} offset 0) as own
      ) as line
      where payout.id = any($1) and ${exists("payout")} and payout.lines_known_at is not null
        and not line.mixed and line.total <> payout.amount_minor`,
  },
  {
    kind: "ACCOUNT_CURRENCY_CONTRADICTS_BALANCES",
    subject: "Account",
    rule: "An account that has one currency has balances in no other",
    cause: "FORMAT_MISMATCH",
    remedy: "The account is fetched again. If the finding stays, the source contradicts itself about this account.",
    needs: [],
    breaches: `
      select account.id, account.source_id, jsonb_build_object(
        'currency', account.currency, 'balanceCurrencies', balance.currencies) as evidence
      from accounts as account
      cross join lateral (
        select string_agg(distinct own.currency, ', ') as currencies
        from (select * from balances as part where part.account_id = account.id and ${exists("part")} offset 0) as own
        where own.currency <> account.currency
      ) as balance
      where account.id = any($1) and ${exists("account")} and balance.currencies is not null`,
  },
];
