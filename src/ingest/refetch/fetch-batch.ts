import { apply } from "../apply/apply.ts";
import { encodePayloads } from "../apply/encode-payloads.ts";
import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { appendEvents } from "../../events/append.ts";
import { traced } from "../../runtime/tracing.ts";
import { isStoreAway } from "../../store/store-error.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { recordCall, signalOf } from "../../sources/source-status.ts";
import type { ClaimedRefetch } from "../refetch-queue/claim-refetches.ts";
import { closeGivenUp, giveUpRefetches } from "./give-up.ts";
import { type BatchRepair, repairWith } from "./missing-fetches.ts";
import { postponeRefetches, returnRefetches, completeRefetches } from "../refetch-queue/complete-refetches.ts";

export interface FetchBatchInput {
  readonly db: Database;
  readonly source: Source;
  readonly owner: string;
  readonly random: () => number;
  /** Refetches of one entity type, at most as many as the connector fetches in one call. */
  readonly refetches: readonly ClaimedRefetch[];
  readonly entity: EntityType;
  /** Owner type, as in `HintMessage`. */
  readonly of: EntityType | undefined;
  readonly requestedAt: string;
  /** True if the source is marked as failing: a response clears that mark. */
  readonly failing: boolean;
  readonly signal: AbortSignal;
  /** The full read that has not listed these objects. */
  readonly repair: BatchRepair | undefined;
}

type Fetched = ObjectMessage | HintMessage;

/** Shorter than the lease, so that a response never arrives for objects that another process has taken over. */
const FETCH_DEADLINE_MS = 25_000;

/**
 * Fetches objects and applies the response. Every request ends as answered, postponed or given up, regardless of the
 * upstream's behaviour.
 * @returns false if the source should not be called now
 * @throws ServiceError STORE_UNAVAILABLE | OVERLOADED: the lease expires by itself
 */
export function fetchBatch(input: FetchBatchInput): Promise<boolean> {
  const { source, entity, refetches } = input;
  return traced(
    () => ({
      name: "fetch again",
      causes: refetches.map(({ traceparent }) => traceparent),
      attributes: {
        "sluice.source.id": source.id,
        "sluice.connector": source.connector.name,
        "sluice.entity": entity,
        "sluice.objects": refetches.length,
      },
    }),
    () => fetchAndApply(input),
  );
}

async function fetchAndApply(input: FetchBatchInput): Promise<boolean> {
  let isFetched = false;
  try {
    const messages = await fetchMessages(input);
    isFetched = true;
    await applyAnswer(input, messages);
    return true;
  } catch (reason) {
    if (isFetched && isStoreAway(reason)) throw reason;
    return failed(input, ServiceError.from(reason));
  }
}

async function applyAnswer(input: FetchBatchInput, messages: readonly Fetched[]): Promise<void> {
  const items = messages.map((message) => ({ message, deliveryId: undefined }));
  const payloads = await encodePayloads(items);
  const { source } = input;
  await input.db.transaction(source.tenantId, async (tx) => {
    const written = await repairWith(tx, source.id, input.repair, async () => {
      const applied = await apply(tx, {
        sourceId: source.id,
        via: "READ_THROUGH", // fetched by its id on demand; POLL means that a list contained it unrequested
        items,
        runId: undefined,
        renames: source.connector.renames ?? [],
        requestedAt: input.requestedAt,
        payloads,
      });
      await completeRefetches(tx, input.owner, input.refetches, input.random);
      return [...applied.events, ...(await closeGivenUp(tx, source.id, input.refetches))];
    });
    const events = [...written, ...(await reachable(tx, input))];
    if (events.length > 0) await appendEvents(tx, events);
  });
}

function fetchMessages({ source, entity, of, refetches, signal }: FetchBatchInput): Promise<readonly Fetched[]> {
  return source.connector.fetchMany({
    config: source.config,
    client: source.client("refetch"),
    entity,
    ...(of !== undefined && { of }),
    externalIds: refetches.map(({ externalId }) => externalId),
    signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_DEADLINE_MS)]),
  });
}

/** Clears an earlier failure of the source after a response. */
async function reachable(tx: Transaction, { source, failing }: FetchBatchInput): Promise<NewEvent[]> {
  return failing ? recordCall(tx, source.id, "succeed", undefined) : [];
}

async function failed(input: FetchBatchInput, error: ServiceError): Promise<boolean> {
  const { db, source, owner, refetches, signal, random } = input;
  if (signal.aborted) {
    await db.transaction(source.tenantId, (tx) => returnRefetches(tx, owner, refetches));
    return false;
  }
  // Our own deadline also appears as CANCELED: the upstream was too slow, so the request is retried.
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
    } else {
      const giveUp = () => giveUpRefetches(tx, source.id, refetches, error);
      events.push(...(await repairWith(tx, source.id, input.repair, giveUp)));
    }
    const implied = signalOf(error);
    if (implied !== undefined && (unauthorized || refetches.some(isRecentlyFailing)))
      events.push(...(await recordCall(tx, source.id, implied, error)));
    if (events.length > 0) await appendEvents(tx, events);
  });
  return !unauthorized && !retryable;
}

/** An object that failed this often, while its source may be healthy, is itself the cause. */
const MAX_RECENT_ATTEMPTS = 3;

function isRecentlyFailing({ attempts }: ClaimedRefetch): boolean {
  return attempts < MAX_RECENT_ATTEMPTS;
}

/**
 * Fetches each object alone when a batch is refused as a whole because of one object, so that only that object fails.
 */
async function oneByOne(input: FetchBatchInput): Promise<boolean> {
  for (const [index, refetch] of input.refetches.entries()) {
    if (await fetchBatch({ ...input, refetches: [refetch] })) continue;
    const untried = input.refetches.slice(index + 1);
    await input.db.transaction(input.source.tenantId, (tx) => returnRefetches(tx, input.owner, untried));
    return false;
  }
  return true;
}
