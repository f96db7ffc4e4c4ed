import type { MatchState } from "../../domain/match-state.ts";
import type { Transaction } from "../../store/database.ts";
import type { Conversion, DecidedBy, ExpectedPayout, MatchReason, ResidueKind } from "./model.ts";
import { textOfUnits, unitsOf } from "./model.ts";

/** A proposal as it is stored: amounts are decimal text. */
export interface StoredProposal {
  readonly reason: string;
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
  readonly difference: string;
}

/** Row of the table `reconciliation_items`. */
export interface Item {
  readonly objectId: string;
  readonly objectType: "Payout" | "BankTransaction";
  readonly sourceId: string;
  readonly accountId: string | null;
  readonly route: string;
  readonly currency: string;
  readonly direction: string;
  /** Decimal text. */
  readonly amount: string;
  readonly ruleAmount: string | null;
  readonly day: string;
  readonly lastDay: string;
  readonly dueOn: string;
  readonly decidedBy: DecidedBy | null;
  readonly matchId: string | null;
  readonly state: MatchState | null;
  readonly residue: string | null;
  readonly residueKind: ResidueKind | null;
  readonly reasons: readonly MatchReason[];
  readonly name: string | null;
  readonly proposals: readonly StoredProposal[];
  readonly setProposals: readonly StoredProposal[];
  readonly decisionId: string | null;
  /** Of a transaction whose amount is the instructed one. */
  readonly exchange: Conversion | null;
  readonly isRelevant: boolean;
  /** Time since which it has its state. */
  readonly since: string | null;
}

type ItemRow = Item & Record<string, unknown>;

const COLUMNS = `item.id as "objectId", item.object_type as "objectType", item.source_id as "sourceId",
  item.account_id as "accountId", item.route, item.currency, item.direction, trim_scale(item.amount)::text as amount,
  trim_scale(item.rule_amount)::text as "ruleAmount", item.day::text as day, item.last_day::text as "lastDay",
  item.due_on::text as "dueOn", item.decided_by as "decidedBy", item.match_id as "matchId", item.state,
  trim_scale(item.residue)::text as residue, item.residue_kind as "residueKind", item.reasons, item.name, item.proposals,
  item.set_proposals as "setProposals", item.decision_id as "decisionId", item.exchange, item.is_relevant as "isRelevant",
  item.since::text as since`;

/** Finds the items of these objects. */
export async function findItems(tx: Transaction, ids: readonly string[]): Promise<readonly Item[]> {
  if (ids.length === 0) return [];
  return tx.query<ItemRow>(
    `select ${COLUMNS} from unnest($1::text[]) as requested (id)
     cross join lateral (select * from reconciliation_items where id = requested.id offset 0) as item`,
    [ids],
  );
}

/** An amount at which payouts are expected, and the days of those. */
export interface AmountKey {
  readonly currency: string;
  readonly direction: string;
  readonly amount: string;
  readonly from: string;
  readonly to: string;
}

/** Finds the payouts that are expected with one of these amounts. */
export async function findExpected(tx: Transaction, keys: readonly AmountKey[]): Promise<readonly Item[]> {
  if (keys.length === 0) return [];
  const lookup = (column: string): string => `
    select item.* from requested cross join lateral (
      select * from reconciliation_items where object_type = 'Payout' and currency = requested.currency
        and direction = requested.direction and ${column} = requested.amount and day between requested.first and requested.last offset 0
    ) as item`;
  return tx.query<ItemRow>(
    `with requested as materialized (
       select distinct * from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::date[])
         as one (currency, direction, amount, first, last)
     ), found as (select distinct on (id) * from (
       ${lookup("amount_key")} union all ${lookup("rule_key")}
     ) as item order by id)
     select ${COLUMNS} from found as item`,
    [
      keys.map((key) => key.currency),
      keys.map((key) => key.direction),
      keys.map((key) => key.amount),
      keys.map((key) => key.from),
      keys.map((key) => key.to),
    ],
  );
}

/** Days of one currency and direction. */
export interface Period {
  readonly currency: string;
  readonly direction: string;
  readonly from: string;
  readonly to: string;
}

/** Finds the items of these periods, which do not overlap, that neither a person nor a reference nor a unique amount has decided. */
export async function findUndecided(tx: Transaction, periods: readonly Period[]): Promise<readonly Item[]> {
  if (periods.length === 0) return [];
  return tx.query<ItemRow>(
    `select ${COLUMNS} from unnest($1::text[], $2::text[], $3::date[], $4::date[]) as period (currency, direction, first, last)
     cross join lateral (
       select * from reconciliation_items where currency = period.currency and direction = period.direction
         and day between period.first and period.last and (decided_by is null or decided_by = 'SET') offset 0
     ) as item order by item.day, item.id`,
    [
      periods.map(({ currency }) => currency),
      periods.map(({ direction }) => direction),
      periods.map(({ from }) => from),
      periods.map(({ to }) => to),
    ],
  );
}

