import type { Transaction } from "../../../store/database.ts";
import type { SyncMode } from "../../runs/run.ts";
import type { Range, RangeStatus, Walk } from "./range.ts";

/** Owner of a walk: a walk that an incremental run begins belongs to the stream, and a later run continues it. */
export interface WalkOwner {
  readonly sourceId: string;
  readonly stream: string;
  readonly runId: string;
  readonly mode: SyncMode;
}

/** Represents the stream itself in place of a run. */
const NO_RUN = "";

function keyOf({ sourceId, stream, runId, mode }: WalkOwner): readonly [string, string, string] {
  return [sourceId, stream, mode === "INCREMENTAL" ? NO_RUN : runId];
}

interface Row {
  readonly stream: string;
  readonly range_id: number;
  readonly from_ms: bigint | null;
  readonly to_ms: bigint | null;
  readonly cursor: unknown;
  readonly reached_ms: bigint | null;
  readonly status: RangeStatus;
  readonly next: unknown;
}

/**
 * Returns the unfinished walks of owners.
 * @param owners at most one for each stream of a source
 * @returns by name of the stream
 */
export async function findWalks(
  tx: Transaction,
  sourceId: string,
  owners: readonly WalkOwner[],
): Promise<ReadonlyMap<string, Walk>> {
  const rows = await tx.query<Row & Record<string, unknown>>(
    `select stream, range_id, from_ms, to_ms, cursor, reached_ms, status, next
     from stream_ranges join unnest($2::text[], $3::text[]) as owners (stream, run_id) using (stream, run_id)
     where source_id = $1 order by range_id`,
    [sourceId, owners.map(({ stream }) => stream), owners.map((owner) => keyOf(owner)[2])],
    { prepared: true },
  );
  const byStream = Map.groupBy(rows, ({ stream }) => stream);
  return new Map(
    [...byStream].map(([stream, ranges]) => [stream, { ranges: ranges.map(rangeOf), next: ranges[0]?.next }]),
  );
}

function rangeOf(row: Row): Range {
  return {
    id: row.range_id,
    fromMs: millisOf(row.from_ms),
    toMs: millisOf(row.to_ms),
    cursor: row.cursor ?? undefined,
    reachedMs: millisOf(row.reached_ms),
    status: row.status,
  };
}

const millisOf = (value: bigint | null): number | undefined => (value === null ? undefined : Number(value));

/** Writes new and changed ranges of a walk. */
export async function saveRanges(tx: Transaction, owner: WalkOwner, { ranges, next }: Walk): Promise<void> {
  await tx.query(
    `insert into stream_ranges as existing (tenant_id, source_id, stream, run_id, range_id, from_ms, to_ms, cursor, reached_ms,
       status, next)
     select $1, $2, $3, $4, input.id, input."fromMs", input."toMs", input.cursor, input."reachedMs", input.status,
       case when input.id = 0 then $6::jsonb end
     from jsonb_to_recordset($5::jsonb) as input
       (id integer, "fromMs" bigint, "toMs" bigint, cursor jsonb, "reachedMs" bigint, status text)
     on conflict (tenant_id, source_id, stream, run_id, range_id) do update set
       from_ms = excluded.from_ms, cursor = excluded.cursor, reached_ms = excluded.reached_ms, status = excluded.status`,
    [tx.tenantId, ...keyOf(owner), JSON.stringify(ranges), JSON.stringify(next)],
    { prepared: true },
  );
}

/** Deletes a walk: it is complete, or cannot be continued. */
export async function dropWalk(tx: Transaction, owner: WalkOwner): Promise<void> {
  await tx.query("delete from stream_ranges where source_id = $1 and stream = $2 and run_id = $3", keyOf(owner), {
    prepared: true,
  });
}

/** Deletes the remaining walks of a run that has ended. */
export async function dropWalksOfRun(tx: Transaction, sourceId: string, runId: string): Promise<void> {
  await tx.query("delete from stream_ranges where source_id = $1 and run_id = $2", [sourceId, runId], {
    prepared: true,
  });
}

/**
 * Deletes the stream's own walk: everything was read by another run, and the cursor with which it would end is
 * outdated.
 */
export async function dropOwnWalk(tx: Transaction, sourceId: string, stream: string): Promise<void> {
  await tx.query("delete from stream_ranges where source_id = $1 and stream = $2 and run_id = $3", [
    sourceId,
    stream,
    NO_RUN,
  ]);
}
