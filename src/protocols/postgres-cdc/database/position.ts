import { z } from "zod";
import { formatLsn, type Lsn, parseLsn } from "./lsn.ts";

/**
 * How far a slot was followed, as it is stored: every transaction whose commit record begins before `lsn` is done. The
 * rest identifies the history in which that is true.
 */
export const slotPositionSchema = z.strictObject({
  /** As PostgreSQL writes it: `16/B374D848`. */
  lsn: z.string(),
  /** Identifies the cluster; made by initdb, kept by replicas and restored copies. */
  systemId: z.string(),
  /** Counts the promotions of replicas: the log of two timelines differs after the point where they part. */
  timeline: z.int(),
  /** Digest of what was published. */
  catalog: z.string(),
});

export type SlotPosition = z.infer<typeof slotPositionSchema>;

/** Returns where a stored position is in the log. @throws ServiceError UPSTREAM_MALFORMED */
export function lsnOf(position: SlotPosition): Lsn {
  return parseLsn(position.lsn);
}

/** Returns the same history at another place of its log. */
export function positionAt(history: Omit<SlotPosition, "lsn">, lsn: Lsn): SlotPosition {
  return { lsn: formatLsn(lsn), systemId: history.systemId, timeline: history.timeline, catalog: history.catalog };
}
