/**
 * Classes of work on one credential's budget, the most urgent first. A free permit always goes to the most urgent lane
 * that has somebody waiting, so a read that a person waits for never stands behind a backfill; among the lanes that nobody
 * waits for in person, each gets its share (src/upstream/permits.ts).
 */
export const LANES = ["interactive", "write", "refetch", "incremental", "backfill"] as const;
export type Lane = (typeof LANES)[number];

/**
 * Longest a call may take in all: waiting for a permit, tries and the pauses between them. A person has left after 5 s;
 * background work may wait out a short outage, and is begun again from its checkpoint after a longer one.
 */
export const LANE_DEADLINE_MS: Readonly<Record<Lane, number>> = {
  interactive: 5_000,
  write: 60_000,
  refetch: 60_000,
  incremental: 60_000,
  backfill: 60_000,
};
