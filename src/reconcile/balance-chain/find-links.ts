import type { Transaction } from "../../store/database.ts";
import { exists } from "../../store/queries/exists.ts";
import { runningSums } from "./balance-sql.ts";

/** Part of one chain to read, in the order of days. */
export interface LinkRequest {
  readonly accountId: string;
  readonly currency: string;
  /** First day, and the day after the last one; undefined: no limit. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Day and key of the link after which the page begins. */
  readonly after: { readonly day: string; readonly key: string } | undefined;
  readonly limit: number;
}

/** One link of a chain: what was between two balances. Amounts are text of minor units, of any number of digits. */
export interface LinkRow {
  readonly position: bigint;
  readonly day: string;
  /** Distinguishes the links of one day. */
  readonly key: string;
  readonly exponent: number;
  /** Time of the closing balance; null if only its day is known. */
  readonly at: string | null;
  readonly opening: string | null;
  readonly entries: string | null;
  readonly entryCount: bigint | null;
  readonly closing: string;
  /** Closing minus opening minus entries. */
  readonly difference: string | null;
  /** Opening minus the closing balance before; only between statements. */
  readonly gap: string | null;
  readonly statementId: string | null;
  readonly isComparable: boolean;
}

/** What a chain is made of. */
export type ChainBasis = "LEDGER" | "STATEMENTS";

/** Finds what the chains of accounts are made of; an account with neither a ledger nor statements has no row. */
export function findBases(
  tx: Transaction,
  accountIds: readonly string[],
): Promise<{ readonly accountId: string; readonly basis: ChainBasis }[]> {
  return tx.query(BASES, [accountIds]);
}

const BASES = `
  select account.id as "accountId",
    case when ledger.found then 'LEDGER' else 'STATEMENTS' end as basis
  from accounts as account cross join lateral (
    select exists (select 1 from ledger_entries as entry where entry.account_id = account.id)
      and exists (select 1 from balance_days as observed where observed.account_id = account.id) as found
  ) as ledger
  where account.id = any($1) and (ledger.found
    or exists (select 1 from statements as message where message.account_id = account.id and message.kind = 'STATEMENT'))`;

function parametersOf(requests: readonly LinkRequest[]): readonly unknown[] {
  return [
    requests.map(({ accountId }) => accountId),
    requests.map(({ currency }) => currency),
    requests.map(({ from }) => from ?? "-infinity"),
    requests.map(({ to }) => to ?? "infinity"),
    requests.map(({ after }) => after?.day ?? "-infinity"),
    requests.map(({ after }) => after?.key ?? ""),
    requests.map(({ limit }) => limit),
  ];
}

const REQUEST = `unnest($1::text[], $2::text[], $3::date[], $4::date[], $5::date[], $6::text[], $7::int[])
  with ordinality as request (account_id, currency, first_day, last_day, after_day, after_key, take, position)`;

/** Finds links between observed balances: one statement for all requests. */
export function findLedgerLinks(tx: Transaction, requests: readonly LinkRequest[]): Promise<LinkRow[]> {
  return tx.query(LEDGER_LINKS, [...parametersOf(requests)]);
}

/** A chain has one balance a day, so all of it are some thousand rows; a processor's begins with nothing. */
const LEDGER_LINKS = `
  select request.position, link.day::text as day, '' as key, link.exponent, link.moment as at, link.opening::text as opening,
    link.counted_minor::text as entries, link.counted_entries as "entryCount", link.total::text as closing,
    (link.total - link.opening - link.counted_minor)::text as difference, null as gap, null as "statementId",
    link.is_comparable and not link.is_partial as "isComparable"
  from ${REQUEST} cross join lateral (
    select chain.account_id, chain.currency, chain.day, chain.exponent, chain.moment, chain.total, chain.counted_minor,
      chain.counted_entries, chain.is_comparable, chain.is_partial,
      case when chain.since is null and account.kind = 'PROCESSOR_BALANCE' then 0 else chain.opening end as opening
    from (${runningSums("observed.account_id = request.account_id and observed.currency = request.currency")}) as chain
    join accounts as account on account.id = chain.account_id
    where chain.day >= request.first_day and chain.day < request.last_day and chain.day > request.after_day
    order by chain.day limit request.take
  ) as link
  order by request.position, link.day`;

