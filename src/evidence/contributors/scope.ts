import { changedByRun } from "../../store/queries/changed-by-run.ts";
import type { PackSource } from "./contributor.ts";

/** Condition that a row belongs to the sources of a pack. Parameter 3: sources. */
export const OF_SOURCES = "($3::text[] is null or source_id = any($3))";

/** Values of the parameters 1 to 3: from, to, sources. */
export const periodValues = ({ from, to, sourceIds }: PackSource): readonly unknown[] => [from, to, sourceIds];

/** Values of the parameters of `scopedRows`: those of a period, and the finding, if the pack is about one. */
export const scopeValues = (source: PackSource): readonly unknown[] =>
  source.findingId === null ? periodValues(source) : [...periodValues(source), source.findingId];

const IN_PERIOD = `ordered_at >= $1::timestamptz and ordered_at < $2::timestamptz and ${OF_SOURCES}`;

/**
 * SQL of the rows of a table of objects that belong to a pack, with the name of the table: those of the period, and
 * those that the pack's finding is about, whatever their time. Two parts, so that each has its index.
 */
export function scopedRows({ findingId }: PackSource, table: string): string {
  const ofPeriod = `select * from ${table} where content_hash is not null and ${IN_PERIOD}`;
  if (findingId === null) return `(${ofPeriod}) as ${table}`;
  return `(${ofPeriod} union all
    select * from ${table} where content_hash is not null and id = any(${FINDING_OBJECTS}) and not (${IN_PERIOD})) as ${table}`;
}

/** Tables whose rows are parts of what a finding names, by the column that refers to it. */
const PARTS = [
  ["ledger_entries", "payout_id"],
  ["ledger_entries", "origin_id"],
  ["refunds", "payment_id"],
] as const;

/** `offset 0` keeps the planner from reading the whole table for a join: what is named is little. */
function partsOf(table: string, column: string): string {
  return `union
  select part.id from named cross join lateral (
    select id from ${table} where ${column} = named.id offset 0
  ) as part
  `;
}

/**
 * SQL of the ids of the objects that a finding is about. Parameter 4: its id. `named` are those that it names itself,
 * those of its comparison, those that a read after lost changes has repaired, and those that are open together; the
 * others are parts of what is named.
 */
const FINDING_OBJECTS = `array(
  with finding as materialized (select * from findings where id = $4::text),
  named as materialized (
    select text.value #>> '{}' as id
    from finding cross join lateral jsonb_path_query(evidence, 'strict $.** ? (@.type() == "string")') as text (value)
    union
    select difference.id from finding cross join lateral (
      select entity_id as id from record_differences
      where run_id = finding.evidence ->> 'runId' and stream = finding.evidence ->> 'stream' offset 0
    ) as difference
    union
    select repaired.id from finding cross join lateral (
      ${changedByRun("finding.source_id", "(finding.evidence ->> 'repairedBy')")} offset 0
    ) as repaired where finding.kind = 'FEED_GAP'
    union
    select item.id from finding cross join lateral (
      select id from reconciliation_items
      where source_id = finding.source_id and state in ('OPEN', 'CONFLICT')
        and object_type = case finding.kind when 'PAYOUTS_NOT_ARRIVED' then 'Payout'
          when 'ARRIVALS_WITHOUT_PAYOUT' then 'BankTransaction' end
        and route = coalesce(finding.evidence ->> 'route', '') offset 0
    ) as item
  ),
  matched as materialized (
    select item.* from named cross join lateral (
      select match_id, proposals || set_proposals as proposals from reconciliation_items where id = named.id offset 0
    ) as item
  )
  select id from named
  ${PARTS.map(([table, column]) => partsOf(table, column)).join("")}
  union
  select payment.id from named cross join lateral (
    select payment_id as id from refunds where id = named.id offset 0
  ) as payment
  union
  select entry.id from finding cross join lateral (
    select id from ledger_entries where account_id = finding.evidence ->> 'id'
      and ordered_at >= (finding.evidence ->> 'sinceAt')::timestamptz
      and ordered_at <= (finding.evidence ->> 'untilAt')::timestamptz offset 0
  ) as entry where finding.kind = 'BALANCE_CHAIN_BROKEN'
  union
  select member.id from matched cross join lateral (
    select id from reconciliation_items where match_id = matched.match_id offset 0
  ) as member
  union
  select text.value #>> '{}' from matched
    cross join lateral jsonb_path_query(matched.proposals, 'strict $.** ? (@.type() == "string")') as text (value)
)`;
