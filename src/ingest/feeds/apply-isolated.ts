import pg from "pg";
import type { HintMessage, MalformedMessage, ObjectMessage } from "../../connector-api/messages.ts";
import type { Source } from "../../sources/source.ts";
import type { Transaction, WorkReport } from "../../store/database.ts";
import { isRepeatable, storeError } from "../../store/store-error.ts";
import type { NewEvent } from "../../events/event.ts";
import type { ApplyInput, EncodedPayloads } from "../apply/applicable.ts";
import { type Applied, applyPrepared } from "../apply/apply.ts";
import { prepare, type PreparedInput } from "../apply/prepare.ts";

/** A change of an object, or a hint of one. */
export type ObjectChange = ObjectMessage | HintMessage;

export interface ApplyChangesInput {
  readonly source: Source;
  readonly via: "CDC" | "STREAM";
  readonly changes: readonly ObjectChange[];
  readonly payloads: EncodedPayloads;
  /** Result of `prepareChanges` for the same changes; undefined: it is called when they are applied. */
  readonly prepared?: PreparedInput | undefined;
}

/** What was done with changes. */
export interface AppliedChanges {
  /** Events that the caller must append as the transaction's last statement. */
  readonly events: readonly NewEvent[];
  /** True if objects must be fetched again. */
  readonly needsRefetch: boolean;
  readonly quarantined: number;
}

const NOTHING: AppliedChanges = { events: [], needsRefetch: false, quarantined: 0 };

/**
 * Applies changes in the caller's transaction. When the set fails because of one of them, each half is applied
 * separately, and so on, until only the faulty change is left: it is quarantined, and the others are applied. An
 * upstream cannot be asked to leave one change out, so otherwise it would stop the feed for ever.
 * @throws errors that no single change is the cause of
 */
export async function applyIsolated(tx: Transaction, input: ApplyChangesInput): Promise<AppliedChanges> {
  const { changes } = input;
  if (changes.length === 0) return NOTHING;
  const reports: WorkReport[] = [];
  const buffered: Transaction = { ...tx, report: (work) => void reports.push(work) };
  try {
    // Nobody waits for it alone: its response could only be read after the next unit was prepared.
    const saved = tx.query("savepoint changes");
    saved.catch(() => undefined); // reported below
    const applied = await applySet(buffered, input);
    await saved;
    await tx.query("release savepoint changes");
    for (const report of reports) tx.report(report);
    return applied;
  } catch (reason) {
    if (!isOfOneChange(reason)) throw reason;
    await tx.query("rollback to savepoint changes");
    return separate(tx, input, reason);
  }
}

async function separate(tx: Transaction, input: ApplyChangesInput, reason: unknown): Promise<AppliedChanges> {
  const { changes } = input;
  const [first] = changes;
  if (changes.length === 1 && first !== undefined) {
    if (first.type === "hint" || first.type === "malformed") throw reason;
    return applySet(tx, { ...input, changes: [rejected(first, reason)], prepared: undefined });
  }
  const middle = changes.length >> 1;
  const before = await applyIsolated(tx, { ...input, changes: changes.slice(0, middle), prepared: undefined });
  const after = await applyIsolated(tx, { ...input, changes: changes.slice(middle), prepared: undefined });
  return {
    events: [...before.events, ...after.events],
    needsRefetch: before.needsRefetch || after.needsRefetch,
    quarantined: before.quarantined + after.quarantined,
  };
}

async function applySet(tx: Transaction, input: ApplyChangesInput): Promise<AppliedChanges> {
  const { source, changes } = input;
  const applied = await applyPrepared(tx, input.prepared ?? prepareChanges(source, input));
  return { events: applied.events, needsRefetch: needsRefetch(changes, applied), quarantined: applied.quarantined };
}

/**
 * Prepares changes to be applied, without a transaction.
 * @throws what a defect in one of them causes
 */
export function prepareChanges(
  source: Source,
  { via, changes, payloads }: Pick<ApplyChangesInput, "via" | "changes" | "payloads">,
): PreparedInput {
  const input: ApplyInput = {
    sourceId: source.id,
    via,
    items: changes.map((message) => ({ message, deliveryId: undefined })),
    runId: undefined,
    renames: source.connector.renames ?? [],
    requestedAt: undefined, // the versions order the changes
    payloads,
  };
  return prepare(source.tenantId, input);
}

function needsRefetch(changes: readonly ObjectChange[], { outcomes }: Applied): boolean {
  return changes.some(({ type }) => type === "hint") || outcomes.some(({ result }) => result === "conflict");
}

/** Returns true for a failure that may come from the content of a change: not for a store that cannot be used. */
function isOfOneChange(reason: unknown): boolean {
  return !isRepeatable(reason) && storeError(reason).code === "INTERNAL";
}

/** The database's own text may quote the change, so only its code is shown. */
function rejected(message: Exclude<ObjectMessage, MalformedMessage>, reason: unknown): MalformedMessage {
  const { raw } = message;
  const isRecord = message.type === "record";
  const cause = reason instanceof pg.DatabaseError ? `the database rejects it (SQLSTATE ${reason.code})` : "a defect";
  return {
    type: "malformed",
    entity: isRecord ? message.record.type : message.entity,
    externalId: isRecord ? message.record.externalId : message.externalId,
    path: "",
    problem: `could not be applied: ${cause}`,
    raw,
  };
}
