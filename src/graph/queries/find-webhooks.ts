import type { Transaction } from "../../store/database.ts";

/** Recent health and statistics of a source's webhooks. */
export interface WebhookStateRow {
  readonly sourceId: string;
  readonly lastReceivedAt: string | null;
  readonly lastRefusedAt: string | null;
  readonly silentSince: string | null;
  readonly receivedLastHour: number;
  /** 0 to 1; null if there were no calls. */
  readonly failureRate: number | null;
  readonly duplicatesLastDay: number;
  readonly missedLastDay: number;
}

/** Counts of a source's deliveries that are not done. */
export interface WaitingRow {
  readonly sourceId: string;
  readonly parked: number;
  readonly pending: number;
}

/** More than the graph's Int can represent never happens in a day; if it did, the largest Int would be sufficient. */
const int = (expression: string): string => `least(coalesce(${expression}, 0), 2147483647)::int`;

/**
 * Finds recent webhook statistics of sources, in no order. A rejected call does not count as received; a parked one
 * does, and counts as parked again each time that it is replayed and parked.
 */
export function findWebhookStates(tx: Transaction, sourceIds: readonly string[]): Promise<WebhookStateRow[]> {
  return tx.query(
    `select sources.id as "sourceId", webhook_received_at as "lastReceivedAt", webhook_refused_at as "lastRefusedAt",
       webhook_silent_since as "silentSince", ${int("hour")} as "receivedLastHour", ${int("duplicates")} as "duplicatesLastDay",
       ${int("missed")} as "missedLastDay",
       case when received + refused > 0 then least(1, (refused + parked)::float8 / (received + refused)::float8) end
         as "failureRate"
     from sources cross join lateral (
       select sum(received) as received, sum(refused) as refused, sum(parked) as parked, sum(duplicates) as duplicates,
         sum(missed) as missed, sum(received) filter (where at > now() - interval '1 hour') as hour
       from webhook_counts where source_id = sources.id and at > now() - interval '24 hours') as counted
     where sources.id = any($1)`,
    [sourceIds],
  );
}

/** Finds the calls per hour of sources over the last 14 days, in no order; sources without calls are left out. */
export function findExpectedRates(
  tx: Transaction,
  sourceIds: readonly string[],
): Promise<{ readonly sourceId: string; readonly perHour: number }[]> {
  return tx.query(
    `select source_id as "sourceId",
       sum(received)::float8 / greatest(1, extract(epoch from now() - min(at)) / 3600)::float8 as "perHour"
     from webhook_counts
     where source_id = any($1) and at > now() - interval '14 days' and received > 0 group by source_id`,
    [sourceIds],
  );
}

/** Counts the deliveries of sources that are not done, in no order. */
export function countWaiting(tx: Transaction, sourceIds: readonly string[]): Promise<WaitingRow[]> {
  return tx.query(
    `select requested.id as "sourceId", ${int("parked.count")} as parked, ${int("pending.count")} as pending
     from unnest($1::text[]) as requested (id)
     cross join lateral (select count(*) from deliveries
       where status = 'PARKED' and source_id = requested.id) as parked
     cross join lateral (select count(*) from deliveries where status = 'PENDING' and source_id = requested.id) as pending`,
    [sourceIds],
  );
}
