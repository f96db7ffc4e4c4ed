import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { SourceStatus } from "../events/event.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { setSourceStatus } from "./source-status.ts";

const CHECK_TIMEOUT_MS = 20_000;
/** Between two tries of refused credentials that nobody's schedule asks for: asking more often may get the key locked. */
const CHECK_PAUSE_MS = 60_000;

/** When the refused credentials of each source were last tried, by id. Of one process. */
export type CheckPace = Map<string, number>;

export interface MayBeReadInput {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Undefined: the caller's own schedule bounds how often credentials are tried. */
  readonly pace: CheckPace | undefined;
}

/**
 * Whether a source may be read unasked: not while it is paused. One whose credentials were refused is asked whether they work
 * again, and nothing more.
 */
export async function mayBeRead({ db, source, log, nowMs, pace }: MayBeReadInput): Promise<boolean> {
  const [held] = await db.read(source.tenantId, (tx) =>
    tx.query<{ status: SourceStatus; paused: boolean }>("select status, paused from sources where id = $1", [
      source.id,
    ]),
  );
  if (held === undefined || held.paused) return false;
  if (held.status !== "NEEDS_CREDENTIALS") return true;
  if (nowMs() - (pace?.get(source.id) ?? -Infinity) < CHECK_PAUSE_MS) return false;
  pace?.set(source.id, nowMs());
  return credentialsWork(db, source, log);
}

async function credentialsWork(db: Database, source: Source, log: Logger): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    await source.connector.check({ config: source.config, client: source.client("incremental"), signal });
  } catch (reason) {
    log.warn({ sourceId: source.id, code: ServiceError.from(reason).code }, "credentials still refused");
    return false;
  }
  await db.transaction(source.tenantId, async (tx) =>
    appendEvents(tx, await setSourceStatus(tx, source.id, "ACTIVE", undefined)),
  );
  return true;
}
