import type { QuarantinedRecordFilter } from "../../operations/__generated__/operations.ts";
import {
  discardManyQuarantinedDocument,
  discardQuarantinedDocument,
  replayManyQuarantinedDocument,
  replayQuarantinedDocument,
} from "../../operations/quarantine.ts";
import type { Session } from "../../graph/session.ts";
import type { SelectionActions } from "../../state/selection-actions.ts";

type Graph = Pick<Session, "run">;

/** Records of one call that reads them again: each may need a call of the upstream. */
const REPLAYED = 100;
/** Records of one call that discards them: its transaction is short. */
const DISCARDED = 2_000;
/** Records that one call may name. */
const NAMED = 100;

/** What a discard does to records. */
export const DISCARD_EFFECT =
  "They are no longer counted as open, and kept with this reason and your name. Their objects stay as they were last read.";

/** Tries named records again, and returns the sentence that says what came of it. */
export async function replayRecords(graph: Graph, ids: readonly string[]): Promise<string> {
  let resolved = 0;
  for (const part of partsOf(ids)) {
    const { replayQuarantined } = await graph.run(replayQuarantinedDocument, { ids: part });
    resolved += replayQuarantined.records.filter(({ status }) => status === "RESOLVED").length;
  }
  const rest = ids.length - resolved;
  return `${resolved} applied${rest === 0 ? "" : `, ${rest} still cannot be read`}.`;
}

export async function discardRecords(graph: Graph, ids: readonly string[], reason: string): Promise<void> {
  for (const part of partsOf(ids)) await graph.run(discardQuarantinedDocument, { ids: part, reason });
}

/** Replays and discards named records, or all open ones that match the filter. */
export function recordActions(graph: Graph, filter: QuarantinedRecordFilter): SelectionActions {
  return {
    names: ["record", "records"],
    replayed: "tried again",
    discardEffect: DISCARD_EFFECT,
    replay: (ids) => replayRecords(graph, ids),
    async replayMatching(after) {
      const input = { filter, limit: REPLAYED, after };
      return (await graph.run(replayManyQuarantinedDocument, { input })).replayManyQuarantined;
    },
    discard: (ids, reason) => discardRecords(graph, ids, reason),
    discardMatching: (reason) => async (after) => {
      const input = { filter, limit: DISCARDED, reason, after };
      return (await graph.run(discardManyQuarantinedDocument, { input })).discardManyQuarantined;
    },
  };
}

function partsOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / NAMED) }, (_, part) =>
    ids.slice(part * NAMED, (part + 1) * NAMED),
  );
}
