import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import type { SourceStatus } from "../domain/lifecycles.ts";
import { appendEvents } from "../events/append.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "./source.ts";
import { recordCall } from "./source-status.ts";

const CHECK_TIMEOUT_MS = 20_000;
/** Interval between two unscheduled tries of refused credentials: trying more often may get the key locked. */
const CHECK_PAUSE_MS = 60_000;

/** Last time at which the refused credentials of each source were tried, by source id. Per process. */
export interface CheckPace {
  get(sourceId: string): number | undefined;
  set(sourceId: string, nowMs: number): unknown;
}

export interface MayBeReadInput {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Limits how often refused credentials are tried. */
  readonly pace: CheckPace;
}

/**
 * Returns true if a source may be read automatically: not while it is paused. For a source whose credentials were
 * refused, it only tests if they work again.
 */
export async function mayBeRead({ db, source, log, nowMs, pace }: MayBeReadInput): Promise<boolean> {
  const [state] = await db.read(source.tenantId, (tx) =>
    tx.query<{ status: SourceStatus; paused: boolean }>("select status, paused from sources where id = $1", [
      source.id,
    ]),
  );
  if (state === undefined || state.paused) return false;
  if (state.status !== "NEEDS_CREDENTIALS") return true;
  if (nowMs() - (pace.get(source.id) ?? -Infinity) < CHECK_PAUSE_MS) return false;
  pace.set(source.id, nowMs());
  return credentialsWork(db, source, log);
}

/** Tests if the credentials of a source are accepted again, and records it. */
export async function credentialsWork(db: Database, source: Source, log: Logger): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    await source.connector.check({ config: source.config, client: source.client("incremental"), signal });
  } catch (reason) {
    log.warn({ sourceId: source.id, code: ServiceError.from(reason).code }, "the credentials are still refused");
    return false;
  }
  await db.transaction(source.tenantId, async (tx) =>
    appendEvents(tx, await recordCall(tx, source.id, "succeed", undefined)),
  );
  return true;
}
