import type { FindingCheck } from "../../apply/update-findings.ts";

/** Events that a source's upstream lists and that were never delivered. */
export interface Missed {
  readonly count: number;
  /** Times of the first and the last of them, RFC 3339. */
  readonly first: string;
  readonly last: string;
  readonly types: readonly string[];
}

const KIND = "WEBHOOKS_MISSED";

/** @param missed undefined: none, or events that happened after they were found missing have since been delivered */
export function missedFinding(sourceId: string, missed: Missed | undefined): FindingCheck {
  if (missed === undefined) return { kind: KIND, subject: sourceId, finding: undefined };
  const { count, first, last, types } = missed;
  return {
    kind: KIND,
    subject: sourceId,
    finding: {
      cause: "WEBHOOK",
      summary: `${count} ${count === 1 ? "event was" : "events were"} never delivered to ${sourceId}, the last one of ${last}`,
      evidence: { count, first, last, types },
      remedy:
        "No data is missing: the objects of these events were read from the provider's own list. Check the endpoint " +
        `/webhooks/${sourceId} at the provider: whether it is enabled for these types of events, and what its log ` +
        "of deliveries shows. The provider may still deliver them.",
    },
  };
}
