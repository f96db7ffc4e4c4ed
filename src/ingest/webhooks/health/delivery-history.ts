import type { Transaction } from "../../../store/database.ts";
import type { Past } from "./expected-rate.ts";

/** Length of the history from which the rate is learned. */
const DAYS = 14;

/** A source, and the time of its last delivery. */
export interface HistoryEnd {
  readonly sourceId: string;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

/** Reads the deliveries of a source by the hour, and the periods without any, up to the last delivery. */
export async function findPast(tx: Transaction, sourceId: string, untilMs: number): Promise<Past> {
  const [past] = await findPasts(tx, [{ sourceId, untilMs }]);
  return past ?? { hours: [], silences: [], fromMs: untilMs, untilMs };
}

/** Returns the time of the last delivery of each source that has had one. */
export function findHistoryEnds(tx: Transaction, sourceIds: readonly string[]): Promise<HistoryEnd[]> {
  return tx.query<HistoryEnd & Record<string, unknown>>(
    `select id as "sourceId", (extract(epoch from webhook_received_at) * 1000)::float8 as "untilMs"
     from sources where id = any($1) and webhook_received_at is not null`,
    [sourceIds],
  );
}

/** Reads the histories of many sources, in their order, in two SQL statements. */
export async function findPasts(tx: Transaction, ends: readonly HistoryEnd[]): Promise<readonly Past[]> {
  const ids = ends.map(({ sourceId }) => sourceId);
  const hours = await tx.query<{ id: string; start: number; active: bigint; first: number }>(
    `select source_id as id, (extract(epoch from date_trunc('hour', at)) * 1000)::float8 as start, count(*) as active,
       (extract(epoch from min(at)) * 1000)::float8 as first
     from webhook_counts where source_id = any($1) and received > 0 and at > now() - $2 * interval '1 day' group by 1, 2`,
    [ids, DAYS],
  );
  const silences = await tx.query<{ id: string; since: number; until: number }>(
    `select source_id as id, (extract(epoch from since) * 1000)::float8 as since,
       (extract(epoch from coalesce(until_at, now())) * 1000)::float8 as until
     from webhook_silences where source_id = any($1) and coalesce(until_at, now()) > now() - $2 * interval '1 day'`,
    [ids, DAYS],
  );
  const [hoursById, silencesById] = [Map.groupBy(hours, ({ id }) => id), Map.groupBy(silences, ({ id }) => id)];
  return ends.map(({ sourceId, untilMs }) => {
    const own = hoursById.get(sourceId) ?? [];
    return {
      hours: own.map(({ start, active }) => ({ startMs: start, active: Number(active) })),
      silences: (silencesById.get(sourceId) ?? []).map(({ since, until }) => ({ sinceMs: since, untilMs: until })),
      fromMs: own.reduce((least, { first }) => Math.min(least, first), untilMs),
      untilMs,
    };
  });
}

/** Counts calls that could not be verified since a given time. */
export async function countRefused(tx: Transaction, sourceId: string, sinceMs: number): Promise<number> {
  const [row] = await tx.query<{ refused: bigint | null }>(
    `select sum(refused)::bigint as refused from webhook_counts
     where source_id = $1 and at >= date_trunc('minute', to_timestamp($2::float8 / 1000))`,
    [sourceId, sinceMs],
  );
  return Number(row?.refused ?? 0n);
}
