/**
 * Classes of work on one credential's budget, the most urgent first. A free permit goes to the most urgent lane that has
 * somebody waiting, so a read that a person waits for never stands behind a backfill, except that each of the other lanes is
 * sure of its share (src/upstream/lane-turns.ts).
 */
export const LANES = ["interactive", "write", "refetch", "incremental", "backfill"] as const;
export type Lane = (typeof LANES)[number];

/** Lanes that somebody waits for in person: they may draw on the reserves. */
export const URGENT: readonly Lane[] = ["interactive", "write"];

/** Of the permits that are given while the lane waits, the part that it gets however urgent the others are. */
export const SURE_SHARE: Readonly<Record<Lane, number>> = {
  interactive: 0,
  write: 0.1,
  refetch: 0.1,
  incremental: 0.1,
  backfill: 0.05,
};

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
