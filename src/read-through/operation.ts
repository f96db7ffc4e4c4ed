import type { ServiceError } from "../domain/error.ts";
import type { AgedKey } from "../store/read/find-aged.ts";
import type { EntityType } from "../domain/ids.ts";
import type { Source } from "../upstream/source.ts";
import { createCallLimit } from "./call-limit.ts";
import type { Flight } from "./flight.ts";
import type { Lately } from "./lately.ts";
import { createOneWait } from "./one-wait.ts";
import type { SourceFetcher } from "./source-fetcher.ts";
import { refusal, type Refusal, type Verdict } from "./verdict.ts";

/** A stored object, and how old its reader lets it be. */
export interface Wanted extends AgedKey {
  readonly entity: EntityType;
  /** At least 0. */
  readonly maxAgeMs: number;
}

export interface RefreshRequest {
  readonly wanted: readonly Wanted[];
  /** Our monotonic clock before the ages were read. */
  readonly readAtMs: number;
}

/** Read-through for one operation, or for one event of a subscription. */
export interface OperationReads {
  /** Our monotonic clock. */
  nowMs(): number;
  /**
   * Has fetched what is older than its reader wants it. Ages count back from the start of the operation, so that 0 means
   * "answered after I asked": a fetch that another operation has begun, and that is not answered yet, serves this one too.
   * @returns a verdict for each, in order, or the error UPSTREAM_CALL_LIMIT
   * @throws ServiceError CANCELED when the operation is wanted no more
   */
  refresh(request: RefreshRequest): Promise<readonly (Verdict | ServiceError)[]>;
}

export interface OperationOptions {
  readonly tenantId: string;
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal;
  readonly sources: ReadonlyMap<string, { readonly source: Source; readonly fetcher: SourceFetcher }>;
  readonly lately: Lately;
}

/** Begins now. */
export function beginOperation({ tenantId, signal, sources, lately }: OperationOptions): OperationReads {
  const startedMs = performance.now();
  const limit = createCallLimit();
  const wait = createOneWait(signal);
  /** What last kept each source as a whole from being asked. */
  const troubles = new Map<string, Refusal>();

  /** Undefined: it may be fetched. */
  function closed({ sourceId, sourceState, entity }: Wanted): Refusal | undefined {
    const source = sources.get(sourceId)?.source;
    if (source?.tenantId !== tenantId) return refusal("SOURCE_REMOVED");
    if (sourceState === "PAUSED") return refusal("SOURCE_PAUSED");
    if (sourceState === "NEEDS_CREDENTIALS") return refusal("NEEDS_CREDENTIALS");
    return source.connector.fetch[entity] === undefined ? refusal("NOT_FETCHABLE") : undefined;
  }

  function admit(needed: readonly Wanted[]): ReadonlySet<string> {
    const byCall = Map.groupBy(needed, ({ sourceId, entity }) => `${sourceId} ${entity}`);
    const admitted = [...byCall.values()].flatMap((some) => {
      const ids = [...new Set(some.map(({ id }) => id))];
      const [first] = some;
      const limits = first && sources.get(first.sourceId)?.source.connector.fetch[first.entity];
      return ids.slice(0, limit.admit(ids.length, limits?.idsPerCall ?? 1));
    });
    return new Set(admitted);
  }

  /** Waits for all together. What is not there in time is refused for the reason that its source was in trouble for before. */
  async function fetchAll(wanted: readonly Wanted[]): Promise<ReadonlyMap<Wanted, Verdict>> {
    const flights = new Map<Wanted, Flight>();
    for (const each of wait.isOver() ? [] : wanted) {
      const flight = sources.get(each.sourceId)?.fetcher.flightOf(each, boundMs(each));
      if (flight !== undefined) flights.set(each, flight);
    }
    await wait.waitFor(new Set(flights.values()));
    for (const [{ sourceId }, flight] of flights) {
      const verdict = flight.verdict();
      if (verdict?.kind === "refused" && verdict.reason !== "UPSTREAM_FAULT") troubles.set(sourceId, verdict);
    }
    return new Map(
      wanted.map((each) => {
        const refused = troubles.get(each.sourceId) ?? refusal("OVERLOADED");
        return [each, flights.get(each)?.verdict() ?? refused];
      }),
    );
  }

  function boundMs({ maxAgeMs }: Wanted): number {
    return startedMs - maxAgeMs;
  }

  return {
    nowMs: () => performance.now(),
    async refresh({ wanted, readAtMs }) {
      const old = wanted.filter((each) => readAtMs - each.ageMs < boundMs(each));
      const refusals = new Map(old.map((each) => [each, closed(each)]));
      const needed = old.filter((each) => refusals.get(each) === undefined);
      const admitted = admit(needed);
      const missing = needed.filter(({ id }) => admitted.has(id));
      const fetched = await fetchAll(missing.filter((each) => lately.observedAtMs(each.id) < boundMs(each)));
      return wanted.map((each) => {
        if (!refusals.has(each)) return { kind: "fresh", fetched: false };
        const refused = refusals.get(each);
        if (refused !== undefined) return refused;
        if (!admitted.has(each.id)) return limit.error();
        return fetched.get(each) ?? { kind: "fresh", fetched: true };
      });
    },
  };
}
