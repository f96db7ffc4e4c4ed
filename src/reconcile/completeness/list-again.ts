import type { FetchLimits } from "../../connector-api/connector.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { commitStep, type StepResult } from "./commit-step.ts";
import { type Comparison, passedRange } from "./comparison.ts";
import type { ComparisonState, StateOf } from "./comparison-state.ts";
import { findSuspects, findSuspectsAmong, listedTypes, markUnresolved, type SuspectCount } from "./compared-objects.ts";
import { confirmSuspects } from "./confirm-suspects.ts";
import { reportDifferences } from "./difference-finding.ts";
import { type ListedPart, listStream } from "./list-stream.ts";
import { observedObjects } from "./observed-objects.ts";

/** Number of calls below which objects are fetched one by one, however few pages the stream has. */
const FEW_CALLS = 50;
/** Unlisted objects that are deleted by one transaction. */
const BATCH = 500;

/**
 * Returns true if the second look at suspects is another listing: some cannot be fetched by id, or fetching them costs
 * more calls than listing all of them.
 */
export function needsListing({ source }: Comparison, suspects: readonly SuspectCount[], pages: number): boolean {
  const limits: Readonly<Partial<Record<EntityType, FetchLimits>>> = source.connector.fetch;
  let calls = 0;
  for (const { type, listed } of suspects) {
    const limit = limits[type];
    if (limit === undefined) return true;
    calls += Math.ceil(listed / limit.idsPerCall);
  }
  return calls > Math.max(pages, FEW_CALLS);
}

/**
 * Lists the stream again, and confirms the suspects among what it lists. Objects that cannot be fetched by id and that
 * are not listed the second time either do not exist.
 */
export async function listAgain(comparison: Comparison, from: StateOf<"LISTING_AGAIN">): Promise<ComparisonState> {
  let state = from;
  const range = passedRange(comparison.range, from.startedAt);
  for await (const part of listStream(comparison, comparison.plan, range, from.cursor)) {
    const at: StateOf<"LISTING_AGAIN"> = {
      ...state,
      hasUnreadable: state.hasUnreadable || part.hasUnreadable,
      ...(part.cursor !== undefined && { cursor: part.cursor }),
    };
    await commitStep(comparison, (tx) => confirmPart(tx, comparison, at, part));
    state = at;
  }
  const unlisted = new Set(comparison.plan.types.flatMap(({ type }) => (isFetchable(comparison, type) ? [] : [type])));
  for (let isMore = true; isMore;) {
    await commitStep(comparison, async (tx) => {
      const { result, found } = await confirmUnlisted(tx, comparison, state, [...unlisted]);
      isMore = found > 0;
      return result;
    });
  }
  const { startedAt, pages, hasUnreadable, look } = state;
  return { phase: "FETCHING", startedAt, pages, hasUnreadable, look };
}

const isFetchable = ({ source }: Comparison, type: EntityType): boolean => source.connector.fetch[type] !== undefined;

async function confirmPart(
  tx: Transaction,
  comparison: Comparison,
  state: StateOf<"LISTING_AGAIN">,
  part: ListedPart,
): Promise<StepResult> {
  const { source, plan, compared, range } = comparison;
  const types = new Set(plan.types.map(({ type }) => type));
  const objects = await observedObjects(tx, source, types, part.messages);
  const suspects = await findSuspectsAmong(tx, compared, state.look, [...objects.keys()]);
  const messages = suspects.flatMap(({ id }) => objects.get(id)?.message ?? []);
  const input = {
    source,
    compared,
    suspects,
    messages,
    look: state.look,
    startedAt: state.startedAt,
    requestedAt: state.since,
    via: "POLL",
  } as const;
  const { repaired, events } = await confirmSuspects(tx, input);
  const reported = repaired > 0 ? await reportDifferences(tx, compared, range) : [];
  return { state, records: 0, changed: repaired, progress: undefined, events: [...events, ...reported] };
}

const UNDECIDABLE = "it was not listed, cannot be fetched by id, and may be an item that could not be read";
const LISTS_NOTHING = "the upstream listed no object of this type at all";

async function confirmUnlisted(
  tx: Transaction,
  { source, compared, range }: Comparison,
  state: StateOf<"LISTING_AGAIN">,
  types: readonly EntityType[],
): Promise<{ readonly result: StepResult; readonly found: number }> {
  const nothing = { state, records: 0, changed: 0, progress: undefined, events: [] };
  const suspects = await findSuspects(tx, compared, state.look, types, BATCH);
  const [first] = suspects;
  if (first === undefined) return { result: nothing, found: 0 };
  const listed = await listedTypes(tx, compared);
  const problem = state.hasUnreadable ? UNDECIDABLE : listed.has(first.type) ? undefined : LISTS_NOTHING;
  if (problem !== undefined) {
    await markUnresolved(
      tx,
      compared,
      suspects.map(({ id }) => id),
      problem,
    );
    return { result: nothing, found: suspects.length };
  }
  const requestedAt = state.since;
  const { repaired, events } = await confirmSuspects(tx, {
    source,
    compared,
    suspects,
    messages: [],
    look: state.look,
    startedAt: state.startedAt,
    requestedAt,
    via: "POLL",
  });
  const reported = repaired > 0 ? await reportDifferences(tx, compared, range) : [];
  return { result: { ...nothing, changed: repaired, events: [...events, ...reported] }, found: suspects.length };
}
