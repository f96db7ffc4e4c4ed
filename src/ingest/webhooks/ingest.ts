import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";
import { createCallVerifier, type IncomingCall } from "./verify-call.ts";
import { createSubstitutes } from "./substitute-source.ts";
import { recordConflict } from "./record-conflict.ts";
import { createTenantCommits, overloaded } from "./tenant-commits.ts";
import { signatureInvalid } from "../../protocols/webhooks/signed-call.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";

export interface IngestOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Current time in epoch milliseconds, compared with a delivery's timestamp. */
  readonly now: () => number;
  readonly maxWaiting: number | undefined;
  readonly maxWaitMs: number | undefined;
  /** Called when a call has been acknowledged. */
  readonly onTaken: (delivery: NewDelivery, result: IngestResult) => void;
  /** Called when a call was rejected; `sourceId` is undefined if there is no such source, or it accepts no webhooks. */
  readonly onRefused: (sourceId: string | undefined, reason: unknown) => void;
}

/** Accepts calls, up to the point at which they can be acknowledged. */
export interface Ingest {
  /** See `Inbox.ingest`. */
  take(sourceId: string, call: IncomingCall): Promise<IngestResult>;
  /** True if many calls of the tenant wait for their response. */
  isBusy(tenantId: string): boolean;
  /** Number of verified deliveries whose commit has not begun. */
  waiting(): number;
  /** Rejects new calls and responds to those that have arrived; resolves at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

/** Creates the pipeline: verify, commit, respond. */
export function createIngest(options: IngestOptions): Ingest {
  const { db, log, now } = options;
  const sources = new Map(options.sources.map((source) => [source.id, source]));
  const verifiers = new Map(
    options.sources.map((source) => [source.id, createCallVerifier(source, { now, onKeyProblem })]),
  );
  const substituteOf = createSubstitutes(
    options.sources.filter(
      ({ id, connector }) => verifiers.get(id) !== undefined && connector.webhook?.trust === "SIGNED",
    ),
  );
  const commits = createTenantCommits({
    db,
    tenantIds: options.sources.map(({ tenantId }) => tenantId),
    maxWaiting: options.maxWaiting,
    maxWaitMs: options.maxWaitMs,
  });
  /** Calls that have no response yet. */
  const answering = new Set<Promise<IngestResult>>();
  /** `draining`: calls that arrived before are still processed. `closed`: it is too late for them too. */
  let state: "open" | "draining" | "closed" = "open";

  function onKeyProblem(sourceId: string, err: unknown): void {
    log.warn({ sourceId, err }, "a key of the provider could not be fetched: webhooks signed with it are refused");
  }

  /** Returns the source whose rules the call must meet, which is the one that it names only if `isKnown`. */
  function targetOf(sourceId: string): { readonly isKnown: boolean; readonly source: Source | undefined } {
    const isKnown = verifiers.get(sourceId) !== undefined;
    return { isKnown, source: isKnown ? sources.get(sourceId) : substituteOf(sourceId) };
  }

  async function letIn(sourceId: string, call: IncomingCall): Promise<NewDelivery> {
    const { isKnown, source } = targetOf(sourceId);
    try {
      const delivery = source && (await verifiers.get(source.id)?.(call));
      if (delivery === undefined || !isKnown) throw signatureInvalid();
      return delivery;
    } catch (reason) {
      options.onRefused(isKnown ? sourceId : undefined, reason);
      throw reason;
    }
  }

  async function store(delivery: NewDelivery): Promise<IngestResult> {
    const result = await commits.add(delivery);
    if (result !== "conflicting") return result;
    const { id: deliveryId, sourceId } = delivery;
    const outcome = await recordConflict(db, delivery, sources.get(sourceId));
    if (outcome === "conflicting")
      log.warn({ sourceId, deliveryId }, "a delivery id was used again with other bytes: the first body is kept");
    return outcome;
  }

  async function answer(sourceId: string, call: IncomingCall): Promise<IngestResult> {
    const delivery = await letIn(sourceId, call);
    if (state === "closed") throw shuttingDown();
    const result = await store(delivery);
    options.onTaken(delivery, result);
    return result;
  }

  return {
    async take(sourceId, call) {
      if (state !== "open") throw shuttingDown();
      const tenantId = targetOf(sourceId).source?.tenantId;
      if (tenantId !== undefined && commits.isLate(tenantId)) throw overloaded();
      const answered = answer(sourceId, call);
      answering.add(answered);
      try {
        return await answered;
      } finally {
        answering.delete(answered);
      }
    },
    isBusy: commits.isBusy,
    waiting: commits.waiting,
    async close(deadlineMs) {
      state = "draining";
      await waitAtMost(deadlineMs, Promise.allSettled(answering).then(commits.drained));
      state = "closed";
      commits.refuseWaiting();
    },
  };
}

function shuttingDown(): ServiceError {
  return new ServiceError("OVERLOADED", "the server is shutting down; send the request again", { retryAfterMs: 1_000 });
}
