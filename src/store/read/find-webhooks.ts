import type { Transaction } from "../database.ts";

/** How the webhooks of a source do, of late. */
export interface WebhookStateRow {
  readonly sourceId: string;
  readonly lastReceivedAt: string | null;
  readonly lastRefusedAt: string | null;
  readonly silentSince: string | null;
  readonly receivedLastHour: number;
  /** 0 to 1; null without any call. */
  readonly failingShare: number | null;
  readonly duplicatesLastDay: number;
  readonly missedLastDay: number;
}

/** Deliveries of a source that are not done. */
export interface WaitingRow {
  readonly sourceId: string;
  readonly parked: number;
  readonly pending: number;
}

/** More than the graph's Int holds never happens in a day; if it did, the largest Int would tell as much. */
const int = (expression: string): string => `least(coalesce(${expression}, 0), 2147483647)::int`;

/**
 * What came of late at sources, in no order. A call that was refused is none of the received ones; one that was parked is, and
 * again each time that it is replayed and parked.
 */
export function findWebhookStates(tx: Transaction, sourceIds: readonly string[]): Promise<WebhookStateRow[]> {
  return tx.query(
    `select sources.id as "sourceId", webhook_received_at as "lastReceivedAt", webhook_refused_at as "lastRefusedAt",
       webhook_silent_since as "silentSince", ${int("hour")} as "receivedLastHour", ${int("duplicates")} as "duplicatesLastDay",
       ${int("missed")} as "missedLastDay",
       case when received + refused > 0 then least(1, (refused + parked)::float8 / (received + refused)::float8) end
         as "failingShare"
     from sources cross join lateral (
       select sum(received) as received, sum(refused) as refused, sum(parked) as parked, sum(duplicates) as duplicates,
         sum(missed) as missed, sum(received) filter (where at > now() - interval '1 hour') as hour
       from webhook_counts where source_id = sources.id and at > now() - interval '24 hours') as counted
     where sources.id = any($1)`,
    [sourceIds],
  );
}

/** Calls an hour of sources over the last 14 days, in no order; sources where none came are left out. */
export function findUsualRates(
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

/** How many deliveries of sources are not done, in no order. */
export function countWaiting(tx: Transaction, sourceIds: readonly string[]): Promise<WaitingRow[]> {
  return tx.query(
    `select wanted.id as "sourceId", ${int("parked.count")} as parked, ${int("pending.count")} as pending
     from unnest($1::text[]) as wanted (id)
     cross join lateral (select count(*) from deliveries
       where status in ('PARKED', 'DISCARDED') and status = 'PARKED' and source_id = wanted.id) as parked
     cross join lateral (select count(*) from deliveries where status = 'PENDING' and source_id = wanted.id) as pending`,
    [sourceIds],
  );
}
