import type { Transaction } from "../../store/database.ts";
import { fullJitterMs } from "../../runtime/backoff.ts";
import type { ClaimedRefetch } from "./claim-refetches.ts";

/** Pause after a failure of the upstream. */
const RETRY_PAUSE = { baseMs: 500, capMs: 60_000 };
/**
 * Pause while an object changes faster than it is fetched: the first rounds are almost immediate, then the pause
 * prevents a hot loop.
 */
const REPEAT_PAUSE = { baseMs: 50, capMs: 5_000 };

/** Ends answered requests. One that was requested again since it was claimed stays, and is due after a short pause. */
export async function completeRefetches(
  tx: Transaction,
  owner: string,
  refetches: readonly ClaimedRefetch[],
  random: () => number,
): Promise<void> {
  const ordered = inOrder(refetches);
  const ended = await tx.query<{ id: string }>(
    `delete from refetches as existing using unnest($1::text[], $2::bigint[]) as completed (id, generation)
     where existing.id = completed.id and existing.generation = completed.generation and existing.lease_owner = $3
     returning existing.id`,
    [ordered.map(({ id }) => id), ordered.map(({ generation }) => generation), owner],
    { prepared: true },
  );
  if (ended.length === ordered.length) return;
  const deleted = new Set(ended.map(({ id }) => id));
  await release(
    tx,
    owner,
    ordered
      .filter(({ id }) => !deleted.has(id))
      .map(({ id, attempts }) => ({
        id,
        attempts: attempts + 1,
        pauseMs: fullJitterMs(REPEAT_PAUSE, attempts + 1, random),
        code: null,
      })),
  );
}

/**
 * Ends requests that no further attempt can answer, unless they were made again since they were claimed.
 * @returns the given requests in the order of their ids
 */
export async function dropRefetches(
  tx: Transaction,
  refetches: readonly ClaimedRefetch[],
): Promise<readonly ClaimedRefetch[]> {
  const ordered = inOrder(refetches);
  await tx.query(
    `delete from refetches as existing using unnest($1::text[], $2::bigint[]) as ended (id, generation)
     where existing.id = ended.id and existing.generation = ended.generation`,
    [ordered.map(({ id }) => id), ordered.map(({ generation }) => generation)],
  );
  return ordered;
}

/** Releases requests after the upstream failed. */
export function postponeRefetches(
  tx: Transaction,
  owner: string,
  refetches: readonly ClaimedRefetch[],
  failure: { readonly code: string; readonly retryAfterMs: number; readonly random: () => number },
): Promise<void> {
  const { code, retryAfterMs, random } = failure;
  return release(
    tx,
    owner,
    inOrder(refetches).map(({ id, attempts }) => ({
      id,
      attempts: attempts + 1,
      pauseMs: Math.max(retryAfterMs, fullJitterMs(RETRY_PAUSE, attempts + 1, random)),
      code,
    })),
  );
}

/** Releases requests that were not tried. */
export function returnRefetches(tx: Transaction, owner: string, refetches: readonly ClaimedRefetch[]): Promise<void> {
  return release(
    tx,
    owner,
    inOrder(refetches).map(({ id, attempts }) => ({ id, attempts, pauseMs: 0, code: null })),
  );
}

interface Released {
  readonly id: string;
  readonly attempts: number;
  readonly pauseMs: number;
  readonly code: string | null;
}

async function release(tx: Transaction, owner: string, rows: readonly Released[]): Promise<void> {
  await tx.query(
    `update refetches as existing set lease_until = null, lease_owner = null, attempts = released.attempts,
       error_code = released.code, next_attempt_at = now() + released.pause_ms * interval '1 millisecond'
     from unnest($1::text[], $2::int[], $3::float8[], $4::text[]) as released (id, attempts, pause_ms, code)
     where existing.id = released.id and existing.lease_owner = $5`,
    [
      rows.map(({ id }) => id),
      rows.map(({ attempts }) => attempts),
      rows.map(({ pauseMs }) => pauseMs),
      rows.map(({ code }) => code),
      owner,
    ],
  );
}

/** Sorts by id: all writers lock in the order of the ids, including `requestRefetches`. */
function inOrder(refetches: readonly ClaimedRefetch[]): readonly ClaimedRefetch[] {
  return [...refetches].sort((a, b) => (a.id < b.id ? -1 : 1));
}
