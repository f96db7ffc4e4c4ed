import type { Source } from "../../src/sources/source.ts";
import { scriptedSource } from "../fakes/scripted-connector.ts";
import type { FeedScript } from "../fakes/scripted-feed.ts";
import { at, partyMessage, partyTombstone } from "./messages.ts";

/** Parties before the gap: three batches of ten, as the scripted connector fetches them. */
export const BEFORE_GAP = Array.from({ length: 30 }, (_, n) => `p${String(n).padStart(2, "0")}`);
/** What each of them is when it is fetched after the gap: the rest is as it was. */
export const AFTER_GAP: Readonly<Record<string, "DELETED" | "UPDATED">> = {
  p00: "DELETED",
  p05: "UPDATED",
  p11: "DELETED",
  p12: "DELETED",
  p18: "UPDATED",
  p23: "DELETED",
  p29: "UPDATED",
};

/**
 * A source whose full read after a gap lists a new party alone, so that all others are fetched by id.
 * @param isLost whether changes were lost: before, a read lists nothing
 */
export function gapSource(sourceId: string, script: FeedScript, isLost: () => boolean): Source {
  return scriptedSource(
    {
      pages: { parties: [() => (isLost() ? [partyMessage("new", "Eve", at(5n))] : [])] },
      feed: script.feed,
      fetchable: ["Party"],
      fetchMany: ({ externalIds }) => Promise.resolve(externalIds.map(answerOf)),
    },
    { id: sourceId },
  );
}

function answerOf(id: string) {
  const change = AFTER_GAP[id];
  if (change === undefined) return partyMessage(id, "Ada", at(1n));
  return change === "DELETED" ? partyTombstone(id, at(6n)) : partyMessage(id, "Ada Lovelace", at(6n));
}
