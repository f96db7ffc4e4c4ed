import type { Transaction } from "../../../store/database.ts";
import type { Past } from "./expected-rate.ts";

/** Length of the history from which the rate is learned. */
const DAYS = 14;

/**
 * Reads the deliveries of a source by the hour, and the periods without any, up to the last delivery. Uses two SQL
 * statements.
 */
export async function findPast(tx: Transaction, sourceId: string, untilMs: number): Promise<Past> {
  const hours = await tx.query<{ start: number; active: bigint; first: number }>(
    `select (extract(epoch from date_trunc('hour', at)) * 1000)::float8 as start, count(*) as active,
       (extract(epoch from min(at)) * 1000)::float8 as first
     from webhook_counts where source_id = $1 and received > 0 and at > now() - $2 * interval '1 day' group by 1`,
    [sourceId, DAYS],
  );
  const silences = await tx.query<{ since: number; until: number }>(
    `select (extract(epoch from since) * 1000)::float8 as since, (extract(epoch from coalesce(until_at, now())) * 1000)::float8 as until
     from webhook_silences where source_id = $1 and coalesce(until_at, now()) > now() - $2 * interval '1 day'`,
    [sourceId, DAYS],
  );
  return {
    hours: hours.map(({ start, active }) => ({ startMs: start, active: Number(active) })),
    silences: silences.map(({ since, until }) => ({ sinceMs: since, untilMs: until })),
    fromMs: hours.reduce((least, { first }) => Math.min(least, first), untilMs),
    untilMs,
  };
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
