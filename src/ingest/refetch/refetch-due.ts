import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { BatchSize } from "./batch-size.ts";
import { type RefetchClaim, type ClaimedRefetch, claimRefetches } from "../refetch-queue/claim-refetches.ts";
import { fetchBatch } from "./fetch-batch.ts";
import { giveUpRefetches } from "./give-up.ts";
import { type MissingFetches, repairWith } from "./missing-fetches.ts";

export interface RefetchDueInput {
  readonly db: Database;
  readonly source: Source;
  /** Name of this process in the leases. */
  readonly owner: string;
  readonly random: () => number;
  /** Batch size of this source, kept from one call to the next. */
  readonly size: BatchSize;
  readonly signal: AbortSignal;
  readonly missing?: MissingFetches | undefined;
}

/**
 * Fetches the due objects of one source again.
 * @returns number of claimed objects
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function refetchDue(input: RefetchDueInput): Promise<number> {
  const claim = await claimRefetches(input.db, input.source, input.owner, input.size.current());
  if (claim.closed) return 0;
  const batches = batchesOf(input.source, claim);
  // All batches start together: the upstream layer limits the number of concurrent calls.
  const ended = await Promise.allSettled(batches.map((batch) => fetchOrGiveUp(input, claim, batch)));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  if (ended.length > 0) input.size.ended(ended.every((end) => end.status === "fulfilled" && end.value));
  return claim.refetches.length;
}

interface RefetchBatch {
  readonly entity: EntityType;
  readonly of: EntityType | undefined;
  /** Full read for which all of them are fetched. */
  readonly runId: string | undefined;
  readonly refetches: readonly ClaimedRefetch[];
}

async function fetchOrGiveUp(
  { db, source, owner, random, signal, missing }: RefetchDueInput,
  { requestedAt, failing }: RefetchClaim,
  { entity, of, runId, refetches }: RefetchBatch,
): Promise<boolean> {
  const repair = missing && runId !== undefined ? { missing, runId } : undefined;
  if (source.connector.fetch[entity] !== undefined) {
    return fetchBatch({ db, source, owner, random, refetches, entity, of, requestedAt, failing, signal, repair });
  }
  const error = new ServiceError("UPSTREAM_REJECTED", "the upstream has no call to fetch an object of this type by id");
  await db.transaction(source.tenantId, async (tx) => {
    const events = await repairWith(tx, source.id, repair, () => giveUpRefetches(tx, source.id, refetches, error));
    if (events.length > 0) await appendEvents(tx, events);
  });
  return true;
}

function batchesOf({ connector }: Source, { refetches }: RefetchClaim): RefetchBatch[] {
  const byKind = Map.groupBy(refetches, ({ entity, of = "", runId = "" }) => `${entity} ${of} ${runId}`);
  return [...byKind.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { entity, of, runId } = first;
    const size = connector.fetch[entity]?.maxBatch ?? all.length;
    const count = Math.ceil(all.length / size);
    return Array.from({ length: count }, (_, index) => ({
      entity,
      of,
      runId,
      refetches: all.slice(index * size, (index + 1) * size),
    }));
  });
}
