import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { CallResult, IngestResult, NewDelivery } from "./delivery.ts";
import {
  type CallVerifier,
  createCallVerifier,
  createPlatformVerifier,
  type IncomingCall,
  type PlatformCall,
} from "./verify-call.ts";
import { takesWebhooks } from "../../sources/takes-webhooks.ts";
import { createSubstitutes, type Substitutes } from "./substitute-source.ts";
import { recordConflict } from "./record-conflict.ts";
import { createTenantCommits, overloaded } from "./tenant-commits.ts";
import { signatureInvalid } from "../../protocols/webhooks/signed-call.ts";
import { isTracing, receivedTraceparent, type SpanOptions, traced, type TracedWork } from "../../runtime/tracing.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";

export interface IngestOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  /** Returns the sources as one of which a call to an unknown id is verified: the same object until they change. */
  readonly configured: () => ReadonlyMap<string, Source>;
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
  take(id: string, call: IncomingCall): Promise<CallResult>;
  /** True if many calls of the tenant wait for their response. */
  isBusy(tenantId: string): boolean;
  /** Number of verified deliveries whose commit has not begun. */
  waiting(): number;
  /** Rejects new calls and responds to those that have arrived; resolves at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

type PlatformVerifier = (call: IncomingCall) => Promise<PlatformCall>;

type Target =
  | { readonly kind: "source"; readonly source: Source }
  | { readonly kind: "platform"; readonly id: string; readonly verify: PlatformVerifier }
  /** Verified as if it were this source's, and then refused. */
  | { readonly kind: "unknown"; readonly source: Source | undefined };

interface LetIn {
  readonly delivery: NewDelivery;
  readonly source: Source;
}

/** Creates the pipeline: verify, commit, respond. */
export function createIngest(options: IngestOptions): Ingest {
  const { db, log, now } = options;
  /** Verifiers keep the provider's keys; undefined for a source that accepts no webhooks. */
  const verifiers = new WeakMap<Source, { readonly verify: CallVerifier | undefined }>();
  const platformVerifiers = new WeakMap<Source, { readonly verify: PlatformVerifier | undefined }>();
  let substitutes = openSubstitutes(options.configured());
  const commits = createTenantCommits({ db, maxWaiting: options.maxWaiting, maxWaitMs: options.maxWaitMs });
  /** Calls that have no response yet. */
  const answering = new Set<Promise<CallResult>>();
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

  function platformVerifierOf(source: Source): PlatformVerifier | undefined {
    const existing = platformVerifiers.get(source) ?? { verify: createPlatformVerifier(source, { now, onKeyProblem }) };
    platformVerifiers.set(source, existing);
    return existing.verify;
  }

  function substituteOf(id: string): Source | undefined {
    const configured = options.configured();
    if (substitutes.of !== configured) substitutes = openSubstitutes(configured);
    return substitutes.find(id);
  }

  /** Returns the source or the platform whose rules the call must meet: those of a substitute if it names neither. */
  async function targetOf(id: string): Promise<Target> {
    const source = await options.sources.find(id);
    if (source !== undefined && verifierOf(source) !== undefined) return { kind: "source", source };
    const member = source === undefined ? await options.sources.findOfPlatform(id) : undefined;
    const verify = member && platformVerifierOf(member);
    return verify === undefined ? { kind: "unknown", source: substituteOf(id) } : { kind: "platform", id, verify };
  }

  /** @returns undefined for a verified call about an account that no source reads */
  async function letIn(target: Target, call: IncomingCall): Promise<LetIn | undefined> {
    try {
      if (target.kind === "platform") return await assign(target, await target.verify(call));
      const { kind, source } = target;
      const delivery = source && (await verifierOf(source)?.(call));
      if (delivery === undefined || kind === "unknown") throw signatureInvalid();
      return { delivery, source };
    } catch (reason) {
      options.onRefused(target.kind === "source" ? target.source : undefined, reason);
      throw reason;
    }
  }

  async function assign({ id }: { readonly id: string }, call: PlatformCall): Promise<LetIn | undefined> {
    const account = call.account();
    const source = account === undefined ? undefined : await options.sources.findByAccount(id, account);
    if (source !== undefined) return { delivery: call.deliveryFor(source), source };
    log.info({ platform: id, account }, "a webhook is about an account that no source reads");
    return undefined;
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

  async function answer(id: string, call: IncomingCall): Promise<CallResult> {
    const target = await targetOf(id);
    if (target.kind !== "platform" && target.source !== undefined && commits.isLate(target.source.tenantId))
      throw overloaded();
    const startedAtMs = isTracing ? Date.now() : undefined;
    const letInCall = await letIn(target, call);
    if (letInCall === undefined) return "unassigned";
    // only now, so that nobody else can fill a backend with traces
    return await traced(
      () => spanOf(call, letInCall, startedAtMs),
      (span) => take(letInCall, span, call),
    );
  }

  async function take({ delivery, source }: LetIn, span: TracedWork, { headers }: IncomingCall): Promise<IngestResult> {
    if (state === "closed") throw shuttingDown();
    const { traceparent = receivedTraceparent(onlyValue(headers.get("traceparent"))) } = span;
    const result = await store({ ...delivery, traceparent }, source);
    span.set({ "sluice.delivery.result": result, "http.response.status_code": 200 });
    options.onTaken(delivery, source, result);
    return result;
  }

  return {
    async take(id, call) {
      if (state !== "open") throw shuttingDown();
      const answered = answer(id, call);
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

/** No verifier is created for them: they may be thousands, and few of them are ever a substitute. */
function openSubstitutes(configured: ReadonlyMap<string, Source>): {
  readonly of: ReadonlyMap<string, Source>;
  readonly find: Substitutes;
} {
  const signed = [...configured.values()].filter(
    (source) => source.connector.webhook?.trust === "SIGNED" && takesWebhooks(source),
  );
  return { of: configured, find: createSubstitutes(signed) };
}

/** A header that is sent twice is not valid. */
function onlyValue(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

/** Source: OpenTelemetry, "HTTP server spans" */
function spanOf({ headers }: IncomingCall, { delivery, source }: LetIn, startedAtMs: number | undefined): SpanOptions {
  return {
    name: "POST /webhooks/:sourceId",
    kind: "SERVER",
    remote: onlyValue(headers.get("traceparent")),
    ...(startedAtMs !== undefined && { startedAtMs }),
    attributes: {
      "http.request.method": "POST",
      "http.route": "/webhooks/:sourceId",
      "messaging.message.id": delivery.id,
      "sluice.source.id": source.id,
      "sluice.connector": source.connector.name,
    },
  };
}

function shuttingDown(): ServiceError {
  return new ServiceError("OVERLOADED", "the server is shutting down; send the request again", { retryAfterMs: 1_000 });
}
