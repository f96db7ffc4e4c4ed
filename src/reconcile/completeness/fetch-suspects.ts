import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import { ERROR_CODES, ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { requestChanges } from "./catch-up.ts";
import { clockOf } from "./clock-of.ts";
import { commitStep } from "./commit-step.ts";
import type { Comparison } from "./comparison.ts";
import type { ComparisonState, StateOf } from "./comparison-state.ts";
import { countSuspects, findSuspects, markUnresolved, type Suspect } from "./compared-objects.ts";
import { confirmSuspects } from "./confirm-suspects.ts";
import { reportDifferences } from "./difference-finding.ts";

/** Objects that are fetched and confirmed together. */
const BATCH = 50;

/**
 * Fetches the suspects of this round by their ids, batch by batch, and confirms them. What has changed meanwhile is left
 * to another round, after the stream's own reads have caught up again.
 */
export async function fetchSuspects(comparison: Comparison, state: StateOf<"FETCHING">): Promise<ComparisonState> {
  const { db, source, claim, compared, plan } = comparison;
  const types = plan.types.map(({ type }) => type).filter((type) => source.connector.fetch[type] !== undefined);
  for (;;) {
    const batch = await db.transaction(claim.work.tenantId, async (tx) => ({
      suspects: await findSuspects(tx, compared, state.look, types, BATCH),
      requestedAt: await clockOf(tx),
    }));
    const [first] = batch.suspects;
    if (first === undefined) return endRound(comparison, state);
    const size = Math.min(BATCH, source.connector.fetch[first.type]?.maxBatch ?? 1);
    await confirmBatch(comparison, state, { ...batch, suspects: batch.suspects.slice(0, size) });
  }
}

interface Batch {
  readonly suspects: readonly Suspect[];
  readonly requestedAt: string;
}

/** A batch that is refused because of one object is fetched object by object. */
async function confirmBatch(comparison: Comparison, state: StateOf<"FETCHING">, batch: Batch): Promise<void> {
  const { source, compared, range } = comparison;
  const { suspects } = batch;
  const fetched = await fetchBatch(comparison, suspects);
  if (fetched instanceof ServiceError && suspects.length > 1) {
    for (const suspect of suspects) await confirmBatch(comparison, state, { ...batch, suspects: [suspect] });
    return;
  }
  await commitStep(comparison, async (tx) => {
    const nothing = { state, records: 0, changed: 0, progress: undefined, events: [] };
    if (fetched instanceof ServiceError) {
      await markUnresolved(
        tx,
        compared,
        suspects.map(({ id }) => id),
        fetched.publicMessage,
      );
      return nothing;
    }
    const messages = fetched.filter((message): message is ObjectMessage => message.type !== "hint");
    const input = {
      source,
      compared,
      ...batch,
      messages,
      look: state.look,
      startedAt: state.startedAt,
      via: "READ_THROUGH",
    } as const;
    const { repaired, events } = await confirmSuspects(tx, input);
    const reported = repaired > 0 ? await reportDifferences(tx, compared, range) : [];
    return { ...nothing, changed: repaired, events: [...events, ...reported] };
  });
}

/** @returns the error of an upstream that understood the request and declined it @throws ServiceError any other */
async function fetchBatch(
  { source, signal }: Comparison,
  suspects: readonly Suspect[],
): Promise<readonly (ObjectMessage | HintMessage)[] | ServiceError> {
  const [first] = suspects;
  if (first === undefined) return [];
  const entity: EntityType = first.type;
  const externalIds = suspects.map(({ externalId }) => externalId);
  try {
    const client = source.client("backfill");
    return await source.connector.fetchMany({ config: source.config, client, entity, externalIds, signal });
  } catch (reason) {
    const error = ServiceError.from(reason);
    if (signal.aborted || ERROR_CODES[error.code].retry === "backoff" || error.code === "UPSTREAM_UNAUTHORIZED")
      throw reason;
    return error;
  }
}

function endRound(
  comparison: Comparison,
  { startedAt, pages, hasUnreadable, look }: StateOf<"FETCHING">,
): Promise<ComparisonState> {
  const { compared } = comparison;
  return commitStep(comparison, async (tx) => {
    const shared = { startedAt, pages, hasUnreadable };
    const nothing = { records: 0, changed: 0, progress: undefined, events: [] };
    if ((await countSuspects(tx, compared)).length === 0)
      return { ...nothing, state: { phase: "FINISHING", ...shared } };
    await requestChanges(tx, comparison);
    return { ...nothing, state: { phase: "SETTLING", ...shared, look: look + 1, since: await clockOf(tx) } };
  });
}
