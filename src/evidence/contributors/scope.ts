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

/**
 * SQL of the ids of the objects that a finding is about. Parameter 4: its id. `named` are those that it names itself,
 * those of its comparison, and those that are open together; the others are parts of what is named.
 */
const FINDING_OBJECTS = `array(
  with finding as materialized (select * from findings where id = $4::text),
  named as materialized (
    select text.value #>> '{}' as id
    from finding cross join lateral jsonb_path_query(evidence, 'strict $.** ? (@.type() == "string")') as text (value)
    union
    select difference.entity_id from finding join record_differences as difference
      on difference.run_id = finding.evidence ->> 'runId' and difference.stream = finding.evidence ->> 'stream'
    union
    select item.id from finding join reconciliation_items as item
      on item.source_id = finding.source_id and item.state in ('OPEN', 'CONFLICT')
        and item.object_type = case finding.kind when 'PAYOUTS_NOT_ARRIVED' then 'Payout'
          when 'ARRIVALS_WITHOUT_PAYOUT' then 'BankTransaction' end
        and item.route = coalesce(finding.evidence ->> 'route', '')
  ),
  matched as materialized (
    select item.* from named join reconciliation_items as item on item.id = named.id
  )
  select id from named
  union
  select entry.id from named join ledger_entries as entry on entry.payout_id = named.id
  union
  select entry.id from named join ledger_entries as entry on entry.origin_id = named.id
  union
  select refund.id from named join refunds as refund on refund.payment_id = named.id
  union
  select refund.payment_id from named join refunds as refund on refund.id = named.id
  union
  select entry.id from finding join ledger_entries as entry on entry.account_id = finding.evidence ->> 'id'
    and entry.ordered_at >= (finding.evidence ->> 'sinceAt')::timestamptz
    and entry.ordered_at <= (finding.evidence ->> 'untilAt')::timestamptz
  where finding.kind = 'BALANCE_CHAIN_BROKEN'
  union
  select part.id from matched join reconciliation_items as part on part.match_id = matched.match_id
  union
  select text.value #>> '{}' from matched
    cross join lateral jsonb_path_query(matched.proposals || matched.set_proposals, 'strict $.** ? (@.type() == "string")') as text (value)
)`;
