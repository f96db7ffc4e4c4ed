import type { Transaction } from "../../store/database.ts";
import { fullJitterMs } from "../../worker/backoff.ts";
import type { ClaimedRefetch } from "./claim.ts";

/** After a failure of the upstream. */
const RETRY_PAUSE = { baseMs: 500, capMs: 60_000 };
/** While an object changes faster than it is fetched: the first rounds at once, then no hot loop. */
const UNSETTLED_PAUSE = { baseMs: 50, capMs: 5_000 };

/** Ends requests that are answered. One that was made again since it was claimed stays, and is due after a short pause. */
export async function settleRefetches(
  tx: Transaction,
  owner: string,
  refetches: readonly ClaimedRefetch[],
  random: () => number,
): Promise<void> {
  const ordered = inOrder(refetches);
  const ended = await tx.query<{ id: string }>(
    `delete from refetches as held using unnest($1::text[], $2::bigint[]) as settled (id, generation)
     where held.id = settled.id and held.generation = settled.generation and held.lease_owner = $3
     returning held.id`,
    [ordered.map(({ id }) => id), ordered.map(({ generation }) => generation), owner],
  );
  if (ended.length === ordered.length) return;
  const gone = new Set(ended.map(({ id }) => id));
  await release(
    tx,
    owner,
    ordered
      .filter(({ id }) => !gone.has(id))
      .map(({ id, attempts }) => ({
        id,
        attempts: attempts + 1,
        pauseMs: fullJitterMs(UNSETTLED_PAUSE, attempts + 1, random),
        code: null,
      })),
  );
}

/** Gives requests back after the upstream failed. */
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

/** Gives requests back that were not tried. */
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
    `update refetches as held set lease_until = null, lease_owner = null, attempts = released.attempts,
       error_code = released.code, next_attempt_at = now() + released.pause_ms * interval '1 millisecond'
     from unnest($1::text[], $2::int[], $3::float8[], $4::text[]) as released (id, attempts, pause_ms, code)
     where held.id = released.id and held.lease_owner = $5`,
    [
      rows.map(({ id }) => id),
      rows.map(({ attempts }) => attempts),
      rows.map(({ pauseMs }) => pauseMs),
      rows.map(({ code }) => code),
      owner,
    ],
  );
}

/** Everybody locks in the order of the ids, `requestRefetches` too. */
function inOrder(refetches: readonly ClaimedRefetch[]): readonly ClaimedRefetch[] {
  return [...refetches].sort((a, b) => (a.id < b.id ? -1 : 1));
}
