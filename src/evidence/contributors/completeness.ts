import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { OF_SOURCES, periodValues } from "./scope.ts";

/** What the comparisons of the days of the period with the sources have found. */
export const completeness: Contributor = {
  name: "completeness",
  members: (source) => [
    { name: "reconciliation/compared-days.jsonl", bytes: inPieces(daysOf(source), source.onWritten) },
    { name: "reconciliation/differences.jsonl", bytes: inPieces(differencesOf(source), source.onWritten) },
  ],
};

/** Days that the period touches, and the objects without a creation time. Counts are texts, as amounts are. */
const IN_DAYS = `(day = '-infinity' or day >= ($1::timestamptz at time zone 'UTC')::date
  and day < $2::timestamptz at time zone 'UTC') and ${OF_SOURCES}`;

const DAY = "case when day <> '-infinity' then day::text end";

async function* daysOf(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<{ line: string }>(
    `select jsonb_build_object('sourceId', source_id, 'stream', stream, 'day', ${DAY}, 'runId', run_id, 'state', state,
       'reason', reason, 'checkedAt', checked_at,
       'ours', jsonb_build_object('count', our_count::text, 'hash', our_hash, 'sums', our_sums),
       'theirs', jsonb_build_object('count', their_count::text, 'hash', their_hash, 'sums', their_sums),
       'missing', missing, 'altered', altered, 'invented', invented, 'repaired', repaired, 'unsettled', unsettled)::text as line
     from compared_days as compared where ${IN_DAYS}
     order by source_id collate "C", stream collate "C", compared.day`,
    periodValues(source),
  );
  for await (const { line } of rows) yield line;
}

/** Differences of these days, and those that were found in the period. */
async function* differencesOf(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<{ line: string }>(
    `select jsonb_build_object('sourceId', source_id, 'stream', stream, 'day', ${DAY}, 'runId', run_id, 'kind', kind,
       'entityType', entity_type, 'entityId', entity_id, 'externalId', external_id, 'foundAt', found_at,
       'repairedAt', repaired_at, 'verifiedAt', verified_at, 'problem', problem)::text as line
     from record_differences as difference
     where (day <> '-infinity' and ${IN_DAYS}
       or found_at >= $1::timestamptz and found_at < $2::timestamptz and ${OF_SOURCES})
     order by found_at, run_id collate "C", stream collate "C", entity_id collate "C"`,
    periodValues(source),
  );
  for await (const { line } of rows) yield line;
}
