import type { Logger } from "pino";
import type { WebhookCall } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";
import { createGate } from "./gate.ts";
import { overloaded } from "./group-commit.ts";
import { recordConflict } from "./record-conflict.ts";
import { createTenantCommits } from "./tenant-commits.ts";
import { within } from "./within.ts";

export interface IngestOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Epoch milliseconds: what a delivery's timestamp is held against. */
  readonly now: () => number;
  readonly maxWaiting: number | undefined;
  readonly maxWaitMs: number | undefined;
  /** A call is answered. */
  readonly onTaken: (delivery: NewDelivery, result: IngestResult) => void;
  /** A call was not let in. */
  readonly onRefused: (sourceId: string, reason: unknown) => void;
}

/** Takes calls in, up to the moment when they may be answered. */
export interface Ingest {
  /** See `Inbox.ingest`. */
  take(sourceId: string, call: WebhookCall): Promise<IngestResult>;
  /** Many calls of the tenant wait for their answer. */
  isBusy(tenantId: string): boolean;
  /** Verified deliveries whose commit has not begun. */
  waiting(): number;
  /** Refuses new calls and answers those that have come; resolves at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

/** Verify, commit, answer. */
export function createIngest(options: IngestOptions): Ingest {
  const { db, log, now } = options;
  const sources = new Map(options.sources.map((source) => [source.id, source]));
  const gates = new Map(options.sources.map((source) => [source.id, createGate(source, { now, onKeyProblem })]));
  const commits = createTenantCommits({
    db,
    tenantIds: options.sources.map(({ tenantId }) => tenantId),
    maxWaiting: options.maxWaiting,
    maxWaitMs: options.maxWaitMs,
  });
  /** Calls that have no answer yet. */
  const answering = new Set<Promise<IngestResult>>();
  /** `draining`: those that came before are answered. `closed`: it is too late for them too. */
  let state: "open" | "draining" | "closed" = "open";

  function onKeyProblem(sourceId: string, err: unknown): void {
    log.warn({ sourceId, err }, "a key of the provider could not be fetched: webhooks signed with it are refused");
  }

  async function letIn(sourceId: string, call: WebhookCall): Promise<NewDelivery> {
    try {
      const gate = gates.get(sourceId);
      if (gate === undefined) throw new ServiceError("NOT_FOUND", "no webhooks are taken here"); // also of no such source
      return await gate(call);
    } catch (reason) {
      options.onRefused(sourceId, reason);
      throw reason;
    }
  }

  async function store(delivery: NewDelivery): Promise<IngestResult> {
    const result = await commits.add(delivery);
    if (result !== "conflicting") return result;
    const { id: deliveryId, sourceId } = delivery;
    const settled = await recordConflict(db, delivery, sources.get(sourceId)?.connector.webhook?.isSame);
    if (settled === "conflicting") log.warn({ sourceId, deliveryId }, "same delivery id, other bytes: first kept");
    return settled;
  }

  async function answer(sourceId: string, call: WebhookCall): Promise<IngestResult> {
    const delivery = await letIn(sourceId, call);
    if (state === "closed") throw shuttingDown();
    const result = await store(delivery);
    options.onTaken(delivery, result);
    return result;
  }

  return {
    async take(sourceId, call) {
      if (state !== "open") throw shuttingDown();
      const tenantId = sources.get(sourceId)?.tenantId;
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
      await within(deadlineMs, Promise.allSettled(answering).then(commits.drained));
      state = "closed";
      commits.refuseWaiting();
    },
  };
}

function shuttingDown(): ServiceError {
  return new ServiceError("OVERLOADED", "shutting down, send it again", { retryAfterMs: 1_000 });
}
