import type { Logger } from "pino";
import { NEWS_PAUSE_SECONDS } from "../apply/request-reads.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type CheckPace, mayBeRead } from "./may-be-read.ts";
import { startIncremental } from "./start-incremental.ts";

export interface FollowHintsInput {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Bounds how often refused credentials are tried. */
  readonly pace: CheckPace;
}

/**
 * Starts one run of the streams that were asked to be read on, unless an incremental run has them open: what was asked for while a
 * stream is read may have come too late for that, so it is read again afterwards. A paused source keeps what was asked for.
 * @returns whether there is a run to do
 * @throws ServiceError STORE_UNAVAILABLE | OVERLOADED: what was asked for stays asked for
 */
export async function followHints(input: FollowHintsInput): Promise<boolean> {
  const { db, source, log } = input;
  const due = await db.read(source.tenantId, (tx) => tx.query(`select 1 as due ${DUE} limit 1`, [source.id]));
  if (due.length === 0 || !(await mayBeRead(input))) return false;
  return db.transaction(source.tenantId, async (tx) => {
    const streams = await takeHints(tx, source, log);
    if (streams.length === 0) return false;
    await startIncremental(tx, source, { streams, trigger: "WEBHOOK" }, input.nowMs());
    return true;
  });
}

const DUE = `
  from read_hints as asked where source_id = $1 and asked_at <= now() and not exists (
    select 1 from sync_runs as run join sync_run_streams as open on open.run_id = run.id
    where run.source_id = $1 and run.finished_at is null and run.mode = 'INCREMENTAL'
      and open.stream = asked.stream and open.status in ('QUEUED', 'RUNNING'))`;

/** Deleted in the transaction that starts their run: a crash leaves both or neither, and of two processes one gets them. */
async function takeHints(tx: Transaction, { id, connector }: Source, log: Logger): Promise<readonly string[]> {
  const rows = await tx.query<{ stream: string }>(`delete ${DUE} returning stream`, [id]);
  const [known, unknown] = [rows.filter(isKnown), rows.filter((row) => !isKnown(row))];
  if (unknown.length > 0) log.warn({ sourceId: id, streams: unknown.map(({ stream }) => stream) }, "no such streams");
  return known.map(({ stream }) => stream);

  function isKnown({ stream }: { readonly stream: string }): boolean {
    return connector.streams.some(({ name }) => name === stream);
  }
}

/** A stream that a webhook asked for could not be read: it is still asked for, after a pause; a short one where there was news meanwhile. */
export async function askAgain(tx: Transaction, runId: string, stream: string): Promise<void> {
  await tx.query(
    `insert into read_hints (tenant_id, source_id, stream, asked_at)
     select tenant_id, source_id, $2, now() + $3 * interval '1 second' from sync_runs
     where id = $1 and trigger = 'WEBHOOK'
     on conflict (tenant_id, source_id, stream) do update set asked_at = now() + $4 * interval '1 second'`,
    [runId, stream, ASK_AGAIN_SECONDS, NEWS_PAUSE_SECONDS],
  );
}

/** A source that is polled has caught up by then; one that is not would otherwise wait for the next webhook. */
const ASK_AGAIN_SECONDS = 300;

/** As an error of the loop that calls `followHints`: a pile of runs is no fault, it only has to be waited for. */
export function isWorthLogging(reason: unknown): boolean {
  return ServiceError.from(reason).code !== "OVERLOADED";
}
