import { randomUUID } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import { withCommitHook } from "../store/commit-hook.ts";
import type { Database, Transaction } from "../store/database.ts";
import { appendEntry } from "./append-entry.ts";
import type { AuditBody, AuditPrincipal, AuditSubject, Outcome, Plain } from "./entry.ts";
import { readState } from "./read-state.ts";
import type { Refusals } from "./refusals.ts";

/** What somebody requests. */
export interface RequestedAction {
  readonly tenantId: string;
  /** `mutation.pauseSource` */
  readonly action: string;
  readonly principal: AuditPrincipal;
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly remoteAddress?: string | undefined;
  /** Without secrets. */
  readonly arguments: Plain;
  /** Undefined: not known before the action has ended, or nothing of its own. */
  readonly subject?: AuditSubject | undefined;
}

export interface ActionOptions<T> {
  /**
   * True if the whole effect is one transaction of the tenant: the row is then part of it. Otherwise a row is committed
   * before the action begins, and another one after it: a crash in between leaves the first one alone.
   */
  readonly isAtomic: boolean;
  /** Returns the subject that only the result names. */
  readonly subjectOf?: (result: T) => AuditSubject | undefined;
}

export interface RecordOptions {
  readonly db: Database;
  readonly refusals: Refusals;
  readonly onRecorded: (outcome: Outcome | "STARTED") => void;
  readonly onProblem: (reason: unknown) => void;
}

/**
 * Runs an action and records it.
 * @throws ServiceError STORE_UNAVAILABLE, before anything is begun, if it cannot be recorded; what `run` throws
 */
export async function recordAction<T>(
  options: RecordOptions,
  requested: RequestedAction,
  actionOptions: ActionOptions<T>,
  run: () => Promise<T>,
): Promise<T> {
  const { db } = options;
  const before = await db.read(requested.tenantId, (tx) => readState(tx, requested.subject));
  const record: OpenRecord = { ...options, requested, operation: randomUUID(), before };
  return await (actionOptions.isAtomic ? runAtomic(record, run) : runBetweenRows(record, actionOptions, run));
}

/** An action that is being recorded. */
interface OpenRecord extends RecordOptions {
  readonly requested: RequestedAction;
  readonly operation: string;
  /** State of the subject before the action. */
  readonly before: Plain | undefined;
}

/** What a row says in addition to who requested what. */
type RowParts = Pick<AuditBody, "phase" | "outcome" | "errorCode" | "after">;

function bodyOf(record: OpenRecord, parts: RowParts, subject = record.requested.subject): AuditBody {
  const { action, principal, requestId, traceId, remoteAddress, arguments: given } = record.requested;
  const { operation, before } = record;
  return {
    operation,
    action,
    principal,
    requestId,
    traceId,
    remoteAddress,
    arguments: given,
    subject,
    before,
    ...parts,
  };
}

function runAtomic<T>(record: OpenRecord, run: () => Promise<T>): Promise<T> {
  const { tenantId, subject } = record.requested;
  let isCommitted = false;
  const succeeded = async (tx: Transaction): Promise<void> => {
    const after = await readState(tx, subject);
    await appendEntry(tx, bodyOf(record, { phase: "COMPLETE", outcome: "SUCCEEDED", errorCode: undefined, after }));
  };
  const onCommitted = (): void => {
    isCommitted = true;
    record.onRecorded("SUCCEEDED");
  };
  const hook = { tenantId, beforeCommit: succeeded, onCommitted };
  return withCommitHook(hook, run).then(
    async (result) => {
      // Nothing was written: what was requested was so already.
      if (!isCommitted) await afterwards(record, (tx) => succeeded(tx), "SUCCEEDED");
      return result;
    },
    async (reason: unknown) => {
      const errorCode = codeOf(reason);
      if (isCommitted) {
        // The effect is there, and the caller does not know it.
        const failed = bodyOf(record, { phase: "FINISHED", outcome: "FAILED", errorCode, after: undefined });
        await afterwards(record, (tx) => appendEntry(tx, failed), "FAILED");
      } else await refuse(record, record.requested, errorCode, record);
      throw reason;
    },
  );
}

async function runBetweenRows<T>(
  record: OpenRecord,
  { subjectOf }: ActionOptions<T>,
  run: () => Promise<T>,
): Promise<T> {
  const { db, requested } = record;
  const started = bodyOf(record, { phase: "STARTED", outcome: undefined, errorCode: undefined, after: undefined });
  await db.transaction(requested.tenantId, (tx) => appendEntry(tx, started));
  record.onRecorded("STARTED");
  const finish = async (outcome: Outcome, errorCode: string | undefined, named?: AuditSubject): Promise<void> => {
    const subject = requested.subject ?? named;
    await afterwards(
      record,
      async (tx) => {
        const after = await readState(tx, subject);
        await appendEntry(tx, bodyOf(record, { phase: "FINISHED", outcome, errorCode, after }, subject));
      },
      outcome,
    );
  };
  try {
    const result = await run();
    await finish("SUCCEEDED", undefined, subjectOf?.(result));
    return result;
  } catch (reason) {
    await finish("FAILED", codeOf(reason));
    throw reason;
  }
}

/** The action has ended, so its caller learns its outcome even if that cannot be recorded; the first row is then alone. */
async function afterwards(
  { db, requested, onRecorded, onProblem }: OpenRecord,
  work: (tx: Transaction) => Promise<void>,
  outcome: Outcome,
): Promise<void> {
  await db.transaction(requested.tenantId, work).then(() => onRecorded(outcome), onProblem);
}

/** Records that an action was not begun: a row, or a count once there are too many rows of this kind. */
export async function refuse(
  { db, refusals, onRecorded, onProblem }: RecordOptions,
  requested: RequestedAction,
  errorCode: string,
  { operation = randomUUID(), before }: { readonly operation?: string; readonly before?: Plain | undefined } = {},
): Promise<void> {
  const { tenantId, action, principal } = requested;
  if (!refusals.admits({ tenantId, subject: principal.subject, action, errorCode })) return;
  const { requestId, traceId, remoteAddress, subject, arguments: given } = requested;
  const body: AuditBody = {
    action,
    principal,
    requestId,
    traceId,
    remoteAddress,
    subject,
    arguments: given,
    operation,
    phase: "COMPLETE",
    outcome: "REFUSED",
    errorCode,
    before,
    after: undefined,
  };
  await db.transaction(tenantId, (tx) => appendEntry(tx, body)).then(() => onRecorded("REFUSED"), onProblem);
}

/** The code that the caller gets, for errors of ours and of GraphQL. */
export function codeOf(reason: unknown): string {
  if (reason instanceof Error && "extensions" in reason) {
    const { code } = reason.extensions as { readonly code?: unknown };
    if (typeof code === "string") return code;
  }
  return ServiceError.from(reason).code;
}
