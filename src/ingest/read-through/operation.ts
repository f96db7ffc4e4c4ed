import type { ServiceError } from "../../domain/error.ts";
import type { AgedKey } from "../../store/queries/find-aged.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Source } from "../../sources/source.ts";
import { createCallLimit } from "./call-limit.ts";
import type { SharedFetch } from "./shared-fetch.ts";
import type { RecentFetches } from "./recent-fetches.ts";
import { createOperationDeadline } from "./operation-deadline.ts";
import type { SourceFetcher } from "./source-fetcher.ts";
import { refusal, type FreshnessRefusal, type FreshnessResult } from "./freshness-result.ts";

/** A stored object, and the maximum age that its reader accepts. */
export interface RequestedObject extends AgedKey {
  readonly entity: EntityType;
  /** Milliseconds, at least 0. */
  readonly maxAgeMs: number;
}

export interface RefreshRequest {
  readonly requested: readonly RequestedObject[];
  /** Our monotonic clock before the ages were read. */
  readonly readAtMs: number;
}

/** Read-through for one operation, or for one event of a subscription. */
export interface OperationReads {
  /** Our monotonic clock. */
  nowMs(): number;
  /**
   * Fetches the objects that are older than their readers accept. Ages are measured back from the start of the
   * operation, so that 0 means "answered after this operation started": a fetch that another operation has begun, and
   * that is not answered yet, serves this one too.
   * @returns a verdict for each, in order, or the error UPSTREAM_CALL_LIMIT
   * @throws ServiceError CANCELED when the operation is aborted
   */
  refresh(request: RefreshRequest): Promise<readonly (FreshnessResult | ServiceError)[]>;
}

export interface FetchableSource {
  readonly source: Source;
  readonly fetcher: SourceFetcher;
}

export interface OperationOptions {
  readonly tenantId: string;
  /** Aborted when the response is no longer needed. */
  readonly signal: AbortSignal;
  /** Returns a source by its id, of any tenant. */
  readonly find: (sourceId: string) => Promise<FetchableSource | undefined>;
  readonly recentFetches: RecentFetches;
}

/** Begins an operation; its time starts now. */
export function beginOperation({ tenantId, signal, find, recentFetches }: OperationOptions): OperationReads {
  const startedMs = performance.now();
  const limit = createCallLimit();
  const wait = createOperationDeadline(signal);
  const sources = new Map<string, FetchableSource>();
  /** The last refusal for each source that prevented calls to the source as a whole. */
  const refusedSources = new Map<string, FreshnessRefusal>();

  /** Finds the sources of objects, so that each is looked up once in an operation. */
  async function findSources(requested: readonly RequestedObject[]): Promise<void> {
    const missing = new Set(requested.map(({ sourceId }) => sourceId)).difference(sources);
    const found = await Promise.all([...missing].map(async (id) => [id, await find(id)] as const));
    for (const [id, source] of found) if (source !== undefined) sources.set(id, source);
  }

  /** Returns the reason why an object must not be fetched. Undefined: it may be fetched. */
  function closed({ sourceId, sourceState, entity }: RequestedObject): FreshnessRefusal | undefined {
    const source = sources.get(sourceId)?.source;
    if (source?.tenantId !== tenantId) return refusal("SOURCE_REMOVED");
    if (sourceState === "PAUSED") return refusal("SOURCE_PAUSED");
    if (sourceState === "NEEDS_CREDENTIALS") return refusal("NEEDS_CREDENTIALS");
    return source.connector.fetch[entity] === undefined ? refusal("NOT_FETCHABLE") : undefined;
  }

  function admit(needed: readonly RequestedObject[]): ReadonlySet<string> {
    const byCall = Map.groupBy(needed, ({ sourceId, entity }) => `${sourceId} ${entity}`);
    const admitted = [...byCall.values()].flatMap((some) => {
      const ids = [...new Set(some.map(({ id }) => id))];
      const [first] = some;
      const limits = first && sources.get(first.sourceId)?.source.connector.fetch[first.entity];
      return ids.slice(0, limit.admit(ids.length, limits?.idsPerCall ?? 1));
    });
    return new Set(admitted);
  }

  /**
   * Fetches all objects and waits for all of them together. An object that does not arrive in time is refused for the
   * reason of its source's earlier refusal.
   */
  async function fetchAll(
    requested: readonly RequestedObject[],
  ): Promise<ReadonlyMap<RequestedObject, FreshnessResult>> {
    const sharedFetches = new Map<RequestedObject, SharedFetch>();
    for (const each of wait.isOver() ? [] : requested) {
      const sharedFetch = sources.get(each.sourceId)?.fetcher.sharedFetchOf(each, boundMs(each));
      if (sharedFetch !== undefined) sharedFetches.set(each, sharedFetch);
    }
    await wait.waitFor(new Set(sharedFetches.values()));
    for (const [{ sourceId }, sharedFetch] of sharedFetches) {
      const result = sharedFetch.result();
      if (result?.kind === "refused" && result.reason !== "UPSTREAM_FAULT") refusedSources.set(sourceId, result);
    }
    return new Map(
      requested.map((each) => {
        const refused = refusedSources.get(each.sourceId) ?? refusal("OVERLOADED");
        return [each, sharedFetches.get(each)?.result() ?? refused];
      }),
    );
  }

  function boundMs({ maxAgeMs }: RequestedObject): number {
    return startedMs - maxAgeMs;
  }

  return {
    nowMs: () => performance.now(),
    async refresh({ requested, readAtMs }) {
      const old = requested.filter((each) => readAtMs - each.ageMs < boundMs(each));
      await findSources(old);
      const refusals = new Map(old.map((each) => [each, closed(each)]));
      const needed = old.filter((each) => refusals.get(each) === undefined);
      const admitted = admit(needed);
      const missing = needed.filter(({ id }) => admitted.has(id));
      const fetched = await fetchAll(missing.filter((each) => recentFetches.observedAtMs(each.id) < boundMs(each)));
      return requested.map((each) => {
        if (!refusals.has(each)) return { kind: "fresh", fetched: false };
        const refused = refusals.get(each);
        if (refused !== undefined) return refused;
        if (!admitted.has(each.id)) return limit.error();
        return fetched.get(each) ?? { kind: "fresh", fetched: true };
      });
    },
  };
}
