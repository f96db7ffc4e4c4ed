import { hash } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";
import { RUN, STREAM } from "../../domain/lifecycles.ts";
import { newOperationId } from "../../domain/operation-id.ts";
import type { Transaction } from "../../store/database.ts";
import { literals } from "../../store/status-sql.ts";
import type { Source } from "../../sources/source.ts";
import type { RunRange, RunTrigger, SyncMode } from "./run.ts";

export interface StartSyncInput {
  /** Undefined: all streams of the source. */
  readonly streams: readonly string[] | undefined;
  readonly mode: SyncMode;
  /** Required by RANGE and RECONCILE, rejected otherwise. */
  readonly range: RunRange | undefined;
  /** Idempotency key: the same key with the same request always returns the same run. */
  readonly idempotencyKey: string | undefined;
  readonly trigger: RunTrigger;
}

export interface StartedSync {
  readonly runId: string;
  /** Number of the last event before the run: a subscription after it receives every event of the run. */
  readonly eventSeq: bigint;
}

/** Maximum open runs of one source: they wait for each other's streams, so more would only wait longer. */
const MAX_OPEN_RUNS = 100;
const RETRY_AFTER_MS = 30_000;
/** Days that one run compares. */
const MAX_COMPARED_DAYS = 366;
const MAX_COMPARED_MS = MAX_COMPARED_DAYS * 86_400_000;

/**
 * Stores a new run; a worker of any process executes it.
 * @throws ServiceError INVALID_INPUT naming the field | CONFLICT when the key was used for another request, or
 * when the source was disconnected a moment ago | OVERLOADED when too many runs of the source wait already
 */
export async function startSync(
  tx: Transaction,
  source: Source,
  input: StartSyncInput,
  nowMs: number,
): Promise<StartedSync> {
  const streams = validStreams(source, input);
  const requestHash = hash(
    "sha256",
    JSON.stringify([source.id, input.mode, [...streams].sort(), input.range ?? null]),
    "hex",
  );
  const runId = newOperationId("SyncRun", nowMs);
  // In one round trip: a run of a source that was disconnected is not inserted.
  const [{ isDisconnected, openRuns, eventSeq }, created] = await Promise.all([
    findStartState(tx, source.id),
    tx.query(
      INSERT_RUN,
      [
        tx.tenantId,
        runId,
        source.id,
        input.mode,
        input.trigger,
        input.idempotencyKey ?? null,
        requestHash,
        input.range?.from ?? null,
        input.range?.to ?? null,
        streams,
      ],
      { prepared: true },
    ),
  ]);
  if (isDisconnected) throw new ServiceError("CONFLICT", "the source was disconnected", { sourceId: source.id });
  if (created.length === 0) return repeated(tx, input.idempotencyKey ?? "", requestHash);
  if (openRuns >= MAX_OPEN_RUNS) throw floodError(source.id);
  return { runId, eventSeq };
}

/** Number of the tenant's last event. */
const EVENT_SEQ = "coalesce((select head from event_heads), 0)::bigint";

/** A run with its streams. */
const INSERT_RUN = `
  with run as (
    insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, idempotency_key, request_hash, range_from,
      range_to, created_at, event_seq)
    select $1, $2, $3, $4, $5, ${literals(RUN.initial)}, $6, $7, $8, $9, now(), ${EVENT_SEQ}
    where not exists (select from sources where id = $3 and disconnected_at is not null)
    on conflict (tenant_id, idempotency_key) do nothing returning id
  )
  insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at)
  select $1, run.id, stream, $3, ${literals(STREAM.initial)}, now() from run, unnest($10::text[]) as stream
  returning 1 as created`;

/** What decides whether a run of a source may start, and what comes before it. */
interface StartState {
  readonly isDisconnected: boolean;
  /** Number of its runs that have not ended. */
  readonly openRuns: number;
  /** Number of the tenant's last event. */
  readonly eventSeq: bigint;
}

/**
 * A process may know a source for some seconds after another one has disconnected it, which ends the runs that it sees.
 * The lock makes the two wait for each other.
 */
async function findStartState(tx: Transaction, sourceId: string): Promise<StartState> {
  const [row] = await tx.query<StartState & Record<string, unknown>>(
    `select coalesce((select disconnected_at is not null from sources where id = $1 for share), false) as "isDisconnected",
       (select count(*) from sync_runs where source_id = $1 and finished_at is null)::integer as "openRuns",
       ${EVENT_SEQ} as "eventSeq"`,
    [sourceId],
    { prepared: true },
  );
  return row ?? { isDisconnected: false, openRuns: 0, eventSeq: 0n };
}

function floodError(sourceId: string): ServiceError {
  return new ServiceError("OVERLOADED", `${MAX_OPEN_RUNS} runs of this source are open already`, {
    sourceId,
    retryAfterMs: RETRY_AFTER_MS,
  });
}

async function repeated(tx: Transaction, key: string, requestHash: string): Promise<StartedSync> {
  const rows = await tx.query<{ id: string; request_hash: string; event_seq: bigint }>(
    "select id, request_hash, event_seq from sync_runs where idempotency_key = $1",
    [key],
  );
  const row = rows[0];
  if (row?.request_hash !== requestHash) {
    throw new ServiceError("CONFLICT", "idempotencyKey was already used for another request");
  }
  return { runId: row.id, eventSeq: row.event_seq };
}

function validStreams(source: Source, input: StartSyncInput): readonly string[] {
  const incoming = source.connector.streams;
  const names = input.streams ?? incoming.map((stream) => stream.name);
  if (names.length === 0) throw new ServiceError("INVALID_INPUT", "streams must name at least one stream");
  const distinct = [...new Set(names)];
  const unknown = distinct.find((name) => !incoming.some((stream) => stream.name === name));
  if (unknown !== undefined) {
    const known = incoming.map((stream) => stream.name).join(", ");
    throw new ServiceError("INVALID_INPUT", `streams: ${JSON.stringify(unknown)} is not one of ${known}`);
  }
  validRange(source, input, distinct);
  return distinct;
}

function validRange(source: Source, { mode, range }: StartSyncInput, streams: readonly string[]): void {
  if (mode !== "RANGE" && mode !== "RECONCILE") {
    if (range !== undefined) throw new ServiceError("INVALID_INPUT", "range must not be given unless mode is RANGE");
    return;
  }
  if (range === undefined) throw new ServiceError("INVALID_INPUT", `range is required by mode ${mode}`);
  if (!(Date.parse(range.from) < Date.parse(range.to))) {
    throw new ServiceError("INVALID_INPUT", "range.from must be before range.to");
  }
  if (mode === "RECONCILE" && Date.parse(range.to) - Date.parse(range.from) > MAX_COMPARED_MS)
    throw new ServiceError("INVALID_INPUT", `range must be at most ${MAX_COMPARED_DAYS} days with the mode RECONCILE`);
  if (mode === "RECONCILE") return; // a stream that cannot be read by range is read as a whole
  const whole = source.connector.streams.find((stream) => streams.includes(stream.name) && !stream.ranged);
  if (whole !== undefined) {
    throw new ServiceError("INVALID_INPUT", `streams: ${whole.name} can't be read by range`);
  }
}
