import { apply } from "../../apply/apply.ts";
import { encodePayloads } from "../../apply/encode-payloads.ts";
import type { ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";
import { setSourceStatus, statusAfter } from "../source-status.ts";
import type { ClaimedRefetch } from "./claim.ts";
import { closeGivenUp, giveUpRefetches } from "./give-up.ts";
import { postponeRefetches, returnRefetches, settleRefetches } from "./settle.ts";

export interface FetchBatchInput {
  readonly db: Database;
  readonly source: Source;
  readonly owner: string;
  readonly random: () => number;
  /** Of one entity type, at most what the connector fetches in one call. */
  readonly refetches: readonly ClaimedRefetch[];
  readonly entity: EntityType;
  readonly asked: string;
  /** An answer ends what was thought of the source. */
  readonly failing: boolean;
  readonly signal: AbortSignal;
}

/** Shorter than the lease, so that an answer never comes back to objects that another process has taken over. */
const FETCH_DEADLINE_MS = 25_000;

/**
 * Fetches objects and applies what the upstream says. Whatever the upstream does, the requests end answered, postponed or
 * given up.
 * @returns false when nothing more should be asked of the source now
 * @throws ServiceError STORE_UNAVAILABLE: the lease runs out by itself
 */
export async function fetchBatch(input: FetchBatchInput): Promise<boolean> {
  try {
    await applyAnswer(input, await fetchMessages(input));
    return true;
  } catch (reason) {
    const error = ServiceError.from(reason);
    if (error.code === "STORE_UNAVAILABLE") throw error;
    return failed(input, error);
  }
}

async function applyAnswer(input: FetchBatchInput, messages: readonly ObjectMessage[]): Promise<void> {
  const items = messages.map((message) => ({ message, deliveryId: undefined }));
  const payloads = await encodePayloads(items);
  const { source } = input;
  await input.db.transaction(source.tenantId, async (tx) => {
    const applied = await apply(tx, {
      sourceId: source.id,
      via: "READ_THROUGH", // fetched by its id because we needed to know; POLL is what a list told us unasked
      items,
      runId: undefined,
      renames: source.connector.renames ?? [],
      asked: input.asked,
      payloads,
    });
    await settleRefetches(tx, input.owner, input.refetches, input.random);
    const closed = await closeGivenUp(tx, source.id, input.refetches);
    const events = [...applied.events, ...closed, ...(await reachable(tx, input))];
    if (events.length > 0) await appendEvents(tx, events);
  });
}

function fetchMessages({ source, entity, refetches, signal }: FetchBatchInput): Promise<readonly ObjectMessage[]> {
  return source.connector.fetchMany({
    config: source.config,
    client: source.client("refetch"),
    entity,
    externalIds: refetches.map(({ externalId }) => externalId),
    signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_DEADLINE_MS)]),
  });
}

/** An answer ends what an earlier failure said about the source. */
async function reachable(tx: Transaction, { source, failing }: FetchBatchInput): Promise<NewEvent[]> {
  return failing ? setSourceStatus(tx, source.id, "ACTIVE", undefined) : [];
}

async function failed(input: FetchBatchInput, error: ServiceError): Promise<boolean> {
  const { db, source, owner, refetches, signal, random } = input;
  if (signal.aborted) {
    await db.transaction(source.tenantId, (tx) => returnRefetches(tx, owner, refetches));
    return false;
  }
  // Our own deadline shows as CANCELED too: the upstream was too slow, so it is asked again.
  const retryable = error.retryable || error.code === "CANCELED";
  const unauthorized = error.code === "UPSTREAM_UNAUTHORIZED";
  if (!retryable && !unauthorized && refetches.length > 1) return oneByOne(input);
  await db.transaction(source.tenantId, async (tx) => {
    const events: NewEvent[] = [];
    if (unauthorized) await returnRefetches(tx, owner, refetches);
    else if (retryable) {
      await postponeRefetches(tx, owner, refetches, {
        code: error.code,
        retryAfterMs: error.retryAfterMs ?? 0,
        random,
      });
    } else events.push(...(await giveUpRefetches(tx, source.id, refetches, error)));
    const status = statusAfter(error);
    if (status !== undefined && (unauthorized || refetches.some(isNews)))
      events.push(...(await setSourceStatus(tx, source.id, status, error)));
    if (events.length > 0) await appendEvents(tx, events);
  });
  return !unauthorized && !retryable;
}

/** An object that has failed this often, while its source may be well, is a fault of the object. */
const MAX_NEWS_ATTEMPTS = 3;

function isNews({ attempts }: ClaimedRefetch): boolean {
  return attempts < MAX_NEWS_ATTEMPTS;
}

/** A batch is refused as a whole although one object is to blame: each alone, so that it stops only itself. */
async function oneByOne(input: FetchBatchInput): Promise<boolean> {
  for (const [index, refetch] of input.refetches.entries()) {
    if (await fetchBatch({ ...input, refetches: [refetch] })) continue;
    const untried = input.refetches.slice(index + 1);
    await input.db.transaction(input.source.tenantId, (tx) => returnRefetches(tx, input.owner, untried));
    return false;
  }
  return true;
}
