/**
 * Classes of work on one credential's budget, the most urgent first. A free permit goes to the most urgent lane with a
 * waiting call, so an interactive read never waits behind a backfill, except that each of the other lanes has a
 * guaranteed share (src/upstream/budget/lane-scheduler.ts).
 */
export const LANES = ["interactive", "write", "refetch", "incremental", "backfill"] as const;
export type Lane = (typeof LANES)[number];

/** Lanes of interactive work: they may draw on the reserves. */
export const INTERACTIVE_LANES: readonly Lane[] = ["interactive", "write"];

/** Share of the permits granted while the lane waits that the lane gets regardless of the urgency of the others. */
export const GUARANTEED_SHARE: Readonly<Record<Lane, number>> = {
  interactive: 0,
  write: 0.1,
  refetch: 0.1,
  incremental: 0.1,
  backfill: 0.05,
};

/**
 * Maximum total duration of a call: waiting for a permit, attempts and the pauses between them. A user has left after 5
 * s; background work may wait for the end of a short outage, and is restarted from its checkpoint after a longer one.
 */
export const LANE_DEADLINE_MS: Readonly<Record<Lane, number>> = {
  interactive: 5_000,
  write: 60_000,
  refetch: 60_000,
  incremental: 60_000,
  backfill: 60_000,
};
