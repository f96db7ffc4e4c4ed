import { updateFindings } from "../../apply/update-findings.ts";
import { appendEvents } from "../../../events/append.ts";
import type { SourceStatus } from "../../../domain/lifecycles.ts";
import type { NewEvent } from "../../../events/event.ts";
import type { Database, Transaction } from "../../../store/database.ts";
import type { Source } from "../../../sources/source.ts";
import { LAST_RECEIVED, setWebhookSilence } from "../../../sources/webhook-times.ts";
import { detectMissed } from "./detect-missed.ts";
import { startIncremental } from "../../runs/start-incremental.ts";
import { detectSilence } from "./detect-silence.ts";
import { silenceFinding } from "./silence-finding.ts";
import { countRefused, findPast } from "./delivery-history.ts";

/**
 * Evaluates the webhook deliveries of a source: whether they have stopped arriving, and whether some were missed. Only
 * one of several processes does it at a time. When deliveries have stopped, the changes that they would have reported
 * are read immediately.
 * @returns whether they have just stopped arriving: a run must be started, and polls must become more frequent
 */
export function checkWebhookHealth(db: Database, source: Source, nowMs: number): Promise<boolean> {
  return db.transaction(source.tenantId, async (tx) => {
    const health = await lock(tx, source.id);
    if (health === undefined || health.paused || health.received === null) return false;
    const missed = await detectMissed(tx, source.id);
    const silence = await checkSilence(tx, source, { ...health, received: health.received });
    if (silence.opened && health.status !== "NEEDS_CREDENTIALS") {
      await startIncremental(tx, source, { streams: undefined, trigger: "CATCH_UP" }, nowMs);
    }
    const events = [...missed, ...silence.events];
    if (events.length > 0) await appendEvents(tx, events);
    return silence.opened;
  });
}

interface SourceHealth {
  readonly paused: boolean;
  readonly status: SourceStatus;
  /** Time of the last delivery: as text for readers, and in epoch milliseconds. */
  readonly receivedAt: string;
  readonly received: number | null;
  readonly silent: boolean;
  /** True if a delivery arrived since the source became silent. */
  readonly came: boolean;
  /** Epoch milliseconds of the clock that dates deliveries. */
  readonly now: number;
}

async function lock(tx: Transaction, sourceId: string): Promise<SourceHealth | undefined> {
  const [row] = await tx.query<SourceHealth & Record<string, unknown>>(
    `select paused, status, ${LAST_RECEIVED} as "receivedAt",
       (extract(epoch from ${LAST_RECEIVED}) * 1000)::float8 as received, webhook_silent_since is not null as silent,
       coalesce(${LAST_RECEIVED} > webhook_silent_since, false) as came, (extract(epoch from now()) * 1000)::float8 as now
     from sources where id = $1 for update`,
    [sourceId],
  );
  return row;
}

interface SilenceResult {
  readonly opened: boolean;
  readonly events: readonly NewEvent[];
}

async function checkSilence(
  tx: Transaction,
  { id }: Source,
  health: SourceHealth & { readonly received: number },
): Promise<SilenceResult> {
  if (health.came) {
    await setSilent(tx, id, false);
    return { opened: false, events: await updateFindings(tx, id, [silenceFinding(id, undefined)]) };
  }
  const silent = detectSilence(await findPast(tx, id, health.received), health.now);
  if (silent === undefined) return { opened: false, events: [] };
  if (!health.silent) await setSilent(tx, id, true);
  const refused = await countRefused(tx, id, health.received);
  const finding = silenceFinding(id, { ...silent, lastReceivedAt: health.receivedAt, refused });
  return { opened: !health.silent, events: await updateFindings(tx, id, [finding]) };
}

/** Records the current state and since when it has applied: the usual rate is not learned from silence. */
async function setSilent(tx: Transaction, sourceId: string, silent: boolean): Promise<void> {
  await tx.query(
    silent
      ? `insert into webhook_silences (tenant_id, source_id, since)
         select tenant_id, id, ${LAST_RECEIVED} from sources where id = $1 on conflict do nothing`
      : `update webhook_silences as past set until_at = ${LAST_RECEIVED}
         from sources where sources.id = $1 and past.source_id = sources.id and past.until_at is null`,
    [sourceId],
  );
  await setWebhookSilence(tx, sourceId, silent);
}
