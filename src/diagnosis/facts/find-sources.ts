import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { literals } from "../../store/status-sql.ts";
import type { CountFact, OpenReadFact, SourceFact, StreamFact } from "./facts.ts";
import { msOf } from "./sql-times.ts";

/** Tables of the objects that arrive without another one; each has an index by source. */
const OBJECT_TABLES = Object.values(ENTITY_TABLES)
  .map(({ table }) => table)
  .filter((table) => table !== "balances" && table !== "payment_attempts");
/**
 * By the counts of its reads the source is empty, and an object is stored. Scalar subqueries, because the planner may
 * answer an `exists` by reading a whole table; ordered as the index by source is, which it would not choose otherwise
 * where a source has most rows of the table.
 */
const HAS_ARRIVED_OTHERWISE = `case when not exists (select from stream_record_counts as counted
    where counted.source_id = source.id and (last_count > 0 or 0 < any(counts)))
  then coalesce(${OBJECT_TABLES.map(
    (table) => `(select true from ${table} where source_id = source.id order by ordered_at desc, id desc limit 1)`,
  ).join(", ")}, false) else false end`;

type Rows<Fact> = Promise<(Fact & Record<string, unknown>)[]>;

/** Finds connected sources with the database's time, in no order. */
export function findSourceFacts(
  tx: Transaction,
  sourceIds: readonly string[],
): Rows<SourceFact & { readonly nowMs: number }> {
  return tx.query(
    `select source.id as "sourceId", status, status_code as "statusCode", status_reason as "statusReason",
       ${msOf("status_since")} as "statusSinceMs", schedule_seconds * 1000 as "scheduleMs",
       ${msOf("last_success_at")} as "lastSuccessMs", ${msOf("registered_at")} as "registeredMs",
       exists (select from files where source_id = source.id and status = ${literals(["STORED"])}) as "hasReadFile",
       ${HAS_ARRIVED_OTHERWISE} as "hasArrivedOtherwise", origin = 'CONNECTED' as "isConnected", ${msOf("unconfigured_since")} as "unconfiguredSinceMs",
       ${msOf("credentials_expire_at")} as "credentialsExpireMs", ${msOf("access_ends_at")} as "accessEndsMs",
       access_renewal as "accessRenewal", ${msOf("webhook_received_at")} as "webhookReceivedMs",
       ${msOf("webhook_silent_since")} as "webhookSilentSinceMs", health.state as "recordedState",
       ${msOf("health.since")} as "recordedSinceMs", ${msOf("now()")} as "nowMs"
     from sources as source left join source_health as health on health.source_id = source.id
     where source.id = any($1) and disconnected_at is null`,
    [sourceIds],
  );
}

/** Finds the streams of sources that were ever read, by name. */
export function findStreamFacts(tx: Transaction, sourceIds: readonly string[]): Rows<StreamFact> {
  return tx.query(
    `select source_id as "sourceId", stream, ${msOf("last_success_at")} as "lastSuccessMs", failed_runs as "failedRuns",
       ${msOf("failing_since")} as "failingSinceMs", failure_code as "failureCode", failure_reason as "failureReason"
     from stream_states where source_id = any($1) order by source_id, stream`,
    [sourceIds],
  );
}

/** Finds the streams that runs of sources have still to read, by stream. */
export function findOpenReads(tx: Transaction, sourceIds: readonly string[]): Rows<OpenReadFact> {
  return tx.query(
    `select run.source_id as "sourceId", stream.stream, run.id as "runId", run.mode, ${msOf("run.created_at")} as "createdMs",
       ${msOf("stream.started_at")} as "startedMs", stream.records::float8 as records, stream.progress, stream.attempts,
       ${msOf("stream.next_attempt_at")} as "nextAttemptMs", stream.error_code as "errorCode",
       stream.error_message as "errorMessage"
     from sync_runs as run join sync_run_streams as stream on stream.run_id = run.id
     where run.source_id = any($1) and run.finished_at is null and stream.finished_at is null
     order by run.source_id, stream.stream, run.created_at`,
    [sourceIds],
  );
}

/** Finds how many records the streams of sources usually have, by stream. */
export function findCounts(tx: Transaction, sourceIds: readonly string[]): Rows<CountFact> {
  return tx.query(
    `select source_id as "sourceId", stream, mode, counts::float8[] as counts, last_count::float8 as "lastCount",
       last_run_id as "lastRunId", ${msOf("last_at")} as "lastMs", ${msOf("low_since")} as "lowSinceMs"
     from stream_record_counts where source_id = any($1) order by source_id, stream, mode`,
    [sourceIds],
  );
}
