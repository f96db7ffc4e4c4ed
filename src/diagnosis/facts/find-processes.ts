import type { Transaction } from "../../store/database.ts";
import type { ProcessFact } from "./facts.ts";
import { msOf } from "./sql-times.ts";

/** Time for which a delay of a process is a fact. */
const RECENT = "interval '2 minutes'";
/** A database that takes longer to answer a short statement is slow, in milliseconds. */
const SLOW_MS = 1_000;
/** Processes that are named. */
const NAMED = 10;

/** Finds the processes of the service that were delayed within the last two minutes, the longest delays first. */
export function findProcessFacts(tx: Transaction): Promise<(ProcessFact & Record<string, unknown>)[]> {
  return tx.query(
    `select process_id as "processId", ${msOf("seen_at")} as "seenMs",
       case when stalled_at > now() - ${RECENT} then stalled_ms else 0 end as "stalledMs", ${msOf("stalled_at")} as "stalledAtMs",
       case when seen_at > now() - ${RECENT} and store_ms > ${SLOW_MS} then store_ms else 0 end as "storeMs",
       case when store_lost_at > now() - ${RECENT} then store_lost_ms else 0 end as "storeLostMs",
       ${msOf("store_lost_at")} as "storeLostAtMs"
     from process_states
     where stalled_at > now() - ${RECENT} or store_lost_at > now() - ${RECENT}
       or (seen_at > now() - ${RECENT} and store_ms > ${SLOW_MS})
     order by greatest(stalled_ms, store_ms, store_lost_ms) desc limit ${NAMED}`,
  );
}
