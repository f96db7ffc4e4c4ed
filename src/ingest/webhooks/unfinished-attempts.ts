import { ServiceError } from "../../domain/error.ts";
import type { Transaction } from "../../store/database.ts";
import type { DueDelivery } from "./due-deliveries.ts";

/** What may be done with a set of due deliveries. */
export type NextStep =
  /** Apply these, which may be a part of the set. */
  | { readonly do: "apply"; readonly deliveries: readonly DueDelivery[] }
  /** Commit: the attempts at these were counted before they begin. */
  | { readonly do: "commit"; readonly counted: readonly string[] }
  /** Park this one: each process that began to apply it ended before it could record the outcome. */
  | { readonly do: "park"; readonly delivery: DueDelivery; readonly reason: ServiceError };

/**
 * Finds deliveries that end the process, such as one that takes all of its memory: their transaction is rolled back, so
 * they leave no trace. Only a delivery that is older than this process can have ended an earlier one. So attempts at
 * older ones are counted and committed before they begin, which costs nothing while no process has ended; those that
 * were begun twice are applied alone, and parked in the end.
 */
export interface UnfinishedAttempts {
  /** Decides about deliveries that the transaction has locked. */
  next(tx: Transaction, due: readonly DueDelivery[]): Promise<NextStep>;
  /** To be called when the transaction that counted attempts is committed. */
  counted(ids: readonly string[]): void;
  /** To be called when the outcome of an attempt is committed. */
  finished(ids: readonly string[]): void;
}

/** Unfinished attempts after which a delivery is applied alone: the first one was in a set with others. */
const ALONE_FROM = 2;
/** A process may end for other reasons, but hardly three times in a row during the same delivery. */
const MAX_UNFINISHED = 3;

export function createUnfinishedAttempts(): UnfinishedAttempts {
  let startedAt: string | undefined;
  /** Counted by this process, which still lives. */
  const begun = new Set<string>();

  return {
    async next(tx, due) {
      startedAt ??= await timeOf(tx);
      const since = startedAt;
      const alone = due.find(({ id, unfinishedAttempts }) => unfinishedAttempts >= ALONE_FROM && begun.has(id));
      if (alone !== undefined) return { do: "apply", deliveries: [alone] };
      const uncounted = due.filter(({ id, receivedAt }) => receivedAt < since && !begun.has(id));
      const [first] = uncounted;
      if (first === undefined) return { do: "apply", deliveries: due };
      const neverBegun = uncounted.filter(({ unfinishedAttempts }) => unfinishedAttempts === 0).map(({ id }) => id);
      if (neverBegun.length === 0 && first.unfinishedAttempts >= MAX_UNFINISHED)
        return { do: "park", delivery: first, reason: processEnded(first.unfinishedAttempts) };
      const counted = neverBegun.length > 0 ? neverBegun : [first.id];
      await tx.query("update deliveries set unfinished_attempts = unfinished_attempts + 1 where id = any($1)", [
        counted,
      ]);
      return { do: "commit", counted };
    },
    counted: (ids) => ids.forEach((id) => begun.add(id)),
    finished: (ids) => ids.forEach((id) => begun.delete(id)),
  };
}

/** Returns the time of the transaction, RFC 3339: texts of one length are ordered as the times are. */
async function timeOf(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ now: string }>("select now()");
  if (row === undefined) throw new Error("a select without a table has one row");
  return row.now;
}

function processEnded(times: number): ServiceError {
  return new ServiceError("INTERNAL", `the process ended ${times} times while it applied the delivery`);
}