/** Finds links that are statements: one statement for all requests. */
export function findStatementLinks(tx: Transaction, requests: readonly LinkRequest[]): Promise<LinkRow[]> {
  return tx.query(STATEMENT_LINKS, [...parametersOf(requests)]);
}

const decimal = (path: string): string =>
  `(checked.item #>> '{${path},minor,$int}')::numeric * power(10::numeric, -(checked.item #>> '{${path},exponent}')::numeric)`;
const minor = (value: string): string => `round(${value} * power(10::numeric, link.exponent::numeric))::text`;

/** Statements that repeat another one are no links. Amounts may have different numbers of digits: the most count. */
const STATEMENT_LINKS = `
  select request.position, link.day::text as day, link.id as key, link.exponent, null as at,
    ${minor("link.opening")} as opening, ${minor("link.booked")} as entries, link.entries as "entryCount",
    ${minor("link.closing")} as closing, ${minor("(link.closing - link.opening - link.booked)")} as difference,
    ${minor("link.gap")} as gap, link.id as "statementId", true as "isComparable"
  from ${REQUEST} cross join lateral (
    select own.id, own.last_day as day, own.booked_count::bigint as entries, ${decimal("opening,money")} as opening,
      ${decimal("closing,money")} as closing, ${decimal("booked")} as booked,
      previous.difference_minor * power(10::numeric, -previous.exponent::numeric) as gap,
      greatest((checked.item #>> '{opening,money,exponent}')::int, (checked.item #>> '{closing,money,exponent}')::int,
        (checked.item #>> '{booked,exponent}')::int, previous.exponent::int) as exponent
    from (
      select * from statements as message where message.account_id = request.account_id and message.kind = 'STATEMENT'
        and message.last_day >= request.first_day and message.last_day < request.last_day
        and (message.last_day, message.id) > (request.after_day, request.after_key) and ${exists("message")} offset 0
    ) as own
    cross join lateral jsonb_array_elements(own.checks) as checked (item)
    left join statement_links as previous on previous.statement_id = own.id and previous.currency = request.currency
    where checked.item ->> 'currency' = request.currency and checked.item #> '{opening,money}' is not null
      and checked.item #> '{closing,money}' is not null and previous.state is distinct from 'DUPLICATE'
    order by own.last_day, own.id limit request.take
  ) as link
  order by request.position, link.day, link.id`;

/** A chain of statements, from one day to another. */
export type StatementChain = Pick<LinkRequest, "accountId" | "currency" | "from" | "to">;

/** Finds whether every statement of chains balances and opens where the one before it closed: one statement. */
export function findStatementBreaks(
  tx: Transaction,
  chains: readonly StatementChain[],
): Promise<{ readonly position: bigint; readonly isBroken: boolean }[]> {
  const requests = chains.map((chain) => ({ ...chain, after: undefined, limit: 0 }));
  return tx.query(BREAKS, [...parametersOf(requests)]);
}

const BREAKS = `
  select request.position, exists (
    select 1 from (
      select * from statements as message where message.account_id = request.account_id and message.kind = 'STATEMENT'
        and message.last_day >= request.first_day and message.last_day < request.last_day and ${exists("message")} offset 0
    ) as own
    cross join lateral jsonb_array_elements(own.checks) as checked (item)
    left join statement_links as previous on previous.statement_id = own.id and previous.currency = request.currency
    where checked.item ->> 'currency' = request.currency and previous.state is distinct from 'DUPLICATE'
      and (checked.item #>> '{difference,minor,$int}' <> '0' or previous.state in ('GAP', 'OVERLAP'))
  ) as "isBroken"
  from ${REQUEST}`;
