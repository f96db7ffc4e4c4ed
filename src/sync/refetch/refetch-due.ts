import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";
import type { BatchSize } from "./batch-size.ts";
import { type Claim, type ClaimedRefetch, claimRefetches } from "./claim.ts";
import { fetchBatch } from "./fetch-batch.ts";
import { giveUpRefetches } from "./give-up.ts";

export interface RefetchDueInput {
  readonly db: Database;
  readonly source: Source;
  /** Names this process in the leases. */
  readonly owner: string;
  readonly random: () => number;
  /** Of this source, kept from one call to the next. */
  readonly size: BatchSize;
  readonly signal: AbortSignal;
}

/**
 * Fetches again what is due of one source.
 * @returns how many objects were claimed
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function refetchDue(input: RefetchDueInput): Promise<number> {
  const claim = await claimRefetches(input.db, input.source, input.owner, input.size.current());
  if (claim.closed) return 0;
  const batches = batchesOf(input.source, claim);
  // Together: how many calls really run at once is the upstream layer's business.
  const ended = await Promise.allSettled(batches.map((batch) => fetchOrGiveUp(input, claim, batch)));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  if (ended.length > 0) input.size.ended(ended.every((end) => end.status === "fulfilled" && end.value));
  return claim.refetches.length;
}

interface Batch {
  readonly entity: EntityType;
  readonly refetches: readonly ClaimedRefetch[];
}

async function fetchOrGiveUp(
  { db, source, owner, random, signal }: RefetchDueInput,
  { asked, failing }: Claim,
  { entity, refetches }: Batch,
): Promise<boolean> {
  if (source.connector.fetch[entity] !== undefined) {
    return fetchBatch({ db, source, owner, random, refetches, entity, asked, failing, signal });
  }
  const error = new ServiceError("UPSTREAM_REJECTED", "the upstream has no way to fetch one of its kind by id");
  await db.transaction(source.tenantId, async (tx) => {
    const events = await giveUpRefetches(tx, source.id, refetches, error);
    if (events.length > 0) await appendEvents(tx, events);
  });
  return true;
}

function batchesOf({ connector }: Source, { refetches }: Claim): Batch[] {
  const byEntity = Map.groupBy(refetches, ({ entity }) => entity);
  return [...byEntity].flatMap(([entity, all]) => {
    const size = connector.fetch[entity]?.maxBatch ?? all.length;
    const count = Math.ceil(all.length / size);
    return Array.from({ length: count }, (_, index) => ({
      entity,
      refetches: all.slice(index * size, (index + 1) * size),
    }));
  });
}
