import type { Logger } from "pino";
import type { RetentionDays } from "../config.ts";
import { eventRetention } from "../events/retention.ts";
import { findingRetention, payloadRetention, quarantineRetention } from "../ingest/apply/retention.ts";
import { fileRetention } from "../ingest/files/retention.ts";
import { runRetention } from "../ingest/runs/retention.ts";
import {
  attemptRetention,
  countRetention,
  silenceRetention,
  WEBHOOK_STATISTICS_DAYS,
} from "../ingest/webhooks/retention.ts";
import type { Database } from "../store/database.ts";
import { deleteOldRows, type Retention } from "../store/delete-old-rows.ts";

/** Every table whose rows are deleted by their age, except the bodies of deliveries, which are deleted by the week. */
export function retentionsOf(days: RetentionDays): readonly Retention[] {
  return [
    { rule: eventRetention, days: days.events },
    { rule: findingRetention, days: days.findings },
    { rule: attemptRetention, days: days.deliveries },
    { rule: countRetention, days: WEBHOOK_STATISTICS_DAYS },
    { rule: silenceRetention, days: WEBHOOK_STATISTICS_DAYS },
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

/**
 * Deletes the old rows of all tenants.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function applyRetention({ db, tenants, days, log, signal }: ApplyRetentionOptions): Promise<void> {
  for (const tenantId of tenants) {
    const deleted = await deleteOldRows({ db, tenantId, retentions: retentionsOf(days), signal });
    if (Object.keys(deleted).length > 0) log.info({ tenantId, deleted }, "old rows deleted");
  }
}
