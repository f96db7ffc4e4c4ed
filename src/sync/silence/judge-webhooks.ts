import { judge } from "../../apply/judge.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent, SourceStatus } from "../../events/event.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";
import { judgeMissed } from "../missed/judge-missed.ts";
import { startIncremental } from "../start-incremental.ts";
import { judgeSilence } from "./judge-silence.ts";
import { silenceFinding } from "./silence-finding.ts";
import { countRefused, findPast } from "./webhook-past.ts";

/**
 * Judges what has come by webhook of a source: whether deliveries have stopped coming, and whether some were missed. Of several
 * processes one does it at a time. When deliveries have stopped, what they would have told is read at once.
 * @returns whether they have stopped coming just now: a run is to be done, and polls are to come sooner
 */
export function judgeWebhooks(db: Database, source: Source, nowMs: number): Promise<boolean> {
  return db.transaction(source.tenantId, async (tx) => {
    const held = await lock(tx, source.id);
    if (held === undefined || held.paused || held.received === null) return false;
    const missed = await judgeMissed(tx, source.id);
    const silence = await judgeOne(tx, source, { ...held, received: held.received });
    if (silence.opened && held.status !== "NEEDS_CREDENTIALS") {
      await startIncremental(tx, source, { streams: undefined, trigger: "CATCH_UP" }, nowMs);
    }
    const events = [...missed, ...silence.events];
    if (events.length > 0) await appendEvents(tx, events);
    return silence.opened;
  });
}

interface Held {
  readonly paused: boolean;
  readonly status: SourceStatus;
  /** When the last delivery came: for whoever reads, and epoch milliseconds. */
  readonly receivedAt: string;
  readonly received: number | null;
  readonly silent: boolean;
  /** Since it became silent. */
  readonly came: boolean;
  /** Epoch milliseconds of the clock that deliveries are dated by. */
  readonly now: number;
}

/**
 * When the last delivery came: the source's own note of it is as old as the inbox's counts are, and knows of repeats; the deliveries
 * themselves are never behind.
 */
const RECEIVED = `greatest(sources.webhook_received_at,
  (select received_at from deliveries where source_id = $1 order by received_at desc, id desc limit 1))`;

async function lock(tx: Transaction, sourceId: string): Promise<Held | undefined> {
  const [row] = await tx.query<Held & Record<string, unknown>>(
    `select paused, status, ${RECEIVED} as "receivedAt",
       (extract(epoch from ${RECEIVED}) * 1000)::float8 as received, webhook_silent_since is not null as silent,
       coalesce(${RECEIVED} > webhook_silent_since, false) as came, (extract(epoch from now()) * 1000)::float8 as now
     from sources where id = $1 for update`,
    [sourceId],
  );
  return row;
}

interface JudgedSilence {
  readonly opened: boolean;
  readonly events: readonly NewEvent[];
}

async function judgeOne(
  tx: Transaction,
  { id }: Source,
  held: Held & { readonly received: number },
): Promise<JudgedSilence> {
  if (held.came) {
    await setSilent(tx, id, false);
    return { opened: false, events: await judge(tx, id, [silenceFinding(id, undefined)]) };
  }
  const silent = judgeSilence(await findPast(tx, id, held.received), held.now);
  if (silent === undefined) return { opened: false, events: [] };
  if (!held.silent) await setSilent(tx, id, true);
  const refused = await countRefused(tx, id, held.received);
  const finding = silenceFinding(id, { ...silent, lastReceivedAt: held.receivedAt, refused });
  return { opened: !held.silent, events: await judge(tx, id, [finding]) };
}

/** Beside what is so now, since when it was: what is usual is not learned from silence. */
async function setSilent(tx: Transaction, sourceId: string, silent: boolean): Promise<void> {
  await tx.query(
    silent
      ? `insert into webhook_silences (tenant_id, source_id, since)
         select tenant_id, id, ${RECEIVED} from sources where id = $1 on conflict do nothing`
      : `update webhook_silences as past set until_at = ${RECEIVED}
         from sources where sources.id = $1 and past.source_id = sources.id and past.until_at is null`,
    [sourceId],
  );
  await tx.query(`update sources set webhook_silent_since = case when $2 then ${RECEIVED} end where id = $1`, [
    sourceId,
    silent,
  ]);
}
