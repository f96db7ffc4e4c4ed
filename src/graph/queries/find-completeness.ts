import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";

/** A page of the compared days of one source. */
export interface ComparedDayPage {
  readonly sourceId: string;
  /** Undefined: of all streams. */
  readonly stream: string | undefined;
  /** Calendar date, inclusive; undefined: no bound. */
  readonly from: string | undefined;
  /** Calendar date, exclusive; undefined: no bound. */
  readonly to: string | undefined;
  readonly limit: number;
  /** Undefined: from the newest day. */
  readonly after: { readonly day: string; readonly stream: string } | undefined;
}

/** Sum of the amounts in one currency. */
export interface ContentSum {
  readonly currency: string;
  readonly exponent: number;
  /** Whole number as text. */
  readonly minor: string;
  readonly count: number;
}

export interface ComparedDayRow {
  readonly position: bigint;
  readonly stream: string;
  /** Calendar date, or `-infinity`. */
  readonly dayKey: string;
  readonly runId: string;
  readonly state: "IN_STEP" | "REPAIRED" | "DIFFERENT" | "NOT_COMPARABLE" | "STALE";
  readonly reason: string | null;
  readonly checkedAt: string;
  readonly ourCount: bigint | null;
  readonly ourHash: string | null;
  readonly ourSums: readonly ContentSum[] | null;
  readonly theirCount: bigint | null;
  readonly theirHash: string | null;
  readonly theirSums: readonly ContentSum[] | null;
  readonly missing: number;
  readonly altered: number;
  readonly invented: number;
  readonly repaired: number;
  readonly unsettled: number;
}

/** A day that was compared before its end says nothing about the rest of it. */
const STATE = `case when day.state in ('IN_STEP', 'REPAIRED') and day.day <> '-infinity' and day.checked_at < (day.day + 1)::timestamp at time zone 'UTC'
  then 'STALE' else day.state end`;

/**
 * Finds a page of compared days for each request by one statement: the newest days first, the streams of a day by name.
 * @returns the pages in the requested order
 */
export async function findComparedDays(
  tx: Transaction,
  pages: readonly ComparedDayPage[],
): Promise<ComparedDayRow[][]> {
  const rows = await tx.query<ComparedDayRow & Record<string, unknown>>(FIND_DAYS, [
    pages.map(({ sourceId }) => sourceId),
    pages.map(({ stream }) => stream ?? null),
    pages.map(({ from }) => from ?? null),
    pages.map(({ to }) => to ?? null),
    pages.map(({ after }) => after?.day ?? "infinity"),
    pages.map(({ after }) => after?.stream ?? ""),
    pages.map(({ limit }) => limit),
  ]);
  return byPosition(rows, pages.length);
}

const FIND_DAYS = `
  select requested.position, found.* from unnest($1::text[], $2::text[], $3::date[], $4::date[], $5::date[], $6::text[], $7::int[])
    with ordinality as requested (source_id, stream, from_day, to_day, after_day, after_stream, take, position)
  cross join lateral (
    select day.stream, day.day::text as "dayKey", day.run_id as "runId", ${STATE} as state, day.reason, day.checked_at as "checkedAt",
      day.our_count as "ourCount", day.our_hash as "ourHash", day.our_sums as "ourSums",
      day.their_count as "theirCount", day.their_hash as "theirHash", day.their_sums as "theirSums",
      day.missing, day.altered, day.invented, day.repaired, day.unsettled
    from compared_days as day
    where day.source_id = requested.source_id and day.day <= requested.after_day
      and (day.day < requested.after_day or day.stream > requested.after_stream)
      and (requested.stream is null or day.stream = requested.stream)
      and (requested.from_day is null or day.day >= requested.from_day) and (requested.to_day is null or day.day < requested.to_day)
    order by day.day desc, day.stream limit requested.take
  ) as found
  order by requested.position, found."dayKey"::date desc, found.stream`;

/** A page of the differences of one source. */
export interface DifferencePage {
  readonly sourceId: string;
  /** Undefined: of all streams. */
  readonly stream: string | undefined;
  /** Undefined: of all runs. */
  readonly runId: string | undefined;
  readonly limit: number;
  /** Undefined: from the newest difference. */
  readonly after: DifferencePosition | undefined;
}

export interface DifferencePosition {
  /** PostgreSQL's text of the time, with all digits. */
  readonly at: string;
  readonly key: readonly [runId: string, stream: string, entityId: string];
}

export interface RecordDifferenceRow {
  readonly position: bigint;
  readonly kind: "MISSING" | "ALTERED" | "INVENTED";
  readonly stream: string;
  readonly entityType: EntityType;
  readonly entityId: string;
  readonly externalId: string;
  /** Calendar date, or `-infinity`. */
  readonly dayKey: string;
  readonly foundAt: string;
  readonly orderedAt: string;
  readonly repairedAt: string | null;
  readonly verifiedAt: string | null;
  readonly problem: string | null;
  readonly runId: string;
}

/**
 * Finds a page of differences for each request by one statement, those first that were found last.
 * @returns the pages in the requested order
 */
export async function findDifferences(
  tx: Transaction,
  pages: readonly DifferencePage[],
): Promise<RecordDifferenceRow[][]> {
  const rows = await tx.query<RecordDifferenceRow & Record<string, unknown>>(FIND_DIFFERENCES, [
    pages.map(({ sourceId }) => sourceId),
    pages.map(({ stream }) => stream ?? null),
    pages.map(({ runId }) => runId ?? null),
    pages.map(({ after }) => after?.at ?? "infinity"),
    pages.map(({ after }) => after?.key[0] ?? ""),
    pages.map(({ after }) => after?.key[1] ?? ""),
    pages.map(({ after }) => after?.key[2] ?? ""),
    pages.map(({ limit }) => limit),
  ]);
  return byPosition(rows, pages.length);
}

const FIND_DIFFERENCES = `
  select requested.position, found.* from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::int[])
    with ordinality as requested (source_id, stream, run_id, after_at, after_run, after_stream, after_id, take, position)
  cross join lateral (
    select one.kind, one.stream, one.entity_type as "entityType", one.entity_id as "entityId", one.external_id as "externalId",
      one.day::text as "dayKey", one.found_at as "foundAt", one.found_at::text as "orderedAt", one.repaired_at as "repairedAt",
      one.verified_at as "verifiedAt", one.problem, one.run_id as "runId"
    from record_differences as one
    where one.source_id = requested.source_id
      and (one.found_at, one.run_id, one.stream, one.entity_id)
        < (requested.after_at, requested.after_run, requested.after_stream, requested.after_id)
      and (requested.stream is null or one.stream = requested.stream)
      and (requested.run_id is null or one.run_id = requested.run_id)
    order by one.found_at desc, one.run_id desc, one.stream desc, one.entity_id desc limit requested.take
  ) as found
  order by requested.position, found."foundAt" desc, found."runId" desc, found.stream desc, found."entityId" desc`;

function byPosition<Row extends { readonly position: bigint }>(rows: readonly Row[], count: number): Row[][] {
  const groups = Map.groupBy(rows, ({ position }) => Number(position) - 1);
  return Array.from({ length: count }, (_, index) => groups.get(index) ?? []);
}
