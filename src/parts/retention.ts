import type { Logger } from "pino";
import type { RetentionDays } from "../config.ts";
import { alertRetention, muteRetention } from "../alerts/retention.ts";
import { packRetention } from "../evidence/pack-store.ts";
import { eventRetention } from "../events/retention.ts";
import { closeUnseenDrift } from "../ingest/apply/close-unseen-drift.ts";
import { findingRetention, payloadRetention, quarantineRetention } from "../ingest/apply/retention.ts";
import { fileRetention } from "../ingest/files/retention.ts";
import { runRetention } from "../ingest/runs/retention.ts";
import {
  attemptRetention,
  countRetention,
  silenceRetention,
  WEBHOOK_STATISTICS_DAYS,
} from "../ingest/webhooks/retention.ts";
import { METRIC_DAYS, metricRetention } from "../statistics/retention.ts";
import { pauseUnlessAborted } from "../runtime/abort.ts";
import { differenceRetention } from "../reconcile/completeness/differences.ts";
import type { Database } from "../store/database.ts";
import { deleteOldRows, type Retention } from "../store/delete-old-rows.ts";
import { changeRetention } from "../store/entities/change-retention.ts";

/** Every table whose rows are deleted by their age, except the bodies of deliveries, which are deleted by the week. */
export function retentionsOf(days: RetentionDays): readonly Retention[] {
  return [
    { rule: eventRetention, days: days.events },
    { rule: changeRetention, days: days.history },
    { rule: packRetention, days: days.evidence },
    { rule: findingRetention, days: days.findings },
    { rule: differenceRetention, days: days.findings },
    { rule: alertRetention, days: days.alerts },
    { rule: muteRetention, days: days.alerts },
    { rule: attemptRetention, days: days.deliveries },
    { rule: countRetention, days: WEBHOOK_STATISTICS_DAYS },
    { rule: silenceRetention, days: WEBHOOK_STATISTICS_DAYS },
    { rule: metricRetention, days: METRIC_DAYS.hours },
    // A quarantined record refers to a run and to the bytes that it was read from.
    { rule: quarantineRetention, days: days.quarantine },
    { rule: runRetention, days: days.runs },
    { rule: payloadRetention, days: days.payloads },
    { rule: fileRetention, days: days.files },
  ];
}

export interface ApplyRetentionOptions {
  readonly db: Database;
  readonly tenants: readonly string[];
  readonly days: RetentionDays;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Pause after a tenant: a thousand idle tenants take four transactions a second for some minutes, and no burst. */
const PAUSE_MS = 500;
/** Longest time of all pauses together, so that a run ends before the next one is due. */
const MAX_PAUSES_MS = 30 * 60_000;

/**
 * Deletes the old rows of all tenants, and closes the findings about differences that are no longer seen.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function applyRetention({ db, tenants, days, log, signal }: ApplyRetentionOptions): Promise<void> {
  const pauseMs = Math.min(PAUSE_MS, MAX_PAUSES_MS / tenants.length);
  for (const tenantId of tenants) {
    signal.throwIfAborted();
    await db.transaction(tenantId, closeUnseenDrift);
    const deleted = await deleteOldRows({ db, tenantId, retentions: retentionsOf(days), signal });
    if (Object.keys(deleted).length > 0) log.info({ tenantId, deleted }, "old rows deleted");
    await pauseUnlessAborted(pauseMs, signal);
  }
}
