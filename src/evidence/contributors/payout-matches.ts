import { csvLine } from "./csv.ts";
import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { scopedRows, scopeValues } from "./scope.ts";

/** Which bank transactions the payouts arrived as, and the decisions of people about that. */
export const payoutMatches: Contributor = {
  name: "payout matches",
  members: (source) => [
    { name: "reconciliation/payout-matches.jsonl", bytes: inPieces(linesOf(source), source.onWritten) },
    { name: "reconciliation/payout-matches.csv", bytes: inPieces(tableOf(source)) },
    { name: "reconciliation/match-decisions.jsonl", bytes: inPieces(decisionsOf(source), source.onWritten) },
  ],
};

/** SQL of the ids of the payouts and transactions of a pack. */
const idsOf = (source: PackSource): string =>
  ["payouts", "bank_transactions"].map((table) => `select id from ${scopedRows(source, table)}`).join(" union all ");

/**
 * SQL of the results: with every member of a match of which one belongs to the pack, so that its amounts add up.
 * `offset 0` makes each a search by an index: a pack has a part of what is stored.
 */
const itemsOf = (source: PackSource): string => `
  with own as materialized (${idsOf(source)}),
  found as materialized (
    select item.* from own cross join lateral (
      select id, match_id from reconciliation_items where id = own.id offset 0
    ) as item
  ), listed as (
    select id from found
    union
    select member.id from (select distinct match_id from found) as matched cross join lateral (
      select id from reconciliation_items where match_id = matched.match_id offset 0
    ) as member
  )
  select item.* from listed cross join lateral (
    select * from reconciliation_items where id = listed.id offset 0
  ) as item where item.state is not null
  order by coalesce(item.match_id, item.id) collate "C", item.object_type desc, item.id collate "C"`;

async function* linesOf(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<{ line: string }>(
    `select jsonb_build_object('id', id, 'type', object_type, 'sourceId', source_id, 'accountId', account_id,
       'state', state, 'since', since, 'day', day, 'usualUntil', due_on, 'route', route, 'currency', currency,
       'direction', direction, 'amount', trim_scale(amount)::text, 'matchId', match_id, 'decidedBy', decided_by,
       'reasons', reasons, 'reference', name, 'residue', trim_scale(residue)::text, 'residueKind', residue_kind,
       'exchange', exchange, 'decisionId', decision_id, 'proposals', proposals || set_proposals)::text as line
     from (${itemsOf(source)}) as item`,
    scopeValues(source),
  );
  for await (const { line } of rows) yield line;
}

const COLUMNS = [
  "id",
  "type",
  "source",
  "state",
  "day",
  "usual_until",
  "route",
  "currency",
  "amount",
  "match",
  "decided_by",
  "residue",
  "residue_kind",
  "booked_amount",
  "booked_currency",
  "rate",
] as const;

async function* tableOf(source: PackSource): AsyncGenerator<string, void> {
  yield csvLine([...COLUMNS]);
  const rows = source.rows<Record<(typeof COLUMNS)[number], string | null>>(
    `select id, object_type as type, source_id as source, state, day::text, due_on::text as usual_until, route, currency,
       trim_scale(amount)::text as amount, match_id as match, decided_by, trim_scale(residue)::text as residue, residue_kind,
       exchange ->> 'bookedAmount' as booked_amount, exchange ->> 'bookedCurrency' as booked_currency,
       exchange ->> 'rate' as rate
     from (${itemsOf(source)}) as item`,
    scopeValues(source),
  );
  for await (const row of rows) yield csvLine(COLUMNS.map((column) => row[column]));
}

/** Those that were undone too. */
async function* decisionsOf(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<{ line: string }>(
    `select jsonb_build_object('id', id, 'kind', kind, 'reason', reason, 'decidedBy', decided_by, 'decidedAt', decided_at,
       'residue', trim_scale(residue)::text, 'undoneBy', undone_by, 'undoneAt', undone_at,
       'objects', array(select object_id from payout_match_decision_objects as member
         where member.decision_id = decision.id order by object_id collate "C"))::text as line
     from (
       select distinct member.decision_id from (${idsOf(source)}) as own cross join lateral (
         select decision_id from payout_match_decision_objects where object_id = own.id offset 0
       ) as member
     ) as found cross join lateral (
       select * from payout_match_decisions where id = found.decision_id offset 0
     ) as decision
     order by decided_at, id`,
    scopeValues(source),
  );
  for await (const { line } of rows) yield line;
}

/** Number and sum of the results of one state. */
export interface MatchTotal extends Record<string, unknown> {
  readonly type: string;
  readonly state: string;
  readonly currency: string;
  readonly count: bigint;
  readonly sum: string;
}

/** Totals of the results, in a fixed order. */
export function readMatchTotals(source: PackSource): AsyncGenerator<MatchTotal, void> {
  return source.rows<MatchTotal>(
    `select object_type as type, state, currency, count(*) as count, trim_scale(sum(amount))::text as sum
     from (${itemsOf(source)}) as item group by object_type, state, currency
     order by object_type desc, state, currency collate "C"`,
    scopeValues(source),
  );
}
