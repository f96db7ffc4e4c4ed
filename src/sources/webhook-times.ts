import type { Transaction } from "../store/database.ts";

/**
 * SQL of the time of a source's last delivery ($1: source id). The time recorded on the source is as old as the inbox's
 * counts and includes repeats; the deliveries themselves are always current.
 */
export const LAST_RECEIVED = `greatest(sources.webhook_received_at,
  (select received_at from deliveries where source_id = $1 order by received_at desc, id desc limit 1))`;

/**
 * SQL that records on sources that webhook calls have arrived: the part of a statement whose `incoming` has the columns
 * `source_id`, `received` and `refused`, so that it needs no round trip of its own.
 */
export const RECORD_WEBHOOK_TIMES = `
  update sources set
    webhook_received_at = case when incoming.received > 0 then now() else sources.webhook_received_at end,
    webhook_refused_at = case when incoming.refused > 0 then now() else sources.webhook_refused_at end
  from incoming where sources.id = incoming.source_id and incoming.received + incoming.refused > 0`;

/** Records whether the webhooks of a source have stopped, and since when. */
export async function setWebhookSilence(tx: Transaction, sourceId: string, silent: boolean): Promise<void> {
  await tx.query(`update sources set webhook_silent_since = case when $2 then ${LAST_RECEIVED} end where id = $1`, [
    sourceId,
    silent,
  ]);
}
