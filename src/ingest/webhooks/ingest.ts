import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";
import { type CallVerifier, createCallVerifier, type IncomingCall } from "./verify-call.ts";
import { createSubstitutes } from "./substitute-source.ts";
import { recordConflict } from "./record-conflict.ts";
import { createTenantCommits, overloaded } from "./tenant-commits.ts";
import { signatureInvalid } from "../../protocols/webhooks/signed-call.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";

export interface IngestOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  /** Sources as one of which a call to an unknown id is verified. */
  readonly configured: readonly Source[];
  readonly log: Logger;
  /** Current time in epoch milliseconds, compared with a delivery's timestamp. */
  readonly now: () => number;
  readonly maxWaiting: number | undefined;
  readonly maxWaitMs: number | undefined;
  /** Called when a call has been acknowledged. */
  readonly onTaken: (delivery: NewDelivery, source: Source, result: IngestResult) => void;
  /** Called when a call was rejected; `source` is undefined if there is no such source, or it accepts no webhooks. */
  readonly onRefused: (source: Source | undefined, reason: unknown) => void;
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

interface Target {
  readonly isKnown: boolean;
  readonly source: Source | undefined;
}

/** Creates the pipeline: verify, commit, respond. */
export function createIngest(options: IngestOptions): Ingest {
  const { db, log, now } = options;
  /** Verifiers keep the provider's keys; undefined for a source that accepts no webhooks. */
  const verifiers = new WeakMap<Source, { readonly verify: CallVerifier | undefined }>();
  const substituteOf = createSubstitutes(
    options.configured.filter(
      (source) => verifierOf(source) !== undefined && source.connector.webhook?.trust === "SIGNED",
    ),
  );
  const commits = createTenantCommits({ db, maxWaiting: options.maxWaiting, maxWaitMs: options.maxWaitMs });
  /** Calls that have no response yet. */
  const answering = new Set<Promise<IngestResult>>();
  /** `draining`: calls that arrived before are still processed. `closed`: it is too late for them too. */
  let state: "open" | "draining" | "closed" = "open";

  function onKeyProblem(sourceId: string, err: unknown): void {
    log.warn({ sourceId, err }, "a key of the provider could not be fetched: webhooks signed with it are refused");
  }

  function verifierOf(source: Source): CallVerifier | undefined {
    const existing = verifiers.get(source) ?? { verify: createCallVerifier(source, { now, onKeyProblem }) };
    verifiers.set(source, existing);
    return existing.verify;
  }

  /** Returns the source whose rules the call must meet, which is the one that it names only if `isKnown`. */
  async function targetOf(sourceId: string): Promise<Target> {
    const source = await options.sources.find(sourceId);
    const isKnown = source !== undefined && verifierOf(source) !== undefined;
    return { isKnown, source: isKnown ? source : substituteOf(sourceId) };
  }

  async function letIn({ isKnown, source }: Target, call: IncomingCall): Promise<NewDelivery> {
    try {
      const delivery = source && (await verifierOf(source)?.(call));
      if (delivery === undefined || !isKnown) throw signatureInvalid();
      return delivery;
    } catch (reason) {
      options.onRefused(isKnown ? source : undefined, reason);
      throw reason;
    }
  }

  async function store(delivery: NewDelivery, source: Source): Promise<IngestResult> {
    const result = await commits.add(delivery);
    if (result !== "conflicting") return result;
    const { id: deliveryId, sourceId } = delivery;
    const outcome = await recordConflict(db, delivery, source);
    if (outcome === "conflicting")
      log.warn({ sourceId, deliveryId }, "a delivery id was used again with other bytes: the first body is kept");
    return outcome;
  }

  async function answer(sourceId: string, call: IncomingCall): Promise<IngestResult> {
    const target = await targetOf(sourceId);
    if (target.source !== undefined && commits.isLate(target.source.tenantId)) throw overloaded();
    const delivery = await letIn(target, call);
    if (state === "closed") throw shuttingDown();
    // a delivery was let in for a known source only
    if (target.source === undefined) throw signatureInvalid();
    const result = await store(delivery, target.source);
    options.onTaken(delivery, target.source, result);
    return result;
  }

  return {
    async take(sourceId, call) {
      if (state !== "open") throw shuttingDown();
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