/**
 * Writes what is expected of payouts. One whose facts have changed loses its match, until all of its neighbourhood is
 * matched again in the same transaction.
 */
export async function writeExpected(
  tx: Transaction,
  payouts: readonly { readonly payout: ExpectedPayout; readonly accountId: string | null }[],
): Promise<void> {
  if (payouts.length === 0) return;
  const facts = "source_id, account_id, route, currency, direction, amount, rule_amount, day, last_day, due_on";
  const rows = payouts.map(({ payout, accountId }) => ({
    id: payout.id,
    source_id: payout.sourceId,
    account_id: accountId,
    route: payout.route,
    currency: payout.currency,
    direction: payout.direction,
    amount: textOfUnits(payout.units),
    rule_amount: payout.ruleUnits === undefined ? null : textOfUnits(payout.ruleUnits),
    day: payout.day,
    last_day: payout.lastDay,
    due_on: payout.dueOn,
  }));
  const own = (alias: string): string =>
    facts
      .split(", ")
      .map((column) => `${alias}.${column}`)
      .join(", ");
  await tx.query(
    `insert into reconciliation_items as existing (tenant_id, id, object_type, since, ${facts})
     select $1, id, 'Payout', now(), ${facts} from jsonb_to_recordset($2::jsonb) as incoming (id text,
       source_id text, account_id text, route text, currency text, direction text, amount numeric, rule_amount numeric,
       day date, last_day date, due_on date)
     on conflict (tenant_id, id) do update set
       ${facts
         .split(", ")
         .map((column) => `${column} = excluded.${column}`)
         .join(", ")},
       decided_by = null, match_id = null, state = null, residue = null, residue_kind = null
     where (${own("existing")}) is distinct from (${own("excluded")})`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

export async function deleteItems(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query("delete from reconciliation_items where id = any($1)", [ids]);
}

const WRITTEN: readonly (readonly [column: string, type: string, key: keyof Item])[] = [
  ["id", "text", "objectId"],
  ["object_type", "text", "objectType"],
  ["source_id", "text", "sourceId"],
  ["account_id", "text", "accountId"],
  ["route", "text", "route"],
  ["currency", "text", "currency"],
  ["direction", "text", "direction"],
  ["amount", "numeric", "amount"],
  ["rule_amount", "numeric", "ruleAmount"],
  ["day", "date", "day"],
  ["last_day", "date", "lastDay"],
  ["due_on", "date", "dueOn"],
  ["decided_by", "text", "decidedBy"],
  ["match_id", "text", "matchId"],
  ["state", "text", "state"],
  ["residue", "numeric", "residue"],
  ["residue_kind", "text", "residueKind"],
  ["reasons", "text[]", "reasons"],
  ["name", "text", "name"],
  ["proposals", "jsonb", "proposals"],
  ["set_proposals", "jsonb", "setProposals"],
  ["decision_id", "text", "decisionId"],
  ["exchange", "jsonb", "exchange"],
  ["is_relevant", "boolean", "isRelevant"],
];
const WRITTEN_COLUMNS = WRITTEN.map(([column]) => column);

/** Writes items by one statement, so that the database sees every match whole. Unchanged ones are not written. */
export async function writeItems(tx: Transaction, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({
    ...Object.fromEntries(WRITTEN.map(([column, , key]) => [column, item[key]])),
    since: item.since,
  }));
  const changed = WRITTEN_COLUMNS.filter((column) => column !== "id");
  const all = (alias: string): string => changed.map((column) => `${alias}.${column}`).join(", ");
  await tx.query(
    `insert into reconciliation_items as existing (tenant_id, since, ${WRITTEN_COLUMNS.join(", ")})
     select $1, coalesce(incoming.since, now()), ${WRITTEN_COLUMNS.map((column) => `incoming.${column}`).join(", ")}
     from jsonb_to_recordset($2::jsonb) as incoming (since timestamptz, ${WRITTEN.map(([column, type]) => `${column} ${type}`).join(", ")})
     on conflict (tenant_id, id) do update set since = excluded.since,
       ${changed.map((column) => `${column} = excluded.${column}`).join(", ")}
     where (${all("existing")}) is distinct from (${all("excluded")})`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

/** Returns the expected payout of an item; undefined for an amount with more digits than are compared. */
export function payoutOfItem(item: Item): ExpectedPayout | undefined {
  const units = unitsOf(item.amount);
  if (item.objectType !== "Payout" || units === undefined) return undefined;
  const { objectId: id, sourceId, route, currency, direction, day, lastDay, dueOn, ruleAmount } = item;
  const ruleUnits = ruleAmount === null ? undefined : unitsOf(ruleAmount);
  return { id, sourceId, route, currency, direction, units, ruleUnits, day, lastDay, dueOn };
}
