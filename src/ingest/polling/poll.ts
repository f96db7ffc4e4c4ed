import type { Logger } from "pino";
import type { SourceStatus } from "../../domain/lifecycles.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { credentialsWork } from "../../sources/may-be-read.ts";
import type { StartedSync } from "../runs/start-sync.ts";
import { startIncremental } from "../runs/start-incremental.ts";

/** Starts a run in the transaction, by `start`, and claims its streams. Repeated when the transaction is. */
export type ClaimRun = (tx: Transaction, start: () => Promise<StartedSync>) => Promise<unknown>;

const LEAVE_TO_SEARCH: ClaimRun = (_tx, start) => start();

/**
 * Starts the scheduled incremental run of a source, unless another scheduled run is still open or the source may not be
 * read. Runs requested by webhooks are not a reason to wait: they read some streams only, and may follow each other
 * indefinitely.
 * @param claimRun claims the streams of the run in the same transaction. Default: a search finds them
 * @returns true if there is a run to execute
 */
export async function pollSource(
  db: Database,
  source: Source,
  log: Logger,
  nowMs: () => number,
  claimRun = LEAVE_TO_SEARCH,
): Promise<boolean> {
  const start = (areAccepted: boolean): Promise<PollResult> =>
    db.transaction(source.tenantId, (tx) => startPoll(tx, source, { nowMs, areAccepted, claimRun }));
  const result = await start(false);
  if (result !== "credentials refused") return result === "started";
  if (!(await credentialsWork(db, source, log))) return false;
  return (await start(true)) === "started";
}

type PollResult = "started" | "nothing to do" | "credentials refused";

interface PollOptions {
  readonly nowMs: () => number;
  /** True: the credentials have just been tried. */
  readonly areAccepted: boolean;
  readonly claimRun: ClaimRun;
}

async function startPoll(
  tx: Transaction,
  source: Source,
  { nowMs, areAccepted, claimRun }: PollOptions,
): Promise<PollResult> {
  const [state] = await tx.query<{ status: SourceStatus; rests: boolean; open: boolean }>(
    `select status, paused or disconnected_at is not null as rests, exists (select from sync_runs where source_id = $1 and finished_at is null
       and mode = 'INCREMENTAL' and trigger <> 'WEBHOOK') as open
     from sources where id = $1`,
    [source.id],
    { prepared: true },
  );
  if (state === undefined || state.rests || state.open) return "nothing to do";
  if (state.status === "NEEDS_CREDENTIALS" && !areAccepted) return "credentials refused";
  await claimRun(tx, () => startIncremental(tx, source, { streams: undefined, trigger: "SCHEDULE" }, nowMs()));
  return "started";
}
