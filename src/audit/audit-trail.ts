import { createLoop } from "../runtime/loop.ts";
import type { Database } from "../store/database.ts";
import { appendServiceEntry } from "./service-entry.ts";
import type { Outcome, Plain } from "./entry.ts";
import { type ActionOptions, recordAction, refuse, type RequestedAction } from "./record-action.ts";
import { createRefusals, DEFAULT_REFUSAL_LIMITS, type RefusalLimits } from "./refusals.ts";

/** Records who did what. */
export interface AuditTrail {
  /**
   * Runs an action and records it.
   * @throws ServiceError STORE_UNAVAILABLE, before anything is begun, if it cannot be recorded; what `run` throws
   */
  record<T>(requested: RequestedAction, options: ActionOptions<T>, run: () => Promise<T>): Promise<T>;
  /** Records an action that was not begun. */
  refuse(requested: RequestedAction, errorCode: string): Promise<void>;
  /** Begins to record the counts of refusals. */
  start(): void;
  /** Records the last counts. */
  close(deadlineMs: number): Promise<void>;
}

export interface AuditTrailOptions {
  readonly db: Database;
  readonly random: () => number;
  /** Called for each row. */
  readonly onRecorded?: (outcome: Outcome | "STARTED") => void;
  /** Called when a row could not be written after its action had ended. */
  readonly onProblem: (reason: unknown) => void;
  readonly refusalLimits?: RefusalLimits;
}

const MINUTE_MS = 60_000;

export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  const { db, random, onProblem, onRecorded = () => undefined, refusalLimits = DEFAULT_REFUSAL_LIMITS } = options;
  const refusals = createRefusals(refusalLimits, () => performance.now());
  const recording = { db, refusals, onRecorded, onProblem };

  async function recordCounts(): Promise<void> {
    for (const [tenantId, counts] of refusals.take()) {
      const given = { refused: counts.map((kind): Plain => ({ ...kind })) };
      await db
        .transaction(tenantId, (tx) =>
          appendServiceEntry(tx, { action: "refusals.counted", arguments: given, phase: "COUNTED" }),
        )
        .then(() => onRecorded("REFUSED"), onProblem);
    }
  }

  const loop = createLoop({
    pollMs: MINUTE_MS,
    random,
    onError: onProblem,
    async round() {
      await recordCounts();
      return false;
    },
  });

  return {
    record: (requested, actionOptions, run) => recordAction(recording, requested, actionOptions, run),
    refuse: (requested, errorCode) => refuse(recording, requested, errorCode),
    start: () => loop.start(),
    async close(deadlineMs) {
      await loop.close(deadlineMs);
      await recordCounts();
    },
  };
}
