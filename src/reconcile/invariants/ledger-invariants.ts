import { momentOf } from "../balance-chain/balance-sql.ts";
import { CANDIDATES, drifts } from "../balance-chain/find-drift.ts";
import { amountText, type Invariant } from "./invariant.ts";
import { exists } from "../../store/queries/exists.ts";

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
    rule: "A payout is the sum of its ledger entries, or named money of the same ledger is the difference",
    cause: "FORMAT_MISMATCH",
    remedy:
      "The payout and its lines are fetched again. If the finding stays, compare them with the source: `Payout.proof` has the groups.",
    needs: [],
    breaches: `
      select payout.id, payout.source_id, jsonb_strip_nulls(jsonb_build_object(
        'amount', ${amountText("payout.amount_minor", "payout")},
        'sumOfLines', case when line.lines > 0 and not line.mixed then ${amountText("line.total", "payout")} end,
        'lines', case when line.lines > 0 then line.lines end,
        'unexplained', ${amountText("payout.unexplained_minor", "payout")})) as evidence
      from payouts as payout
      cross join lateral (
        select coalesce(sum(own.net_minor), 0) as total, count(*) as lines,
          coalesce(bool_or(own.currency <> payout.currency), false) as mixed
        from (select * from ledger_entries as part where part.payout_id = payout.id and ${exists("part")} offset 0) as own
      ) as line
      where payout.id = any($1) and ${exists("payout")} and payout.proof_state = 'UNEXPLAINED'`,
    undecided: `select payout.id from payouts as payout where payout.id = any($1) and ${exists("payout")}
      and payout.proof_state = 'PENDING'`,
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
  {
    kind: "BALANCE_CHAIN_BROKEN",
    subject: "Account",
    rule: "The balance of an account is the sum of its ledger entries until that moment",
    cause: "FORMAT_MISMATCH",
    remedy:
      "Compare the entries between the two times with the source: `Account.balanceChain` has the days and the entries. `startSync` with mode FULL reads them again.",
    needs: ["LedgerEntry"],
    breaches: `
      select drift.account_id as id, drift.source_id, jsonb_strip_nulls(jsonb_build_object('currency', drift.currency,
        'difference', ${amountText("drift.offset_minor", "drift")}, 'firstDay', drift.since, 'lastAgreed', drift.agreed,
        'sinceAt', drift.agreed_at, 'untilAt', drift.moment,
        'entries', found.entries)) as evidence
      from (${drifts("observed.account_id = any($1)")}) as drift
      left join lateral (
        select string_agg(candidate.external_id || ' ' || candidate.reason, ', '
          order by candidate.ordered_at, candidate.id) as entries from (${CANDIDATES}) as candidate
      ) as found on true
      where drift.is_anchored and drift.offset_minor <> 0`,
    undecided: `select distinct account_id as id from balance_days as observed
      where account_id = any($1) and (counted_minor is null or not is_comparable) and ${momentOf("observed")} is not null`,
  },
];
